"""The trail consists of months: they are there in time, closed as the whole is, and go as a whole to a file."""

import csv
import datetime
import gzip
import hashlib
import importlib
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from suzhou_portal.audit import parts
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.nightly import works

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
YEARS_ON = datetime.date(2041, 11, 20)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def cursor():
    with connections["owner"].cursor() as cursor:
        yield cursor


@pytest.fixture(autouse=True)
def archives(settings, tmp_path):
    settings.AUDIT_MONTHS, settings.PORTAL_BACKUPS = 12, tmp_path
    return tmp_path / "trail"


def entry(at=None, **columns):
    told = {"action": "change"} | columns | ({"at": at} if at else {})
    return AuditEntry.objects.using("owner").create(**told)


def part_of(one):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM audit_auditentry WHERE id = %s", [one.pk]
        )
        return cursor.fetchone()[0].removeprefix("audit_auditentry_")


def months(cursor):
    return {one.name.removeprefix("audit_auditentry_") for one in parts.there(cursor)}


def months_of(day):
    ahead = (day.month - 1 + number for number in range(parts.AHEAD + 1))
    return {f"{day.year + month // 12}_{month % 12 + 1:02}" for month in ahead}


def test_a_new_site_has_this_month_and_those_ahead_and_a_place_for_all_others(cursor):
    assert months(cursor) == {*months_of(timezone.localdate()), "other"}
    assert part_of(entry()) == f"{timezone.localdate():%Y_%m}"


def test_the_months_ahead_are_made_each_night_whatever_wrote_before_them(cursor, time_machine):
    begin = parts.start_of(YEARS_ON)
    early, mine = entry(begin - SECOND), entry(begin)
    assert {part_of(early), part_of(mine)} == {"other"}
    time_machine.move_to(parts.start_of(YEARS_ON))
    for _ in range(2):
        parts.make_months(YEARS_ON)
    assert months_of(YEARS_ON) < months(cursor)
    assert (part_of(early), part_of(mine)) == ("other", "2041_11")
    assert part_of(entry(begin + 40 * 86_400 * SECOND)) == "2041_12"
    assert AuditEntry.objects.using("owner").filter(pk__in=[early.pk, mine.pk]).count() == 2
    assert parts.make_months in works


@pytest.mark.parametrize("made", [False, True], ids=["as installed", "made at night"])
@pytest.mark.parametrize("held", ["", "SELECT set_config('portal.retention', 'on', true);"])
def test_a_part_is_as_closed_as_the_whole(cursor, made, held):
    if made:
        parts.make(cursor, YEARS_ON)
    for name in months(cursor):
        for change in ("UPDATE {} SET note = ''", "DELETE FROM {}", "TRUNCATE {}"):
            if held and not change.startswith("UPDATE"):
                continue
            with pytest.raises(ProgrammingError, match="只能追加"), transaction.atomic("owner"):
                cursor.execute(held + change.format(f"audit_auditentry_{name}"))
    role = connections["default"].settings_dict["USER"]
    for name in months(cursor):
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'INSERT, UPDATE, DELETE, TRUNCATE')",
            [role, f"audit_auditentry_{name}"],
        )
        assert cursor.fetchone() == (False,), name


class TestAnOldMonth:
    @pytest.fixture(autouse=True)
    def made(self, cursor, time_machine):
        parts.make(cursor, YEARS_ON)
        time_machine.move_to(parts.start_of(YEARS_ON) + 400 * 86_400 * SECOND)

    def test_stands_in_a_file_whole_before_it_is_dropped(self, cursor, archives):
        begin = parts.start_of(YEARS_ON)
        gone = [entry(begin, note="一，“二”\n三"), entry(begin + SECOND, old={"a": 1})]
        kept = entry(timezone.now())
        said = io.StringIO()
        call_command("prune_audit", stdout=said)
        file = archives / "trail-2041-11.csv.gz"
        with gzip.open(file, "rt", encoding="utf-8", newline="") as rows:
            read = list(csv.DictReader(rows))
        assert [(int(row["id"]), row["note"], row["old"]) for row in read] == [
            (gone[0].pk, "一，“二”\n三", "{}"), (gone[1].pk, "", '{"a": 1}'),
        ]  # fmt: skip
        assert file.stat().st_mode & 0o077 == 0
        assert hashlib.sha256(file.read_bytes()).hexdigest() in said.getvalue()
        assert "2041_11" not in months(cursor)
        trail = AuditEntry.objects.using("owner")
        assert [*trail.filter(pk__in=[one.pk for one in [*gone, kept]])] == [kept]
        assert trail.latest("pk").note.endswith("2条，存档：trail-2041-11.csv.gz")

    def test_without_entries_leaves_no_file(self, cursor, archives):
        call_command("prune_audit", stdout=io.StringIO())
        assert "2041_11" not in months(cursor)
        assert not [*archives.iterdir()]

    def test_stays_where_its_file_cannot_be_written(self, cursor, archives, monkeypatch):
        one = entry(parts.start_of(YEARS_ON))
        monkeypatch.setattr(parts.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("满了")))
        with pytest.raises(CommandError, match="没有清理"):
            call_command("prune_audit", stdout=io.StringIO())
        assert part_of(one) == "2041_11"
        assert not [*archives.iterdir()]

    def test_is_never_written_over_another(self, cursor, archives):
        archives.mkdir()
        (archives / "trail-2041-11.csv.gz").write_bytes(b"before")
        entry(parts.start_of(YEARS_ON))
        call_command("prune_audit", stdout=io.StringIO())
        assert (archives / "trail-2041-11.csv.gz").read_bytes() == b"before"
        assert (archives / "trail-2041-11-2.csv.gz").exists()


def test_a_trail_from_before_there_were_months_stays_as_one_part(cursor):
    before = importlib.import_module("suzhou_portal.audit.migrations.0008_by_month")
    cursor.execute("DROP TABLE audit_auditentry CASCADE")
    with connections["owner"].schema_editor(atomic=False) as editor:
        editor.create_model(AuditEntry)
    old = [entry(parts.start_of(YEARS_ON)), entry(), entry(note="三")]
    cursor.execute(before.MONTHS)
    assert [*AuditEntry.objects.using("owner").order_by("pk")] == old
    assert {part_of(one) for one in old} == {"before"}
    assert entry().pk == old[-1].pk + 1
    parts.make(cursor, timezone.localdate())  # whose month that part holds, too
    assert months(cursor) == {"before", "other"}
    parts.make(cursor, YEARS_ON)
    assert months(cursor) == {"before", "other", *(months_of(YEARS_ON) - {"2041_11"})}
    indexes = "SELECT indexname FROM pg_indexes WHERE tablename = 'audit_auditentry_before'"
    cursor.execute(indexes)
    assert len(cursor.fetchall()) == 1 + len(AuditEntry._meta.indexes)  # none is built twice
