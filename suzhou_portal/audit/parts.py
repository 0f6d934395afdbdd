"""The months of which the trail's table consists: made before they come, written to a file and dropped when
they are older than the trail is kept.
"""

import datetime
import gzip
import hashlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.utils import timezone
from psycopg import sql

from suzhou_portal import triggers
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.audit.triggers import append_only
from suzhou_portal.nightly import nightly

TABLE = AuditEntry._meta.db_table
OTHER = f"{TABLE}_other"  # what no month holds
AHEAD = 2  # months that are there before they begin
_THERE = (
    "SELECT part.relname, pg_get_expr(part.relpartbound, part.oid) FROM pg_inherits i"
    " JOIN pg_class part ON part.oid = i.inhrelid WHERE i.inhparent = to_regclass(%s)"
)
_ENDS = re.compile(r" TO \('([^']+)'\)$")
_OF_MONTH = re.compile(rf"{TABLE}_\d{{4}}_\d{{2}}")
PARTIAL = ".partial"
PATIENCE = "10s"  # for whoever reads or writes the trail meanwhile
_log = logging.getLogger(__name__)
_HELD = "SELECT set_config('portal.retention', %s, true)"


@dataclass(frozen=True)
class TrailPart:
    """A part of the trail: the name of its table, and the moment before which its entries were made; None where
    they are of any time.
    """

    name: str
    end: datetime.datetime | None

    @property
    def is_month(self) -> bool:
        """Whether it holds one month and nothing else."""
        return bool(_OF_MONTH.fullmatch(self.name))


def there(cursor: Any) -> list[TrailPart]:
    """All parts, by name."""
    cursor.execute(_THERE, [TABLE])
    return [TrailPart(name, _end(bound)) for name, bound in sorted(cursor.fetchall())]


def _end(bound: str) -> datetime.datetime | None:
    found = _ENDS.search(bound)
    return datetime.datetime.fromisoformat(found[1]) if found else None


def start_of(month: datetime.date) -> datetime.datetime:
    """When the month of the day begins here."""
    first = datetime.datetime.combine(month.replace(day=1), datetime.time.min)
    return timezone.make_aware(first)


def make(cursor: Any, day: datetime.date) -> None:
    """Have parts for the day's month and those ahead; the entries of these that stand elsewhere go there.

    By the owner, within a transaction; safe to run again, and nothing before there are parts at all.
    """
    parts, month = there(cursor), day.replace(day=1)
    if not parts:
        return
    names = {part.name for part in parts}
    # Until when one part holds all that was there before there were months.
    before = max((part.end for part in parts if part.end and not part.is_month), default=None)
    for _ in range(AHEAD + 1):
        following = (month + datetime.timedelta(days=31)).replace(day=1)
        name = f"{TABLE}_{month:%Y_%m}"
        if name not in names and (before is None or start_of(month) >= before):
            _make_month(cursor, name, month, following)
        month = following


def _make_month(cursor: Any, name: str, month: datetime.date, following: datetime.date) -> None:
    within = {"begin": sql.Literal(start_of(month)), "end": sql.Literal(start_of(following))}
    names = {"whole": TABLE, "part": name, "other": OTHER}
    told = {**{key: sql.Identifier(one) for key, one in names.items()}, **within}
    cursor.execute(sql.SQL("CREATE TABLE {part} (LIKE {whole} INCLUDING ALL)").format(**told))
    # So that nothing comes into it between its being searched and the month's standing there.
    cursor.execute(sql.SQL("LOCK TABLE {other} IN ACCESS EXCLUSIVE MODE").format(**told))
    with _retention(cursor):
        cursor.execute(
            sql.SQL(
                "WITH moved AS (DELETE FROM {other} WHERE at >= {begin} AND at < {end} RETURNING *)"
                " INSERT INTO {part} SELECT * FROM moved"
            ).format(**told)
        )
    cursor.execute(
        sql.SQL(
            "ALTER TABLE {whole} ATTACH PARTITION {part} FOR VALUES FROM ({begin}) TO ({end})"
        ).format(**told)
    )
    triggers.put(cursor, append_only(AuditEntry).on_parts({TABLE: [name]}))


class Archived(NamedTuple):
    """Entries that left the trail: how many, and the file in which they stand, with its SHA-256."""

    rows: int
    path: Path
    digest: str


def archive(cursor: Any, day: datetime.date) -> list[Archived]:
    """Write every entry from before the day's month to files, one for each part, and take it out of the trail.

    By the owner, within a transaction, before whose end the files are on disk; where it fails they stand
    there beside what they repeat. Raises OSError.
    """
    begin, found = start_of(day), []
    which: sql.Composable
    for part in there(cursor):
        if is_old := part.end is not None and part.end <= begin:
            which = sql.SQL("TRUE")
        else:
            which = sql.SQL("at < {}").format(sql.Literal(begin))
        if not is_old and part.is_month:
            continue
        if (written := _written(cursor, part, which)).rows:
            found.append(written)
        table = sql.Identifier(part.name)
        if is_old:
            cursor.execute(sql.SQL("DROP TABLE {}").format(table))
        elif written.rows:
            with _retention(cursor):
                cursor.execute(sql.SQL("DELETE FROM {} WHERE {}").format(table, which))
    return found


def _written(cursor: Any, part: TrailPart, which: sql.Composable) -> Archived:
    """The entries in a file of their own; without any there is none."""
    folder = settings.PORTAL_BACKUPS / "trail"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = folder / f".{part.name}{PARTIAL}"
    try:
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            with gzip.open(file, "wb") as packed:
                _copy(cursor, part, which, packed)
            os.fsync(file.fileno())
        if not (found := cursor.rowcount):
            return Archived(0, partial, "")
        with partial.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        name = part.name.removeprefix(f"{TABLE}_").replace("_", "-")
        return Archived(found, partial.rename(_free(folder, name)), digest)
    finally:
        partial.unlink(missing_ok=True)


def _copy(cursor: Any, part: TrailPart, which: sql.Composable, file: gzip.GzipFile) -> None:
    asked = sql.SQL("COPY (SELECT * FROM {} WHERE {} ORDER BY id) TO STDOUT (FORMAT csv, HEADER)")
    with cursor.copy(asked.format(sql.Identifier(part.name), which)) as rows:
        for block in rows:
            file.write(block)


def _free(folder: Path, name: str) -> Path:
    """A path that is not there yet: what was archived once is never written over."""
    path = folder / f"trail-{name}.csv.gz"
    for number in count(2):
        if not path.exists():
            break
        path = folder / f"trail-{name}-{number}.csv.gz"
    return path


@nightly
def make_months(day: datetime.date) -> None:
    """Have the months to come; where somebody keeps the trail in use, the next night does it."""
    try:
        with owning() as cursor:
            make(cursor, timezone.localdate())
    except OperationalError:
        _log.exception("the trail's next months are not made")


@contextmanager
def owning() -> Iterator[Any]:
    """A transaction of the owner that waits for nobody long. Raises OperationalError where it had to."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        yield cursor


@contextmanager
def _retention(cursor: Any) -> Iterator[None]:
    """While it lasts, entries may be removed."""
    cursor.execute(_HELD, ["on"])
    yield
    cursor.execute(_HELD, [""])
