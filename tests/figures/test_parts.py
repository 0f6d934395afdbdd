"""However records are placed: the parts of an additive figure make the whole."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from charity.models import CharityResource
from suzhou_portal.areas import codes
from suzhou_portal.figures import door
from suzhou_portal.figures.registry import figures
from tests.factories import BEGUN
from tests.factories.areas import AreaFactory
from tests.factories.charity import CharityResourceFactory

pytestmark = pytest.mark.django_db

PLACES = [
    "CN", "62", "6209", "620902", "620902004", "620902004004", "620902004004001",
    "620902004005", "620902005", "620903001001",
]  # fmt: skip
PLACED = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 10**9)), max_size=12)


@pytest.fixture(autouse=True)
def _places(db):
    for code in PLACES:
        AreaFactory(code=code)


def test_some_figures_are_additive_and_distinct_ones_are_not():
    additive = {figure.key for figure in figures.all() if figure.measure.additive}
    assert "charity_value" in additive
    assert "charity_modes" not in additive


@hypothesis_settings(max_examples=25)
@given(PLACED)
def test_parts_make_the_whole(placed):
    with transaction.atomic():
        CharityResource.objects.bulk_create(
            CharityResourceFactory.build(area=None, area_id=code, value=yuan)
            for code, yuan in placed
        )
        for place in PLACES:
            expected = Counter()
            for code, yuan in placed:
                if codes.contains(place, code):
                    expected[code[: codes.child_length(place)] if code != place else place] += yuan
            whole = door.value("charity_value", place, BEGUN).value
            parts = {row.area: row.value for row in door.breakdown("charity_value", place, BEGUN)}
            assert whole == sum(expected.values())
            if codes.child_length(place):
                assert {area: value for area, value in parts.items() if value} == +expected
        transaction.set_rollback(True)
