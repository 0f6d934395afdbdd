"""What two people do at the same moment is done once."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from communities.models import MediationCase, PropertyRating
from suzhou_portal.lifecycle.moves import take
from tests.committed import both
from tests.factories import BEGUN
from tests.factories.communities import GridEventFactory
from tests.factories.red_property import PropertyRatingFactory, ServedCompoundFactory

DAY = datetime.timedelta(days=1)


def test_of_two_who_make_it_a_case_at_once_one_is_told(committed):
    event = GridEventFactory(kind="dispute", is_demo=True)

    def mediate():
        try:
            return take(event, "mediate").state
        except ValidationError as error:
            return error.messages[0]

    answers = sorted(both(event, mediate, mediate), key=len)
    assert answers[0] == "in_hand"
    assert "已经转过调解" in answers[1]
    assert MediationCase.objects.count() == 1


def test_of_two_who_rate_one_period_at_once_one_is_refused(committed):
    compound = ServedCompoundFactory(started_on=BEGUN - 999 * DAY, is_demo=True)

    def rate(days):
        try:
            PropertyRatingFactory(
                compound=compound, is_demo=True, period_end=BEGUN - days * DAY, area=compound.area
            )
        except IntegrityError as error:
            return str(error)
        return ""

    answers = sorted(both(compound, lambda: rate(1), lambda: rate(2)))
    assert answers[0] == ""
    assert "重叠" in answers[1]
    assert PropertyRating.objects.count() == 1
