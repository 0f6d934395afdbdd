"""A portal that can only be read: pages go on with a banner, writes are refused, and it ends by itself."""

import io
import shutil

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import InternalError, connections
from django.test import Client

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.caching import followed
from suzhou_portal.caching.visitors import KEPT
from suzhou_portal.database import writable
from tests.cases import case
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.pages.addresses import PAGES, one_of_each
from tests.test_health import Usage, as_owner

BANNER = "门户现在只能查看"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def found_out_anew():
    writable.forget()
    KEPT.clear()
    yield
    writable.forget()
    KEPT.clear()
    followed.forget()


@pytest.fixture
def disk(monkeypatch):
    """Sets how many megabytes are free."""
    free = {"now": 10_000}
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free["now"] * MEGABYTE))
    return lambda megabytes: free.update(now=megabytes)


@pytest.fixture
def database(committed):
    """Has the database take no writes, or take them again."""
    AreaFactory(code=COMMUNITY)
    name = connections["owner"].settings_dict["NAME"]

    def takes(*, writes):
        as_owner("SET default_transaction_read_only = off")
        word = "off" if writes else "on"
        as_owner(f'ALTER DATABASE "{name}" SET default_transaction_read_only = {word}')
        connections["default"].close()

    yield takes
    takes(writes=True)
    as_owner(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


def browser(**more):
    return Client(raise_request_exception=False, **more)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
class TestFullDisk:
    def test_banner_and_back_for_visitors_whose_pages_are_kept(self, disk):
        assert BANNER not in Client().get("/services/").text
        disk(199)
        told = Client().get("/services/").text
        assert BANNER in told
        assert writable.FULL in told
        disk(200)
        assert BANNER not in Client().get("/services/").text

    def test_the_admin_says_so_too(self, disk, clerk_client):
        disk(0)
        assert BANNER in clerk_client.get("/admin/").text

    def test_what_would_write_is_refused(self, disk):
        user, entries = UserFactory(), AuditEntry.objects.count()
        disk(0)
        answer = browser().post("/account/sign-in/", {"username": user.username, "password": "x"})
        assert answer.status_code == 503
        assert BANNER in answer.text
        assert "后退" in answer.text
        assert answer.headers["Retry-After"]
        assert AuditEntry.objects.count() == entries

    def test_no_session_is_saved_in_passing(self, disk):
        user = UserFactory()
        client = browser()
        client.force_login(user)
        before = [*Session.objects.values()]
        disk(0)
        assert client.get("/desk/").status_code == 200
        assert [*Session.objects.values()] == before


class TestDatabaseThatTakesNoWrites:
    def test_banner_and_back(self, database):
        database(writes=False)
        assert BANNER in Client().get("/services/").text
        assert browser().post("/account/sign-in/", {}).status_code == 503
        database(writes=True)
        assert BANNER not in Client().get("/services/").text
        assert browser().post("/account/sign-in/", {}).status_code == 200

    def test_who_writes_first_is_told_as_well(self, database):
        """Before any page was looked at since."""
        user = UserFactory()
        client = browser()
        client.force_login(user)
        database(writes=False)
        writable.forget()
        answer = client.post("/account/sign-out/")
        assert (answer.status_code, BANNER in answer.text) == (503, True)

    def test_a_look_that_cannot_be_noted_is_none(self, database):
        database(writes=False)
        with pytest.raises(InternalError) as caught:
            trail.record(Action.LOOK)
        assert writable.refused(caught.value) == writable.READ_ONLY


def test_no_page_fails(database):
    call_command("load_reference", stdout=io.StringIO())
    database(writes=False)
    for page in one_of_each(PAGES):
        with case(page):
            answer = browser().get(page)
            assert answer.status_code in (200, 302, 404)
            if "text/html" in answer.headers.get("Content-Type", ""):
                assert BANNER in answer.text


def test_no_page_of_staff_fails(database):
    call_command("load_reference", stdout=io.StringIO())
    client = browser()
    client.force_login(UserFactory(is_superuser=True))
    database(writes=False)
    for page in (
        "/desk/",
        "/notices/",
        "/imports/",
        "/account/",
        "/admin/",
        "/dashboard/",
        "/returns/",
    ):
        with case(page):
            assert client.get(page).status_code in (200, 302, 404)
