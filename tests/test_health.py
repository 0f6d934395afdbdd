"""/livez and /readyz: what they prove, how they are reached, and what each fault makes of them."""

import shutil
from collections import namedtuple

import pytest
from django.db import OperationalError, connections
from django.test import Client

from suzhou_portal import health
from suzhou_portal.database import schema, writable

WELL = {
    "database": "ok", "writes": "ok", "migrations": "applied", "columns": "ok", "disk": "ok",
}  # fmt: skip
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def found_out_anew():
    health.forget()
    writable.forget()
    yield
    health.forget()
    writable.forget()


def ready(**environ):
    answer = Client().get("/readyz", **environ)
    return answer.status_code, answer.json()


def as_owner(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
class TestReady:
    def test_where_all_is_well(self):
        assert ready() == (200, WELL)

    def test_healthz_is_another_name(self):
        assert Client().get("/healthz").json() == WELL

    def test_it_costs_one_statement(self, django_assert_num_queries):
        ready()
        with django_assert_num_queries(1):
            ready()

    def test_a_row_is_written_and_no_trail_of_it(self):
        with connections["default"].cursor() as cursor:
            before = _proof(cursor)
            ready()
            assert _proof(cursor) != before
            cursor.execute("SELECT count(*) FROM audit_touched WHERE source LIKE '%proof%'")
            assert cursor.fetchone() == (0,)

    def test_a_pending_migration(self, monkeypatch):
        expected = schema.expected() | {("charity", "9999_later")}
        monkeypatch.setattr(schema, "expected", lambda: expected)
        assert ready() == (503, WELL | {"migrations": "pending"})

    def test_more_migrations_than_this_code_knows(self, monkeypatch):
        monkeypatch.setattr(schema, "expected", lambda: frozenset([("audit", "0001_initial")]))
        assert ready() == (200, WELL)

    def test_a_missing_column(self, monkeypatch):
        expected = health._columns() | {("areas_area", "colour")}
        monkeypatch.setattr(health, "_columns", lambda: expected)
        assert ready() == (503, WELL | {"columns": "missing"})

    def test_the_schema_is_not_looked_up_each_time_but_again(self, monkeypatch):
        ready()
        monkeypatch.setattr(schema, "expected", lambda: frozenset([("none", "0001")]))
        assert ready()[0] == 200
        now = health.time.monotonic() + health.LOOKED_UP_AGAIN + 1
        monkeypatch.setattr(health.time, "monotonic", lambda: now)
        assert ready()[0] == 503

    def test_a_disk_nearly_full(self, monkeypatch, settings):
        settings.PORTAL_FREE_MB = 200
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 200 * 1024 * 1024 - 1))
        assert ready() == (503, WELL | {"disk": "low"})


def _proof(cursor):
    cursor.execute("SELECT at FROM portal_proof")
    return cursor.fetchone()


@pytest.fixture
def read_only(committed):
    """The database takes no writes, as a standby or an administrator would have it."""
    name = connections["owner"].settings_dict["NAME"]
    as_owner(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    connections["default"].close()
    yield
    as_owner("SET default_transaction_read_only = off")
    as_owner(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    connections["default"].close()


def test_a_database_that_takes_no_writes(read_only):
    assert ready() == (503, WELL | {"writes": "refused"})


def test_a_column_that_is_gone(committed):
    as_owner("ALTER TABLE areas_area RENAME COLUMN name TO called")
    try:
        assert ready() == (503, WELL | {"columns": "missing"})
    finally:
        as_owner("ALTER TABLE areas_area RENAME COLUMN called TO name")


def test_a_database_out_of_reach_says_no_more_than_that(monkeypatch):
    def gone(ask):
        raise OperationalError("connection to 10.0.0.9 failed, password hush")

    monkeypatch.setattr(health.asking, "at_once", gone)
    code, told = ready()
    assert code == 503
    assert told == {
        "database": "unreachable", "writes": "unknown", "migrations": "unknown",
        "columns": "unknown", "disk": "ok",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
class TestHowTheyAreReached:
    def test_by_address_and_without_tls(self, path, settings):
        settings.ALLOWED_HOSTS = ["portal.example.gov.cn"]
        settings.SECURE_SSL_REDIRECT = True
        answer = Client().get(path, headers={"host": "10.1.2.3:8000"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies

    def test_with_a_session_that_is_none(self, path):
        browser = Client()
        browser.cookies["sessionid"] = "a" * 32
        assert browser.get(path).status_code == 200
        assert not browser.get(path).cookies

    def test_by_head_and_in_no_other_way(self, path):
        assert (Client().head(path).status_code, Client().head(path).content) == (200, b"")
        assert Client().post(path).status_code == 405


def test_livez_asks_no_database():
    """pytest refuses any here."""
    assert Client().get("/livez").json() == {"process": "ok"}
