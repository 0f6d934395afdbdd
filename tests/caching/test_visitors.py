"""Pages kept for visitors are never older than the last write, and cost no more than a look."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import SocialOrganization
from suzhou_portal.caching import visitors
from suzhou_portal.caching.sized import SizedCache
from suzhou_portal.dashboards import figure_pages
from tests.committed import apart
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory

PAGE = "/figures/organizations/"


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """A cache of this test's own."""
    cache = SizedCache("test-of-visitors", {"OPTIONS": {"MAX_BYTES": 1024 * 1024}})
    cache.clear()
    monkeypatch.setattr(visitors, "KEPT", cache)
    return cache


@pytest.fixture
def portal(committed):
    """A district with a community, seen by other connections."""
    AreaFactory(code=DISTRICT)
    return AreaFactory(code=COMMUNITY)


def get(path=PAGE, **headers):
    """As a visitor without cookies: what comes, and how many statements it took."""
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path, headers=headers)
    return response, len(captured)


def test_a_page_is_made_once_and_given_again_for_one_statement(portal):
    first, _ = get()
    again, statements = get()
    assert again.content == first.content
    assert statements == 1
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_every_way_of_writing_shows_at_the_next_request(portal):
    def value():
        return get(f"/data/figures.json?area={DISTRICT}")[0].json()

    def organizations():
        return next(row["value"] for row in value() if row["key"] == "organizations")

    assert organizations() == 0
    made = SocialOrganizationFactory(area=portal)
    assert organizations() == 1
    SocialOrganization.objects.bulk_create([SocialOrganizationFactory.build(area=portal)])
    assert organizations() == 2
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organizations_socialorganization SET origin = 'other' WHERE id = %s", [made.pk]
        )
    assert organizations() == 1
    SocialOrganization.objects.all().delete()
    assert organizations() == 0


def test_what_is_written_but_not_committed_shows_when_it_is(portal):
    get()
    with transaction.atomic():
        SocialOrganizationFactory(area=portal)
        with ThreadPoolExecutor(1) as thread:
            unseen, _ = thread.submit(apart, get).result()
    seen, statements = get()
    assert statements > 1
    assert unseen.headers["ETag"] != seen.headers["ETag"]
    assert seen.context["card"].computed.value == 1


def test_the_catalogue_for_other_systems_is_kept_until_it_changes(portal):
    def total(**headers):
        response, _ = get("/data/services.json", **headers)
        return response, response.status_code == 200 and response.json()["total_items"]

    first, before = total()
    known = {"If-None-Match": first.headers["ETag"]}
    assert (before, total(**known)[0].status_code) == (0, 304)
    ServiceItemFactory(area=portal)
    assert total(**known)[1] == 1


def test_words_as_they_are_find_what_they_find_escaped(portal):
    """Programs send them so, and no standard server refuses it."""
    ServiceItemFactory(area=portal, name="老年助餐")
    for text in (quote("助餐"), "助餐".encode().decode("latin-1")):
        asked = Client().get("/data/services.json", QUERY_STRING=f"search={text}")
        assert asked.json()["total_items"] == 1


@pytest.mark.parametrize("path", [PAGE, "/data/figures.json", "/data/figures.csv"])
def test_what_did_not_change_is_not_sent_again(portal, path):
    first, _ = get(path)
    tag = first.headers["ETag"]
    same, _ = get(path, **{"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["ETag"] == tag
    weak, _ = get(path, **{"If-None-Match": f'"x", W/{tag}'})
    assert weak.status_code == 304
    SocialOrganizationFactory(area=portal)
    other, _ = get(path, **{"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_nobody_signed_in_is_given_or_leaves_a_kept_page(portal, kept):
    browser = Client()
    browser.force_login(UserFactory())
    assert "退出" in browser.get(PAGE).text
    assert "工作人员登录" in get()[0].text
    assert "退出" in browser.get(PAGE).text


@pytest.mark.parametrize(
    "path",
    [
        "/account/sign-in/",
        "/healthz",
        "/figures/none/",
        "/desk/",
    ],
)
def test_what_is_not_kept(portal, kept, path):
    get(path)
    assert not kept.size


@pytest.mark.parametrize(("at_once", "count"), [(100, 1), (-1, 0)])
def test_a_file_of_rows_is_kept_unless_it_is_streamed(portal, kept, monkeypatch, at_once, count):
    monkeypatch.setattr(figure_pages, "ROWS_AT_ONCE", at_once)
    get("/figures/organizations/rows.csv")
    assert len(kept._store.values) == count


def test_hosts_and_queries_are_told_apart(portal, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    bodies = {
        Client().get(f"/data/figures.json?area={code}", headers={"host": host}).content
        for host in settings.ALLOWED_HOSTS
        for code in (DISTRICT, COMMUNITY)
    }
    assert len(bodies) == 4


def test_what_a_server_says_of_the_address_is_part_of_it(portal):
    """A header that some servers believe made the start page stand at /services/."""
    poisoned = Client().get("/", SCRIPT_NAME="/services")
    assert poisoned.status_code == 200
    told, _ = get("/services/")
    assert told.resolver_match.view_name == "services"


def test_what_no_page_knows_makes_no_page_of_its_own(portal, kept):
    get("/services/")
    one = kept.size
    for number in range(20):
        assert get(f"/services/?zz={number}")[0].status_code == 200
    assert kept.size == one
    get("/services/?q=1")
    assert kept.size > one


def test_memory_is_bounded_in_bytes(portal, kept, monkeypatch):
    monkeypatch.setattr(kept, "_most", 100_000)
    for number in range(30):
        get(f"/services/?q={number}")
        assert 0 < kept.size <= 100_000
    _, statements = get("/services/?q=29")
    assert statements == 1
    assert get("/services/?q=0")[1] > 1
    kept.clear()
    assert kept.size == 0


def test_a_page_is_compressed_for_who_can_read_it(portal):
    get("/data/figures.json")  # afterwards the page says since when its values are kept
    plain, _ = get()
    zipped, _ = get(**{"Accept-Encoding": "br, gzip"})
    refused, _ = get(**{"Accept-Encoding": "br, gzip;q=0"})
    assert gzip.decompress(zipped.content) == plain.content == refused.content
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert len(zipped.content) < len(plain.content) / 3
    for one in (plain, zipped):
        assert one.headers["Content-Length"] == str(len(one.content))
        assert {"Accept-Encoding", "Cookie"} <= set(one.headers["Vary"].split(", "))


def test_who_is_signed_in_is_sent_nothing_compressed(portal):
    """What holds a secret beside what a visitor typed tells it by its length."""
    browser = Client()
    browser.force_login(UserFactory())
    assert "Content-Encoding" not in browser.get(PAGE, headers={"Accept-Encoding": "gzip"}).headers


def test_what_is_asked_for_by_its_head_alone_is_the_same_page(portal):
    page, _ = get()
    head = Client().head(PAGE)
    for name in ("ETag", "Vary", "Cache-Control", "Content-Length"):
        assert head.headers[name] == page.headers[name]
    assert head.content == b""
    rows = Client().head("/figures/organizations/rows.csv")
    assert (rows.status_code, b"".join(rows)) == (200, b"")
    same = Client().head(PAGE, headers={"If-None-Match": page.headers["ETag"]})
    assert same.status_code == 304


def test_what_did_not_change_still_says_for_whom_it_is(portal):
    page, _ = get()
    same, _ = get(**{"If-None-Match": page.headers["ETag"]})
    for name in ("Vary", "Cache-Control", "ETag", "Content-Security-Policy"):
        assert same.headers[name] == page.headers[name]
