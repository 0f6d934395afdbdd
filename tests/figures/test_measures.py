"""The door's answer for each measure, with few records and values worked out by hand."""

import datetime
from decimal import Decimal

import pytest

from charity.enums.base import CharityMode
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import figures
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.charity import CharityProjectFactory, CharityResourceFactory
from tests.factories.communities import (
    AllowanceStandardFactory,
    CertificateFactory,
    PayMonthFactory,
    PostFactory,
)
from tests.factories.volunteers import VolunteerTeamFactory

pytestmark = pytest.mark.django_db

OTHER_COMMUNITY, OTHER_STREET, OTHER_DISTRICT = "620902004005", "620902005", "620903"
DAY = datetime.date(2023, 4, 30)


def values(key, *places, day=DAY):
    return [door.value(key, place, day).value for place in places]


def broken_down(key, area):
    return {row.area: row.value for row in door.breakdown(key, area, DAY)}


@pytest.fixture(autouse=True)
def places(db):
    for code in (GRID, OTHER_COMMUNITY, OTHER_STREET, OTHER_DISTRICT):
        AreaFactory(code=code)


def test_count():
    for code in (DISTRICT, STREET, COMMUNITY, COMMUNITY, GRID, OTHER_DISTRICT):
        VolunteerTeamFactory(area__code=code)
    assert values("volunteer_teams", "6209", DISTRICT, STREET, COMMUNITY, GRID) == [6, 5, 4, 3, 1]
    assert values("volunteer_teams", OTHER_COMMUNITY) == [0]
    assert broken_down("volunteer_teams", DISTRICT) == {STREET: 4, OTHER_STREET: 0, DISTRICT: 1}
    assert broken_down("volunteer_teams", STREET) == {COMMUNITY: 3, OTHER_COMMUNITY: 0, STREET: 1}
    assert broken_down("volunteer_teams", "CN") == {"62": 6, "CN": 0}


def test_sum():
    for code, yuan in ((DISTRICT, "0.10"), (STREET, "0.20"), (COMMUNITY, "1000000.03")):
        CharityResourceFactory(area__code=code, value=Decimal(yuan))
    expected = [Decimal("1000000.33"), Decimal("1000000.23"), Decimal("1000000.03")]
    assert values("charity_value", DISTRICT, STREET, COMMUNITY) == expected
    assert broken_down("charity_value", DISTRICT) == {
        STREET: expected[1],
        OTHER_STREET: 0,
        DISTRICT: Decimal("0.10"),
    }


def test_distinct_is_not_a_sum():
    for code in (COMMUNITY, COMMUNITY, OTHER_COMMUNITY):
        CharityProjectFactory(area__code=code, mode=CharityMode.RELIEF)
    CharityProjectFactory(area__code=COMMUNITY, mode=CharityMode.FINANCE)
    assert values("charity_modes", DISTRICT, STREET, COMMUNITY, OTHER_COMMUNITY) == [2, 2, 2, 1]
    assert broken_down("charity_modes", STREET) == {COMMUNITY: 2, OTHER_COMMUNITY: 1, STREET: 0}


def test_mean_is_by_person_and_month():
    posts = [PostFactory(area__code=COMMUNITY) for _ in range(6)]
    for post in posts:
        PayMonthFactory(post=post, area=post.area, post_pay=3000, performance_pay=0)
    for post in posts[1:]:
        PayMonthFactory(
            post=post, area=post.area, month=datetime.date(2022, 7, 1),
            post_pay=3500, performance_pay=Decimal("100.60"),
        )  # fmt: skip
    value = door.value("average_monthly_pay", DISTRICT, DAY)
    assert (value.numerator, value.denominator) == (Decimal("36003.00"), 11)
    assert value.value == Decimal(3273)
    assert values("average_monthly_pay", STREET, COMMUNITY) == [Decimal(3273)] * 2


def test_ratio():
    posts = [PostFactory(area__code=COMMUNITY) for _ in range(4)]
    CertificateFactory(person=posts[0].person)
    value = door.value("certified_ratio", DISTRICT, DAY)
    assert (value.value, value.numerator, value.denominator) == (Decimal("0.25"), 1, 4)
    assert value.state is State.KNOWN
    assert broken_down("certified_ratio", STREET) == {
        COMMUNITY: Decimal("0.25"),
        OTHER_COMMUNITY: None,
        STREET: None,
    }


def test_the_records_of_a_ratio_are_its_numerators():
    CertificateFactory(person=PostFactory().person)
    PostFactory()
    assert door.records(figures.get("certified_ratio"), DISTRICT, DAY).count() == 1


class TestCurrent:
    KEY = "grid_secretary_allowance"

    @pytest.fixture(autouse=True)
    def standards(self, places):
        self.add(DISTRICT, 300, datetime.date(2020, 1, 1))
        self.add(DISTRICT, 500, datetime.date(2022, 1, 1))

    @staticmethod
    def add(code, amount, day):
        AllowanceStandardFactory(area__code=code, amount=amount, effective_from=day)

    def test_is_the_latest_in_force(self):
        value = door.value(self.KEY, DISTRICT, DAY)
        assert (value.value, value.previous) == (500, 300)

    def test_is_inherited(self):
        value = door.value(self.KEY, COMMUNITY, DAY)
        assert (value.value, value.previous) == (500, 300)

    def test_is_not_there_further_out(self):
        value = door.value(self.KEY, "6209", DAY)
        assert (value.value, value.state) == (None, State.UNKNOWN)

    @pytest.mark.parametrize(
        ("day", "amount", "previous"),
        [
            (datetime.date(2021, 12, 31), 300, None),
            (datetime.date(2022, 1, 1), 500, 300),
            (datetime.date(2019, 12, 31), None, None),
        ],
    )
    def test_changes_on_its_day(self, day, amount, previous):
        value = door.value(self.KEY, DISTRICT, day)
        assert (value.value, value.previous) == (amount, previous)

    def test_the_closest_area_goes_before_the_latest_date(self):
        self.add(STREET, 450, datetime.date(2021, 1, 1))
        value = door.value(self.KEY, COMMUNITY, DAY)
        assert (value.value, value.previous) == (450, None)
        assert values(self.KEY, DISTRICT, OTHER_STREET) == [500, 500]

    def test_the_country_is_the_furthest(self):
        self.add("CN", 900, datetime.date(2023, 1, 1))
        assert values(self.KEY, "CN", "62", COMMUNITY) == [900, 900, 500]
