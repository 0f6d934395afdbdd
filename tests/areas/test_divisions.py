"""Where records stand, asked of the index: true after every write, however made."""

import pytest
from django.db import connection

from organizations.models import ServiceItem
from suzhou_portal.areas.divisions import Divisions, inside_or_around
from tests.factories import organizations as make
from tests.factories.areas import AreaFactory

pytestmark = pytest.mark.django_db
COMMUNITY, GRID = "620902004004", "620902004004001"
PLACES = ["CN", "62", "6209", "620902", "620902004", COMMUNITY, GRID, "620902005", "620921", "63"]


def found(code, keyword="助餐"):
    """Where those stand that the index finds inside or around."""
    queryset = ServiceItem.objects.alias(divisions=Divisions("area_id"))
    near = queryset.filter(inside_or_around(code)).matching(keyword, code)
    return set(near.values_list("area_id", flat=True))


@pytest.mark.parametrize("code", PLACES)
def test_inside_and_around_as_the_prefix_says(code):
    for place in PLACES:
        make.ServiceItemFactory(area=AreaFactory(code=place), name="助餐")
        make.ServiceItemFactory(area=AreaFactory(code=place), name="理疗")
    near = {one for one in PLACES if one.startswith(code) or code.startswith(one)}
    assert found(code) == (set(PLACES) if code == "CN" else near | {"CN"})
    listed = ServiceItem.objects.for_resident_of(code)
    assert set(listed.values_list("area_id", flat=True)) == found(code)


@pytest.fixture
def item():
    return make.ServiceItemFactory(area=AreaFactory(code=COMMUNITY), name="助餐")


def saved(item, area):
    item.area = area
    item.save()


def saved_alone(item, area):
    item.area = area
    item.save(update_fields=["area"])


def updated(item, area):
    ServiceItem.objects.filter(pk=item.pk).update(area=area)


def updated_in_bulk(item, area):
    item.area = area
    ServiceItem.objects.bulk_update([item], ["area"])


def written_raw(item, area):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organizations_serviceitem SET area_id = %s WHERE id = %s", [area.pk, item.pk]
        )


@pytest.mark.parametrize("move", [saved, saved_alone, updated, updated_in_bulk, written_raw])
def test_what_moves_is_found_where_it_went(item, move):
    move(item, AreaFactory(code="620921001001"))
    assert found("620921") == {"620921001001"}
    assert found("620902") == set()


def test_what_is_made_in_bulk_is_found():
    area = AreaFactory(code=COMMUNITY)
    ServiceItem.objects.bulk_create(
        make.ServiceItemFactory.build(area=area, name=name) for name in ("助餐", "助浴")
    )
    assert found("620902", "助") == {COMMUNITY}
    assert found("620921", "助") == set()


def test_one_index_answers_both(item):
    near = ServiceItem.objects.matching("助餐", COMMUNITY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = near.order_by().explain()
    assert "service_search" in plan
    condition = plan.split("Index Cond:")[1].splitlines()[0]
    assert "'''助餐'''" in condition
    assert "&&" in condition


def test_the_parts_of_a_list_stay_with_what_is_narrowed(item):
    parts = ServiceItem.objects.for_resident_of(COMMUNITY).parts
    assert len(parts) == 2
    assert ServiceItem.objects.for_resident_of(COMMUNITY).filter(fee="free").parts == parts
    assert ServiceItem.objects.all().parts != parts
