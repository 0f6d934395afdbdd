"""The tree of divisions as the database holds it, and the filters records share."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from communities.models import Person, Post
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.communities import PersonFactory, PostFactory
from tests.rules import assert_database_refuses

pytestmark = pytest.mark.django_db

ELSEWHERE = "620902005001"
DAY = datetime.date(2022, 7, 1)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "620903", "level": Level.CITY, "parent_id": "6209"}, "位数与级别不符"),
        ({"code": "62090", "level": Level.DISTRICT, "parent_id": "6209"}, "位数与级别不符"),
        ({"code": "62090X", "level": Level.DISTRICT, "parent_id": "6209"}, "位数与级别不符"),
        ({"code": "XX", "level": Level.COUNTRY, "parent_id": None}, "位数与级别不符"),
        ({"code": "620903", "level": Level.DISTRICT, "parent_id": "620902"}, "前几位"),
        ({"code": "620903", "level": Level.DISTRICT, "parent_id": None}, "前几位"),
        ({"code": "63", "level": Level.PROVINCE, "parent_id": "62"}, "前几位"),
        (
            {
                "code": "620903", "level": Level.DISTRICT, "parent_id": "6209",
                "valid_from": DAY, "valid_to": DAY,
            },
            "撤销日期必须晚于设立日期",
        ),
    ],
)  # fmt: skip
def test_constraints(fields, message):
    AreaFactory(code=DISTRICT)
    area = Area(name="某地", **fields)
    with pytest.raises(ValidationError, match=message):
        area.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.bulk_create([area])


def test_no_division_is_its_own_parent():
    AreaFactory(code=DISTRICT)
    district = Area.objects.filter(pk=DISTRICT)
    assert_database_refuses(lambda: district.update(parent=DISTRICT))


def test_save_finds_level_and_parent():
    AreaFactory(code="6209")
    area = Area(code=DISTRICT, name="肃州区")
    area.save()
    area.refresh_from_db()
    assert (area.level, area.parent_id) == (Level.DISTRICT, "6209")


def test_codes_are_compared_as_bytes():
    """Only the collation "C" lets the primary key's index serve prefixes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, collation_name FROM information_schema.columns"
            " WHERE (table_name, column_name) IN (('areas_area', 'code'),"
            " ('communities_post', 'area_id'))"
        )
        assert dict(cursor.fetchall()) == {"areas_area": "C", "communities_post": "C"}


def test_inside():
    for code in (GRID, ELSEWHERE, "620903"):
        AreaFactory(code=code)
    inside = Area.objects.inside(STREET).values_list("code", flat=True)
    assert list(inside) == [STREET, COMMUNITY, GRID]
    assert Area.objects.inside("CN").count() == Area.objects.count()


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "expected"),
    [
        (None, None, True),
        (DAY, None, True),
        (AFTER, None, False),
        (None, AFTER, True),
        (None, DAY, False),
    ],
)
def test_in_force(valid_from, valid_to, expected):
    AreaFactory(code=COMMUNITY, valid_from=valid_from, valid_to=valid_to)
    assert Area.objects.in_force(DAY).filter(pk=COMMUNITY).exists() is expected


@pytest.fixture
def placed(db):
    """A person at each level and one elsewhere, by their area's code."""
    places = ["CN", "62", "6209", DISTRICT, STREET, COMMUNITY, GRID, ELSEWHERE]
    for code in places:
        PersonFactory(area__code=code)


def codes_of(queryset):
    return set(queryset.values_list("area_id", flat=True))


@pytest.mark.usefixtures("placed")
class TestPlaces:
    def test_within_is_the_area_and_all_inside(self):
        assert codes_of(Person.objects.within(STREET)) == {STREET, COMMUNITY, GRID}
        assert codes_of(Person.objects.within(GRID)) == {GRID}
        assert Person.objects.within("CN").count() == Person.objects.count()

    def test_covering_is_the_area_and_all_around(self):
        assert codes_of(Person.objects.covering(STREET)) == {"CN", "62", "6209", DISTRICT, STREET}

    def test_at_level(self):
        assert codes_of(Person.objects.at_level(Level.COMMUNITY)) == {COMMUNITY, ELSEWHERE}

    def test_an_area_with_records_stays(self):
        grid = Area.objects.filter(pk=GRID)
        assert_database_refuses(lambda: grid._raw_delete("default"))


@pytest.mark.parametrize(
    ("started", "ended", "expected"),
    [
        (DAY, None, True),
        (AFTER, None, False),
        (BEFORE, DAY, True),
        (DAY, DAY, True),
        (BEFORE, BEFORE, False),
        (BEFORE, AFTER, True),
    ],
)
def test_open_on_counts_first_and_last_day(started, ended, expected):
    PostFactory(started_on=started, ended_on=ended)
    assert Post.objects.open_on(DAY).exists() is expected
