"""Nobody changes the trail, and nothing of it goes before its time."""

import datetime
import io
import runpy
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.months import months_before
from tests.audit.steps import made_up, written

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
RETENTION = "SELECT set_config('portal.retention', 'on', true);"
CHANGES = [
    "UPDATE audit_auditentry SET actor_name = '别人'",
    "DELETE FROM audit_auditentry",
    "TRUNCATE audit_auditentry",
]
TAKING_AWAY = [
    "DROP TRIGGER portal_audit_update ON communities_person",
    "DROP TRIGGER portal_append_only ON audit_auditentry",
    "ALTER TABLE communities_person DISABLE TRIGGER ALL",
    "ALTER TABLE audit_auditentry DISABLE TRIGGER portal_append_only",
    "SET session_replication_role = replica",
    "DROP FUNCTION portal_audit() CASCADE",
    "CREATE OR REPLACE FUNCTION portal_audit() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NULL; END'",
    "DROP TABLE audit_auditentry",
]


def entry(using="default", **fields):
    if using == "default":
        return made_up(action=Action.CHANGE, **fields)
    return AuditEntry.objects.using(using).create(action=Action.CHANGE, **fields)


def assert_refused(using, statement):
    with pytest.raises(ProgrammingError), transaction.atomic(using=using):  # noqa: SIM117
        with connections[using].cursor() as cursor:
            cursor.execute(statement)


class TestTheApplication:
    @pytest.mark.parametrize("statement", [*CHANGES, *TAKING_AWAY])
    @pytest.mark.parametrize("before", ["", RETENTION], ids=["", "retention"])
    def test_changes_nothing_and_takes_nothing_away(self, statement, before):
        entry()
        assert_refused("default", before + statement)
        assert AuditEntry.objects.count() == 1

    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO audit_auditentry (at, action, actor_name, address, origin, model, object_id,"
            " area_code, old, new, note)"
            " VALUES ('2020-01-01', 'change', '别人', '', '', '', '', '', '{}', '{}', '')",
            *(
                f"SELECT portal_note('{action}', 1, '别人', '', '', '', 'communities.person', '1', '')"
                for action in ("create", "change", "delete", "clear", "prune")
            ),
        ],
    )
    def test_forges_nothing_and_backdates_nothing(self, statement):
        assert_refused("default", statement)
        assert not AuditEntry.objects.exists()

    def test_adds_events_at_the_time_of_the_clock(self):
        with time_machine.travel("2020-01-01"):
            trail.record(Action.EXPORT, note="一份")
        kept = AuditEntry.objects.get()
        assert abs(timezone.now() - kept.at) < datetime.timedelta(minutes=1)
        assert (kept.action, kept.note, kept.old, kept.new) == (Action.EXPORT, "一份", {}, {})

    def test_has_no_other_way_through_the_models(self):
        kept = entry(note="原文")
        for change in (
            lambda: AuditEntry.objects.filter(pk=kept.pk).update(note="改"),
            lambda: AuditEntry(pk=kept.pk, note="改").save(),
            kept.delete,
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()
        assert AuditEntry.objects.get(pk=kept.pk).note == "原文"


class TestAnApplicationThatOwnsItsDatabase:
    @pytest.mark.parametrize("statement", [*CHANGES, RETENTION + CHANGES[0]])
    def test_changes_nothing_either(self, statement):
        entry("owner")
        assert_refused("owner", statement)
        assert AuditEntry.objects.using("owner").count() == 1


class TestPruning:
    @pytest.fixture(autouse=True)
    def kept_for_six_months(self, settings, tmp_path):
        settings.AUDIT_MONTHS, settings.PORTAL_BACKUPS = 6, tmp_path

    def prune(self):
        out = io.StringIO()
        call_command("prune_audit", stdout=out)
        return out.getvalue()

    def test_files_and_removes_the_months_that_are_older_and_says_so(self):
        first_kept = months_before(timezone.localdate(), 6).replace(day=1)
        midnight = timezone.make_aware(datetime.datetime.combine(first_kept, datetime.time.min))
        second = datetime.timedelta(seconds=1)
        kept = [entry("owner", at=midnight), entry("owner")]
        for seconds in range(1, 4):
            entry("owner", at=midnight - seconds * second)
        with written("owner") as entries:
            said = self.prune()
        [pruned] = entries
        assert set(AuditEntry.objects.using("owner")) == {*kept, pruned}
        assert (pruned.action, pruned.actor_name, pruned.model) == (
            Action.PRUNE, "系统命令", "audit.auditentry",
        )  # fmt: skip
        assert pruned.note == f"{first_kept:%Y-%m-%d}以前的3条，存档：trail-other.csv.gz"
        assert said.endswith(f"已清理{first_kept:%Y-%m-%d}以前的3条。\n")

    def test_says_so_also_when_nothing_was_old_enough(self):
        entry("owner")
        with written("owner") as entries:
            self.prune()
        assert [pruned.note[-5:] for pruned in entries] == ["以前的0条"]

    def test_costs_the_same_however_much_is_old(self, django_assert_max_num_queries):
        for number in range(200):
            entry("owner", at=timezone.now() - datetime.timedelta(days=400 + number))
        with django_assert_max_num_queries(12, connection=connections["owner"]):
            self.prune()

    def test_leaves_the_trail_locked(self):
        entry("owner", at=timezone.now() - datetime.timedelta(days=400))
        self.prune()
        assert_refused("owner", CHANGES[1])

    def test_leaves_everything_when_it_fails(self, monkeypatch):
        entry("owner", at=timezone.now() - datetime.timedelta(days=400))
        monkeypatch.setattr("suzhou_portal.audit.trail.record", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            self.prune()
        assert AuditEntry.objects.using("owner").count() == 1
        assert_refused("owner", CHANGES[1])


@pytest.mark.parametrize("months", ["5", "0", "-12", "半年"])
def test_no_site_keeps_it_for_less_than_six_months(months, monkeypatch, tmp_path):
    monkeypatch.setenv("AUDIT_MONTHS", months)
    monkeypatch.setenv("PORTAL_STATE", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match="AUDIT_MONTHS") as caught:
        runpy.run_path(str(Path(settings.BASE_DIR) / "suzhou_portal" / "settings.py"))
    assert "6至600的整数" in str(caught.value)
