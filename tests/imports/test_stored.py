"""What was kept before its field knew better: cleaned, or listed for people, and never lost."""

import datetime

import pytest
from django.db import connection, connections

from organizations.models import ServiceItem
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports.doubts import forget_what_was_put_right
from suzhou_portal.imports.models import Doubt
from suzhou_portal.imports.stored import TWIN, clean_stored
from suzhou_portal.search import matching
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.organizations import ServiceItemFactory
from tests.factories.service import VolunteerFactory
from tests.journeys import Somebody
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
FUTURE = datetime.date.today() + datetime.timedelta(days=400)  # noqa: DTZ011


def written(record, **columns):
    """The record as it was written before: no field of ours had a look."""
    table = record._meta.db_table
    with connection.cursor() as cursor:
        for name, value in columns.items():
            cursor.execute(f'UPDATE "{table}" SET "{name}" = %s WHERE id = %s', [value, record.pk])
    return record


def kept():
    """What the migration does."""
    names = ("model", "object_id", "area_code", "field", "why")
    Doubt.objects.all().delete()
    for doubt in clean_stored(connection):
        Doubt.objects.create(**dict(zip(names, doubt, strict=True)))
    return set(Doubt.objects.values_list("model", "field"))


def test_what_can_be_cleaned_is_and_the_trail_says_so():
    person = written(PersonFactory(), name="张\u200b 三", phone="+86 138-0000-0000")
    before = AuditEntry.objects.filter(model="communities.person").count()
    assert kept() == set()
    person.refresh_from_db()
    assert (person.name, person.phone) == ("张三", "13800000000")
    assert AuditEntry.objects.filter(model="communities.person").count() > before
    assert kept() == set()


def test_what_is_searched_is_found_by_the_new_spelling():
    item = written(ServiceItemFactory(), name="健康\u200b检查２０２３")
    kept()
    found = matching(ServiceItem.objects.all(), "健康检查2023", "search", ["name"])
    assert found.get() == item


def test_what_is_two_now_is_listed_and_stays():
    home = AreaFactory(code=COMMUNITY)
    first = VolunteerFactory(area=home, name="王五", phone="13900000000")
    second = written(VolunteerFactory(area=home), name="王 五", phone="139 0000 0000")
    other = written(VolunteerFactory(area=home), name="赵 六", phone="13900000001")
    assert kept() == {("volunteers.volunteer", "name"), ("volunteers.volunteer", "phone")}
    assert {*Doubt.objects.values_list("why", flat=True)} == {TWIN}
    assert Volunteer.objects.count() == 3
    second.refresh_from_db()
    other.refresh_from_db()
    assert (second.name, other.name, first.name) == ("王 五", "赵六", "王五")


def test_what_nobody_but_people_can_mend_is_listed_to_those_who_keep_it():
    person = written(PersonFactory(area=AreaFactory(code=COMMUNITY)), name="张?", phone="138001")
    VolunteerFactory(area_id=COMMUNITY)
    Volunteer.objects.update(registered_on=FUTURE)
    assert kept() == {
        ("communities.person", "name"),
        ("communities.person", "phone"),
        ("volunteers.volunteer", "registered_on"),
    }
    clerk = Somebody("community", COMMUNITY)
    page = clerk.sees("/imports/doubts/")
    assert "张?" in page
    assert "138001" not in page
    assert "没有读出来的字" in page
    assert "不能晚于今天" in page
    elsewhere = Somebody("community", "620902001002")
    assert "张?" not in elsewhere.sees("/imports/doubts/")
    person.refresh_from_db()
    person.name, person.phone = "张三", "13800000000"
    person.save()
    assert "张三" not in clerk.sees("/imports/doubts/")


def test_the_page_costs_the_same_for_many(django_assert_num_queries):
    home = AreaFactory(code=COMMUNITY)
    clerk = Somebody("community", COMMUNITY)

    def cost():
        kept()
        with connections["default"].execute_wrapper(
            lambda run, *told: (asked.append(1), run(*told))[1]
        ):
            clerk.sees("/imports/doubts/")

    asked = []
    written(PersonFactory(area=home), name="张?")
    cost()
    asked.clear()
    cost()
    one = len(asked)
    for _ in range(5):
        written(PersonFactory(area=home), name="李?")
    asked.clear()
    cost()
    assert len(asked) == one


def test_a_doubt_is_on_the_desk_until_it_is_put_right():
    """Once somebody has put the value right it is no more there, and the night forgets it."""
    person = written(PersonFactory(area=AreaFactory(code=COMMUNITY)), phone="abc")
    kept()
    clerk, others = Somebody("community", COMMUNITY), Somebody("community", "620902005001")
    assert '/imports/doubts/">待核对的数据</a> <strong>1</strong>' in clerk.sees("/desk/")
    assert "待核对的数据" not in others.sees("/desk/")
    forget_what_was_put_right(datetime.date(2023, 4, 30))
    assert Doubt.objects.count() == 1
    person.phone = "13800001234"
    person.save()
    assert "待核对的数据" not in clerk.sees("/desk/")
    forget_what_was_put_right(datetime.date(2023, 4, 30))
    assert not Doubt.objects.exists()
