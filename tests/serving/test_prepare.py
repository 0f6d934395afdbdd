"""Preparing: one at a time, never long in anybody's way, and never what a later portal has changed."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from suzhou_portal.management.commands import migrate

LATER = "INSERT INTO django_migrations (app, name, applied) VALUES ('charity', '9999_later', now())"

PLACED = (
    "SELECT count(*) FROM pg_trigger"
    " WHERE tgname = 'portal_audit_update' AND tgrelid = 'communities_person'::regclass"
)


def execute(statement, using="owner"):
    with connections[using].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def another(committed):
    """A connection of somebody else to the same database."""
    other = connections["owner"].copy()
    yield other
    other.close()


@pytest.fixture
def upgraded_later(committed):
    """A later portal was here."""
    execute(LATER)
    yield
    execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    call_command("migrate", verbosity=0)


def test_tables_of_a_later_portal_are_left_as_they_are(upgraded_later):
    execute("DROP TRIGGER portal_audit_update ON communities_person")
    with pytest.raises(CommandError, match=r"charity\.9999_later"):
        call_command("migrate", verbosity=0)
    assert execute(PLACED) == [(0,)]


def test_who_writes_is_not_waited_for_where_nothing_changed(another):
    with another.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE communities_person IN ROW EXCLUSIVE MODE")
        call_command("migrate", verbosity=0)
        cursor.execute("ROLLBACK")


def test_a_change_gives_up_behind_who_writes(another, monkeypatch):
    monkeypatch.setattr(migrate, "PATIENCE", "200ms")
    execute("DROP TRIGGER portal_audit_update ON communities_person")
    with another.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE communities_person IN ROW EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="稍后再运行"):
            call_command("migrate", verbosity=0)
        cursor.execute("ROLLBACK")
    call_command("migrate", verbosity=0)


def test_two_prepare_one_after_the_other(another):
    said = io.StringIO()
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", ["portal_prepares"])
        ends = threading.Timer(1.0, another.connection.close)
        ends.start()
        call_command("migrate", verbosity=0, stderr=said)
        ends.join()
    assert "等它结束" in said.getvalue()
