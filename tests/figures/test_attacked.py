"""No sum over fewer than five people follows from all the means of the demonstration together."""

import pytest
from django.db.models import Count

from communities.models import PayMonth
from suzhou_portal.areas import codes
from tests.cases import in_both_forms
from tests.figures.attacker import Attacker

pytestmark = pytest.mark.django_db


def around_the_fewest():
    """The places around those in which the fewest were ever paid, of whom there are five or more in all."""
    by_month = PayMonth.objects.order_by().values("area", "month").annotate(people=Count("pk"))
    few = by_month.order_by("people", "area").values_list("area", flat=True)[:8]
    return sorted({code for area in few for code in codes.lineage(area)[:-1]})


@in_both_forms("places", short=around_the_fewest, whole=lambda: None)
def test_of_the_demonstration(places, demonstration):
    attacker = Attacker(places())
    attacker.reads_everything()
    assert attacker.sums
    assert not attacker.broken()
