"""What keeping values costs those who write, and whether search finds what LIKE finds."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from bench.meter import cpu
from bench.names import ONE
from bench.pages import another_write
from organizations.models import ServiceItem, SocialOrganization
from organizations.models.services import SEARCHED
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.triggers import declared
from suzhou_portal.figures import door
from suzhou_portal.figures.kept.sources import tables
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.registry import figures

WRITERS, SECONDS, SAVES, IMPORTED = 8, 3, 100, 100_000
WORDS = ("助餐", "理疗", "老人", "托", "家政服务", "免费", "x")


def measured() -> dict[str, Any]:
    """Each with and without marks of what is written, in turns."""
    own, marked, bare = [], [], []
    for _ in range(3):
        marked.append(_saves())
        own.append(_writers())
        with unmarked():
            bare.append((_saves(), _writers()))
    return {
        "one_save": statistics.median(marked) / statistics.median(one for one, _ in bare),
        "writers": statistics.median(own) / statistics.median(many for _, many in bare),
        "deadlocks": _deadlocks(),
        "import": _imports(),
        **_freshness(),
        "recall": _recall(),
    }


@contextmanager
def without(*prefixes: str):
    """The tables figures depend on without some triggers, whose names begin so."""
    _switch("DISABLE", prefixes)
    try:
        yield
    finally:
        _switch("ENABLE", prefixes)


@contextmanager
def unmarked():
    """The trail's triggers without marks."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION portal_marks(event text, area_column text, anywhere boolean)"
            " RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'SELECT $4, null WHERE false' $$"
        )
        try:
            yield
        finally:
            cursor.execute(declared({}).functions.read_text(encoding="utf-8"))


def _switch(how: str, prefixes: tuple[str, ...]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        for table, name in cursor.fetchall():
            if name.startswith(prefixes) and table.strip('"') in tables():
                cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {name}")


def _saves() -> float:
    """Seconds for so many saves of one record, one after another."""
    record = SocialOrganization.objects.filter(area__code__startswith=ONE).first()
    assert record is not None  # noqa: S101 - the demonstration has them
    started = time.perf_counter()
    for number in range(SAVES):
        record.field = f"领域{number}"
        record.save()
    return time.perf_counter() - started


def _writers() -> float:
    """Inserts a second of eight writers, each in another community."""
    places = list(Area.objects.filter(code__startswith=ONE, level="community")[:WRITERS])
    until = time.monotonic() + SECONDS

    def write(area: Area) -> int:
        count = 0
        while time.monotonic() < until:
            SocialOrganization.objects.create(
                area=area, name=f"测{area.code}{time.monotonic_ns()}", kind="filed",
                origin="incubated", joined_on="2022-01-01", is_demo=True,
            )  # fmt: skip
            count += 1
        connections.close_all()
        return count

    with ThreadPoolExecutor(WRITERS) as threads:
        return sum(threads.map(write, places)) / SECONDS


def _deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def _imports() -> dict[str, float]:
    """Seconds to copy so many organizations into their table: bare, audited, marked and audited."""
    found = {}
    with without("portal_audit"):
        found["bare"] = _copied()
    with unmarked():
        found["audited"] = _copied()
    found["marked_and_audited"] = _copied()
    return found


def _copied() -> float:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'organizations_socialorganization' AND is_nullable = 'NO'"
        )
        needed = {name for (name,) in cursor.fetchall()} - {"id"}
        columns = sorted(needed)
        cursor.execute(
            "SELECT * FROM organizations_socialorganization WHERE kind = 'filed' LIMIT 1"
        )
        names = [column.name for column in cursor.description]
        like = dict(zip(names, cursor.fetchone(), strict=True))
        started = time.perf_counter()
        with cursor.copy(
            f"COPY organizations_socialorganization ({', '.join(columns)}) FROM STDIN"
        ) as copy:
            for number in range(IMPORTED):
                row = {**like, "name": f"导入{number}"}
                copy.write_row([row[column] for column in columns])
        taken = time.perf_counter() - started
        cursor.execute("DELETE FROM organizations_socialorganization WHERE name LIKE '导入%'")
    return taken


def _freshness() -> dict[str, float]:
    """Milliseconds, of CPU and passed, until all figures of a district are true after one write."""
    day, chosen, write = Demonstration.objects.get().as_of, figures.all(), another_write()
    session = connection.connection.info.backend_pid
    used, passed = [], []
    for _ in range(5):
        door.values(chosen, ONE, day)
        write()
        before = time.process_time() + cpu(session), time.perf_counter()
        door.values(chosen, ONE, day)
        after = time.process_time() + cpu(session), time.perf_counter()
        used.append((after[0] - before[0]) * 1000)
        passed.append((after[1] - before[1]) * 1000)
    return {"freshness": statistics.median(used), "freshness_passed": statistics.median(passed)}


def _recall() -> dict[str, tuple[int, int]]:
    """Of each word, how many services the search finds, and how many contain it."""
    found = {}
    for word in WORDS:
        searched = ServiceItem.objects.matching(word).count()
        where = " OR ".join(f"{name} ILIKE %s" for name in SEARCHED)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM organizations_serviceitem WHERE {where}",  # noqa: S608
                [f"%{word}%"] * len(SEARCHED),
            )
            found[word] = (searched, cursor.fetchone()[0])
    return found
