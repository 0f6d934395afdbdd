"""What is looked at: each part turns to 注意 and 故障 when it should, and says what to do."""

import datetime
import io
import shutil
from collections import namedtuple

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from suzhou_portal.areas.codes import COUNTRY
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.database import room, schema, writable
from suzhou_portal.figures.kept.models import FigureAudit
from suzhou_portal.service.models import CheckResult, CheckState, RunKind
from suzhou_portal.watching import checks, every, of_machine, of_runs
from tests.watching.conftest import HOUR

FINE, CAUTION, FAULT = CheckState.FINE, CheckState.CAUTION, CheckState.FAULT
MEGABYTE = 1024 * 1024
Usage = namedtuple("Usage", "total used free")

pytestmark = pytest.mark.django_db


def seen(key, now=None):
    """What the check has come to."""
    return next(one.seen for one in every.look_at_all(now) if one.check.key == key)


def set_up(monkeypatch, hours):
    """The portal was set up so many hours ago."""
    begun = timezone.now() - hours * HOUR
    monkeypatch.setattr(of_runs, "_begun", lambda looking: begun)


class TestRuns:
    @pytest.mark.parametrize(
        ("hours", "state"), [(1, FINE), (35.9, FINE), (36.1, FAULT), (500, FAULT)]
    )
    @pytest.mark.parametrize("kind", [RunKind.BACKUP, RunKind.NIGHTLY])
    def test_36_hours(self, ran, kind, hours, state):
        ran(kind, hours)
        found = seen(kind)
        assert found.state == state
        [age] = found.values.values()
        assert age == pytest.approx(hours * 3600, abs=60)
        assert ("未成功" in found.told) is (state == FAULT)
        assert bool(found.advice) is (state == FAULT)

    def test_36_hours_of_a_portal_that_was_never_backed_up(self, monkeypatch):
        set_up(monkeypatch, 2)
        assert seen("backup").state == CAUTION
        set_up(monkeypatch, 37)
        assert seen("backup").state == FAULT
        assert seen("backup").values == {}

    def test_a_new_portal_is_as_old_as_its_tables(self):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_migrations SET applied = now() - interval '37 hours'")
        assert seen("backup").state == FAULT

    def test_a_failure_since(self, ran):
        ran(RunKind.BACKUP, 30)
        ran(RunKind.BACKUP, 1, ok=False, detail="没有写成：No space left on device")
        found = seen("backup")
        assert found.state == CAUTION
        assert "No space left on device" in found.told
        assert 30 * 3600 - 60 < found.values["backup_age_seconds"] < 30 * 3600 + 60

    def test_a_trial_that_failed_is_a_fault(self, ran):
        ran(RunKind.CHECK, 300)
        assert seen("backup_trial").state == FINE
        ran(RunKind.CHECK, 1, ok=False, detail="已损坏")
        assert seen("backup_trial").state == FAULT

    @pytest.mark.parametrize(
        ("kind", "key", "days"),
        [(RunKind.CHECK, "backup_trial", 15), (RunKind.MONTHLY, "monthly", 35), (RunKind.UPDATES, "updates", 35)],
    )  # fmt: skip
    def test_what_may_be_late(self, ran, kind, key, days):
        ran(kind, days * 24 + 1)
        assert seen(key).state == CAUTION
        ran(kind, days * 24 - 1)
        assert seen(key).state == FINE

    def test_updates_are_unknown_until_somebody_says(self):
        assert "状态未知" in seen("updates").told
        call_command("updates_checked", "李工，pip-audit，没有", stdout=io.StringIO())
        assert seen("updates").state == FINE


class TestFigures:
    def audit(self, hours=1, mismatches=()):
        at = timezone.now() - hours * HOUR
        FigureAudit.objects.create(
            finished_at=at, area_code=COUNTRY, as_of=at.date(), areas=1, compared=5, mismatches=[*mismatches]
        )  # fmt: skip

    def test_before_the_first_audit(self):
        assert seen("figures").state == CAUTION

    @pytest.mark.parametrize(
        ("hours", "mismatches", "state"),
        [(1, (), FINE), (37, (), CAUTION), (1, ["620902 社区数"], FAULT), (37, ["a", "b"], FAULT)],
    )
    def test_after_it(self, hours, mismatches, state):
        self.audit(hours, mismatches)
        found = seen("figures")
        assert found.state == state
        assert found.values["figures_mismatches"] == len(mismatches)
        assert all(one in found.told for one in mismatches[:1])


class TestQueue:
    def task(self, minutes, status=TaskResultStatus.READY, *, planned=False, **known):
        at = timezone.now() - datetime.timedelta(minutes=minutes)
        never = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
        task = DBTaskResult.objects.create(
            status=status, task_path="a.b", queue_name="default", backend_name="default",
            args_kwargs={"args": [], "kwargs": {}}, run_after=at if planned else never, **known,
        )  # fmt: skip
        DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=at if not planned else at - HOUR)

    @pytest.mark.parametrize("planned", [False, True])
    @pytest.mark.parametrize(("minutes", "state"), [(5, FINE), (15, CAUTION), (61, FAULT)])
    def test_how_long_the_oldest_waits(self, minutes, state, planned):
        self.task(minutes, planned=planned)
        self.task(1, planned=planned)
        found = seen("queue")
        assert found.state == state
        assert found.values["queue_length"] == 2
        assert found.values["queue_oldest_seconds"] == pytest.approx(minutes * 60, abs=30)

    def test_what_is_planned_for_later_does_not_wait(self):
        self.task(-30, planned=True)
        assert seen("queue").values["queue_length"] == 0

    @pytest.mark.parametrize(("hours", "state"), [(1, CAUTION), (25, FINE)])
    def test_what_failed(self, hours, state):
        at = timezone.now() - hours * HOUR
        self.task(100, TaskResultStatus.FAILED, finished_at=at, started_at=at)
        assert seen("queue").state == state


class TestMachine:
    @pytest.mark.parametrize(
        ("total", "free", "state"),
        [
            (100_000, 50_000, FINE),
            (100_000, 9_000, CAUTION),
            (2_000_000, 20_000, FINE),
            (1_000, 150, FAULT),
            (100_000, 199, FAULT),
        ],
    )
    def test_the_disk(self, monkeypatch, total, free, state):
        usage = Usage(total * MEGABYTE, 0, free * MEGABYTE)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
        found = seen("disk")
        assert found.state == state
        assert found.values == {"disk_free_bytes": free * MEGABYTE}
        assert ("磁盘将满" in found.advice) is (state != FINE)

    @pytest.mark.parametrize(("free", "state"), [(400, FINE), (250, CAUTION), (90, FAULT)])
    def test_room_for_the_next_backup(self, ran, monkeypatch, free, state):
        ran(RunKind.BACKUP, 1, bytes=100 * MEGABYTE)
        usage = Usage(1000 * MEGABYTE, 0, free * MEGABYTE)
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
        assert seen("backup_room").state == state

    def test_a_database_that_takes_no_writes(self):
        assert seen("writes").state == FINE
        writable.database_said(reads_only=True)
        found = seen("writes")
        assert (found.state, found.values) == (FAULT, {"reading_only": 1.0})
        assert writable.READ_ONLY in found.told

    def test_a_migration_that_is_pending(self, monkeypatch):
        assert seen("schema").state == FINE
        later = schema.expected() | {("charity", "9999_later")}
        monkeypatch.setattr(schema, "expected", lambda: later)
        of_machine.health.forget()
        assert seen("schema").state == FAULT
        assert "manage.py prepare" in seen("schema").advice

    def test_the_database_and_its_connections(self, monkeypatch):
        assert "内置的 PostgreSQL 1" in seen("database").told
        monkeypatch.setattr(room, "shortage", lambda threads: f"不够{threads}")
        assert (seen("database").state, seen("database").advice) == (CAUTION, "不够8")

    @pytest.mark.parametrize(
        ("ahead", "state"),
        [(0, FINE), (30, CAUTION), (-30, CAUTION), (90, FAULT), (-90, FAULT)],
    )
    def test_two_clocks(self, ahead, state):
        with time_machine.travel(timezone.now() - datetime.timedelta(seconds=ahead)):
            found = seen("clock")
        assert found.state == state
        assert found.values["clock_offset_seconds"] == pytest.approx(ahead, abs=2)

    def test_a_backup_of_the_future(self, ran):
        ran(RunKind.BACKUP, -2)
        assert seen("clock").state == CAUTION


class TestCalendar:
    @pytest.mark.parametrize(
        ("day", "years", "state"),
        [
            ("2026-11-30", [2026], FINE),
            ("2026-12-01", [2026], CAUTION),
            ("2026-12-01", [2026, 2027], FINE),
            ("2027-01-01", [2026], FAULT),
        ],
    )
    def test_the_coming_year(self, day, years, state):
        SpecialDay.objects.all().delete()
        for year in years:
            SpecialDay(date=datetime.date(year, 1, 1), name="元旦").save()
        at = datetime.datetime.fromisoformat(f"{day}T12:00:00+08:00")
        assert seen("calendar", at).state == state


def test_every_gauge_is_declared(ran):
    for kind in RunKind:
        ran(kind, 1)
    TestFigures().audit()
    for one in every.look_at_all():
        assert set(one.seen.values) <= set(one.check.gauges), one.check.key


def test_advice_where_something_is_wrong_and_nowhere_else(ran):
    for one in every.look_at_all():
        assert bool(one.seen.advice) is (one.state != FINE), one.check.key


def test_the_worst_comes_first():
    states = [one.state for one in every.look_at_all()]
    assert states == sorted(states, key=[FAULT, CAUTION, FINE].index)
    assert len({one.check.key for one in every.look_at_all()}) == len(checks.checks)


def test_without_its_database_the_rest_is_still_seen(monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("连接不上")

    monkeypatch.setattr(CheckResult.objects, "all", gone)
    found = {one.check.key: one.seen for one in every.look_at_all()}
    assert found["disk"].told != every.AWAY
    assert {found[key].told for key in ("backup", "queue", "writes")} == {every.AWAY}
