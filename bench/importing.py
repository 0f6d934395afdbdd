"""What importing a ledger costs: 100,000 rows validated, audited and with the district's figures true at
the end, against a raw COPY of the same rows into the same table with its keys and indexes.

Both in turns, within transactions that are undone.
"""

import csv
import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import connections, transaction

from bench.data import ONE
from bench.meter import cpu
from bench.pages import clerk
from bench.writing import without
from suzhou_portal.accounts.models import User
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.figures import door
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.registry import figures
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.lines import Lines
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.registry import Ledger, ledgers

ROWS, ROUNDS = 100_000, 3
LEDGERS = ("teams", "organizations")


class _UndoneError(Exception):
    """Ends a transaction whose rows are not wanted."""


def measured() -> list[dict[str, Any]]:
    """Of each ledger a target, in the terms of `targets.Target`: CPU against CPU of a raw COPY."""
    with _acting(clerk()):
        return [_of(ledgers.get(name)) for name in LEDGERS]


def _of(ledger: Ledger) -> dict[str, Any]:
    data, user = _file(ledger), clerk()
    lines = Lines(ledger, user)
    copied = [
        "".join(f"{line}\n" for line in lines.of(chunk.rows)).encode()
        for chunk in LedgerFile(data, ledger.headings).chunks()
    ]
    ratios = []
    for _ in range(ROUNDS):
        raw = _raw(ledger, lines, copied)
        ratios.append(_timed("default", lambda: _imported(ledger, data, user)) / raw)
    name = f"导入10万行{ledger.title}，核对、记日志、指标为真：与裸COPY之比"
    return {"name": name, "value": statistics.median(ratios), "limit": 1.7}


def _raw(ledger: Ledger, lines: Lines, copied: list[bytes]) -> float:
    table, columns = ledger.model._meta.db_table, ", ".join(lines.columns)

    def copy() -> None:
        statement = f'COPY "{table}" ({columns}) FROM STDIN'
        with connections["owner"].cursor() as cursor, cursor.copy(statement) as copy:
            for block in copied:
                copy.write(block)

    with without("portal_"):
        return _timed("owner", copy)


def _imported(ledger: Ledger, data: bytes, user: User) -> None:
    outcome = bring(ledger, data, user, name="bench.csv")
    assert outcome.imported == ROWS, outcome.problems[:3]  # noqa: S101 - else something else is measured
    door.values(figures.all(), ONE, Demonstration.objects.get().as_of)


def _timed(alias: str, act: Callable[[], None]) -> float:
    """Seconds of CPU the act takes; what it wrote is undone and vacuumed away."""
    connections[alias].ensure_connection()
    backend = connections[alias].connection.info.backend_pid
    taken = 0.0
    with suppress(_UndoneError), transaction.atomic(using=alias):
        before = time.process_time() + cpu(backend)
        act()
        with connections[alias].cursor() as cursor:  # as at the end of every transaction that stays
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        taken = time.process_time() + cpu(backend) - before
        raise _UndoneError
    with connections["owner"].cursor() as cursor:
        for table in (
            "audit_auditentry",
            *(ledgers.get(one).model._meta.db_table for one in LEDGERS),
        ):
            cursor.execute(f'VACUUM "{table}"')
    return taken


@contextmanager
def _acting(user: User) -> Iterator[None]:
    with trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user)):
        yield


def _file(ledger: Ledger) -> bytes:
    """Rows as a district has them: in every community, on many days, most with a contact."""
    places = list(
        Area.objects.filter(code__startswith=ONE, level="community").values_list("pk", flat=True)
    )
    days = [
        f"20{year}-{month:02d}-{day:02d}"
        for year in range(10, 23)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    known: dict[str, Callable[[int], str]] = {
        "area": lambda n: places[n % len(places)], "name": lambda n: f"导入{ledger.title}{n}号",
        "kind": lambda _: _first(ledger, "kind"), "origin": lambda _: _first(ledger, "origin"),
        "founded_on": lambda n: days[n % len(days)], "joined_on": lambda n: days[n % len(days)],
        "members": lambda n: str(n % 300), "contact": lambda n: "王小明"[: 2 + n % 2] if n % 4 else "",
        "phone": lambda n: f"139{n:08d}" if n % 4 else "", "field": lambda _: "养老",
    }  # fmt: skip
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(ledger.headings)
    blank: Callable[[int], str] = lambda _: ""  # noqa: E731
    makers = [known.get(name, blank) for name in ledger.fields]
    writer.writerows([make(number) for make in makers] for number in range(ROWS))
    return file.getvalue().encode("utf-8-sig")


def _first(ledger: Ledger, name: str) -> str:
    field: Any = ledger.columns[ledger.fields.index(name)]
    return field.choices[0][1]
