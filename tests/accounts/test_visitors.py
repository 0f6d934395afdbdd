"""Pages kept for visitors are never older than the last write, and cost no more than a look."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organizations.models import SocialOrganization
from suzhou_portal.accounts import visitors
from suzhou_portal.figures import views
from tests.committed import apart
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory

PAGE = "/figures/organizations/"


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """A cache of this test's own."""
    cache = LocMemCache("test-of-visitors", {})
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
    assert "数据管理" in browser.get(PAGE).text
    assert "工作人员登录" in get()[0].text
    assert "数据管理" in browser.get(PAGE).text


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
    assert not kept._cache


@pytest.mark.parametrize(("at_once", "count"), [(100, 1), (-1, 0)])
def test_a_file_of_rows_is_kept_unless_it_is_streamed(portal, kept, monkeypatch, at_once, count):
    monkeypatch.setattr(views, "ROWS_AT_ONCE", at_once)
    get("/figures/organizations/rows.csv")
    assert len(kept._cache) == count


def test_hosts_and_queries_are_told_apart(portal, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    bodies = {
        Client().get(f"/data/figures.json?area={code}", headers={"host": host}).content
        for host in settings.ALLOWED_HOSTS
        for code in (DISTRICT, COMMUNITY)
    }
    assert len(bodies) == 4
