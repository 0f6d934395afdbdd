"""A community ends and is merged into another: each figure counts the divisions of its day, above and below
a fraction's line and on each page alike, and loses no record that is no division.
"""

import datetime

import pytest

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.registry import ONLY_STANDING, figures
from tests.factories import volunteers
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.figures.begins import every_beginning
from volunteers.enums.base import PairingTier

pytestmark = pytest.mark.django_db

DAY, ONE = datetime.date(2022, 6, 1), datetime.timedelta(days=1)
END = DAY + ONE
HEIR = "620902005001"
BEGINS = every_beginning()
PLACED = [
    key for key in BEGINS if key != "grid_secretary_allowance"
]  # which covers, and counts no place


def merge():
    heir = AreaFactory(code=HEIR)
    Area.objects.filter(code__startswith=COMMUNITY).update(valid_to=END, successor=heir)
    Area.objects.filter(pk=STREET).update(valid_to=None)


def of(key, area, day):
    return door.value(key, area, day).value


@pytest.mark.parametrize("key", PLACED)
def test_a_record_of_an_ended_community(key):
    """Whatever counts divisions, or what each has while it exists, ends with it; else nothing is lost."""
    make, since = BEGINS[key]
    made = make(**{since: DAY})
    made = made if hasattr(made, "area_id") else None
    if made is not None and not made.area_id.startswith(COMMUNITY):
        pytest.skip("stands in no community")
    AreaFactory(code=COMMUNITY)
    merge()
    figure = figures.get(key)
    before, after = of(key, DISTRICT, DAY), of(key, DISTRICT, END)
    records = [door.records(figure, DISTRICT, day).count() for day in (DAY, END)]
    assert before is not None
    if figure.of_places:
        assert records == [1, 0]
        assert after != before
    else:
        assert records[0] == 1
    if records == [1, 1]:
        assert after == before


@pytest.mark.parametrize("key", PLACED)
@pytest.mark.parametrize("day", [DAY, END], ids=["before", "after"])
def test_the_parts_still_make_the_whole(key, day):
    figure = figures.get(key)
    if not figure.measure.additive:
        pytest.skip("no sum")
    make, since = BEGINS[key]
    make(**{since: DAY})
    AreaFactory(code=COMMUNITY)
    merge()
    for area in (DISTRICT, STREET, COMMUNITY):
        parts = [one.value or 0 for one in door.breakdown(key, area, day)]
        assert sum(parts) == (of(key, area, day) or 0)


def test_whatever_counts_distinct_areas_counts_those_that_exist():
    distinct = [one for one in figures.all() if getattr(one.measure, "column", "") == "area"]
    assert len(distinct) > 4
    assert all(one.of_places and one.definition.endswith(ONLY_STANDING) for one in distinct)


def test_what_is_divided_counts_the_same_divisions_as_what_divides():
    """Of records of one kind; organizations of all communities are divided by those that exist."""
    unlike = [
        figure.key
        for figure in figures.all()
        if (parts := figures.parts(figure)) and parts[0].of_places != parts[1].of_places
    ]
    assert unlike == ["organizations_per_community"]


@pytest.mark.parametrize(
    ("key", "tier", "place", "level"),
    [
        ("paired_communities", PairingTier.UNIT_COMMUNITY, COMMUNITY, Level.COMMUNITY),
        ("paired_grids", PairingTier.BRANCH_GRID, GRID, Level.GRID),
    ],
)
@pytest.mark.parametrize("day", [DAY, END], ids=["before", "after"])
def test_no_more_divisions_are_covered_than_exist(client, key, tier, place, level, day):
    volunteers.PairingLinkFactory(tier=tier, area=AreaFactory(code=place), started_on=DAY)
    merge()
    existing = Area.objects.inside(DISTRICT).in_force(day).filter(level=level).count()
    paired = of(key, DISTRICT, day)
    assert paired == (day == DAY)
    assert paired <= existing
    page = client.get(f"/volunteers/pairing/?as_of={day}").text
    unit = "社区" if level is Level.COMMUNITY else "网格"
    assert f"{existing}个{unit}中{paired}个" in page
