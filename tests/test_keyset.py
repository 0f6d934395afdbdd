"""Pages by keyset: every row once, in every order, whatever comes and goes meanwhile."""

import datetime
from itertools import chain, product
from urllib.parse import urlencode

import pytest
from django.core.signing import Signer
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import strategies as st

from organizations import track_record
from organizations.models import ServiceItem
from suzhou_portal import keyset
from tests.cases import case, tried
from tests.factories import organizations as make
from tests.factories.areas import AreaFactory

pytestmark = pytest.mark.django_db
COMMUNITY = "620902004004"
ORDERS = [
    (), ("pk",), ("-pk",), ("name",), ("-verified_on",), ("verified_on", "name"),
    ("area_id", "-verified_on", "pk"), ("-area_id", "name", "-verified_on", "pk"),
    ("withdrawn_on",), ("-withdrawn_on", "name"), ("category", "withdrawn_on", "-pk"),
    ("created_at",), ("-provider__joined_on", "name"), ("provider__name", "-name"),
    ("id", "name"), ("fee", "-pk", "name"),
]  # fmt: skip


@pytest.fixture
def items():
    """Twenty-three services, many alike in what orders them, some without it."""
    day = datetime.date(2023, 1, 1)
    providers = [
        make.SocialOrganizationFactory(joined_on=day),
        make.SocialOrganizationFactory(),
        None,
    ]
    for number in range(23):
        make.ServiceItemFactory(
            area=AreaFactory(code=["620902", "620902004", COMMUNITY][number % 3]),
            name=f"服务'|{number % 4}",
            provider=providers[number % 3],
            provider_name="某社区",
            published_on=day,
            verified_on=day + datetime.timedelta(days=number % 5),
            withdrawn_on=[None, day, day + datetime.timedelta(days=number)][number % 3],
        )
    return ServiceItem.objects.all()


def walk(queryset, size, way="next", cursor=""):
    """The keys of each page in turn, from a cursor on."""
    pages = []
    while True:
        page = keyset.page(queryset, cursor, size)
        pages.append([row.pk for row in page])
        cursor = getattr(page, way)
        if not cursor:
            return pages


def whole(queryset):
    """The keys in the order of the list, by PostgreSQL's own sort."""
    order = [key.order for key in keyset.keys_of(queryset)]
    return list(queryset.order_by(*order).values_list("pk", flat=True))


def test_every_row_once_there_and_back(items):
    for order, size in product(ORDERS, [1, 4, 23, 50]):
        with case(order, size):
            queryset = items.order_by(*order) if order else items
            expected = whole(queryset)
            there = walk(queryset, size)
            assert list(chain(*there)) == expected
            assert {len(page) for page in there[:-1]} <= {size}
            back = walk(queryset, size, "previous", keyset.page(queryset, "", size).last)
            assert list(chain(*reversed(back))) == expected


@pytest.mark.parametrize("code", ["620902", "620902004", COMMUNITY])
def test_closest_first_is_walked_too(items, code):
    closest = items.for_resident_of(code)
    found = list(chain(*walk(closest, 4)))
    assert found == list(closest.values_list("pk", flat=True))
    assert len(set(found)) == 23


def test_annotations_order_a_list(as_of):
    for number in range(7):
        make.PurchasedProjectFactory(provider__name=f"中心{number}")
    providers = track_record.providers(as_of)
    assert list(chain(*walk(providers, 2))) == whole(providers)
    assert len(whole(providers)) == 7


def what_comes_and_goes_disturbs_no_other_row(data):
    """Rows are made and deleted between pages; each that stays is seen once, in order."""
    ServiceItem.objects.all().delete()
    area = AreaFactory(code=COMMUNITY)
    names = st.sampled_from("甲乙丙丁")
    stay = [make.ServiceItemFactory(area=area, name=data.draw(names)).pk for _ in range(6)]
    go = [make.ServiceItemFactory(area=area, name=data.draw(names)).pk for _ in range(4)]
    queryset = ServiceItem.objects.order_by(data.draw(st.sampled_from(["name", "-name", "-pk"])))
    way = data.draw(st.sampled_from(["next", "previous"]))
    cursor = "" if way == "next" else keyset.page(queryset, "", 2).last
    seen = []
    while True:
        page = keyset.page(queryset, cursor, 2)
        seen += [row.pk for row in page] if way == "next" else [row.pk for row in page][::-1]
        cursor = getattr(page, way)
        if not cursor:
            break
        if go and data.draw(st.booleans()):
            ServiceItem.objects.filter(pk=go.pop()).delete()
        if len(seen) < 30 and data.draw(st.booleans()):
            make.ServiceItemFactory(area=area, name=data.draw(names))
    kept = [pk for pk in whole(queryset) if pk in stay]
    assert [pk for pk in seen if pk in stay] == (kept if way == "next" else kept[::-1])
    assert len(set(seen)) == len(seen)


@tried(few=25, many=100)
def test_what_comes_and_goes_disturbs_no_other_row(attempt):
    attempt(what_comes_and_goes_disturbs_no_other_row, st.data())


def test_where_all_that_followed_is_gone_the_list_ends(items):
    queryset = items.order_by("name")
    keys = whole(queryset)
    cursor = keyset.page(queryset, "", 20).next
    items.filter(pk__in=keys[20:]).delete()
    page = keyset.page(queryset, cursor, 20)
    assert [row.pk for row in page] == keys[:20]
    assert (page.previous, page.next) == ("", "")


def test_an_empty_list_has_one_empty_page():
    page = keyset.page(ServiceItem.objects.all(), "", 20)
    assert (list(page), page.count, page.previous, page.next) == ([], 0, "", "")
    assert list(keyset.page(ServiceItem.objects.all(), page.last, 20)) == []


@pytest.mark.parametrize(("cap", "count", "capped"), [(22, 22, True), (23, 23, False)])
def test_beyond_the_cap_nothing_is_counted(items, monkeypatch, cap, count, capped):
    monkeypatch.setattr(keyset, "CAP", cap)
    page = keyset.page(items, "", 4)
    assert (page.count, page.capped) == (count, capped)


def test_the_page_says_that_there_are_more(items, reference, client, monkeypatch):
    items.update(withdrawn_on=None)
    monkeypatch.setattr(keyset, "CAP", 3)
    assert "共3项服务以上" in client.get("/services/").text


def test_any_page_takes_two_statements(items):
    page = keyset.page(items, "", 4)
    for cursor in ("", page.next, page.last):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            keyset.page(items, cursor, 4)
        assert len(captured) == 2


def test_a_cursor_of_another_order_or_list_is_refused(items):
    cursor = keyset.page(items.order_by("name"), "", 4).next
    for other in (items, items.order_by("-name"), items.order_by("verified_on")):
        with pytest.raises(keyset.BadCursorError):
            keyset.page(other, cursor, 4)


def test_only_names_order_a_list(items):
    with pytest.raises(TypeError):
        keyset.page(items.order_by(F("name").desc()), "", 4)


def test_a_bad_cursor_is_404_in_chinese(items, reference, client):
    forged = Signer(sep=".").sign_object([">", 1])
    cursors = ["2", "x", "%00", "..", ".x", "é.ü", "W10.x", "9" * 9000, forged]
    for path, cursor in product(
        ["/services/", "/organizations/", "/figures/service_items/"], cursors
    ):
        with case(path, cursor):
            response = client.get(f"{path}?page={cursor}")
            assert response.status_code == 404
            assert "请从第一页翻起" in response.text


@pytest.mark.parametrize("sort", ["", "-verified", "name"])
@pytest.mark.parametrize("area", ["", COMMUNITY])
def test_the_links_of_the_services_lead_through_all_of_them(
    items, reference, client, sort, area, monkeypatch
):
    monkeypatch.setattr("organizations.views.ServiceListView.paginate_by", 4)
    items.update(withdrawn_on=None)
    query, seen = {"sort": sort, "area": area, "q": "服务"}, []
    while True:
        response = client.get("/services/", query)
        page = response.context["page_obj"]
        seen += [item.pk for item in page]
        if not page.next:
            break
        assert urlencode({"page": page.next}) in response.text
        query["page"] = page.next
    assert len(seen) == len(set(seen)) == 23


def test_few_rows_come_in_the_order_that_compares_all_of_them(monkeypatch):
    for number in range(6):
        make.ServiceItemFactory(name=f"服务{number % 3}{number}")
    ranked = ServiceItem.objects.order_by("pk").if_few("-name")
    names = [one.name for one in keyset.page(ranked, "", 4)]
    assert names == sorted(names, reverse=True)
    second = keyset.page(ranked, keyset.page(ranked, "", 4).next, 4)
    assert [*names, *(one.name for one in second)] == sorted(
        ServiceItem.objects.values_list("name", flat=True), reverse=True
    )
    monkeypatch.setattr(keyset, "CAP", 5)
    assert [one.pk for one in keyset.page(ranked, "", 4)] == sorted(
        ServiceItem.objects.values_list("pk", flat=True)
    )[:4]
