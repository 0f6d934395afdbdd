"""What is kept of places, as the database holds it: looking it up and storing it, a statement each."""

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.functional import cached_property  # functools' one locks all threads out
from psycopg import IsolationLevel

from suzhou_portal.areas import codes
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.sources import asked_sources, definitions, sources_by_key
from suzhou_portal.figures.registry import Figure

Place = tuple[str, Part]
# Of each place, by the key of a figure, its entry or its gaps, in the form in which JSON keeps them.
ByPlace = dict[Place, dict[str, Any]]
# So many transactions after a row was computed it is stored anew though still true, so that asking
# what was written since stays cheap.
FAR_BEHIND = 20_000


@dataclass(frozen=True)
class KeptRow:
    """A kept row; `written` are the sources written since, `usable` says whether it counts at all."""

    text: str
    version: int
    computed_at: datetime.datetime
    usable: bool
    behind: int
    written: frozenset[str]

    @cached_property
    def figures(self) -> dict[str, Any]:
        """What is kept of each figure."""
        return json.loads(self.text)

    def stale(self, chosen: Iterable[Figure]) -> list[Figure]:
        """The figures of which it says something else than a computation might say now."""
        if not self.usable or "" in self.written:
            return list(chosen)
        if not self.written:
            return []
        sources = sources_by_key()
        return [figure for figure in chosen if not self.written.isdisjoint(sources[figure.key])]

    @property
    def is_far_behind(self) -> bool:
        return self.usable and self.behind > FAR_BEHIND


class Look(NamedTuple):
    """What was found: whether the lock asked for is held now, and whether the session may only read."""

    rows: dict[Place, KeptRow]
    alone: bool
    reads_only: bool


def look(places: Iterable[Place], as_of: datetime.date, lock: str | None = None) -> Look:
    """What is kept of these places. A `lock` is tried and, where nobody has it, held until the
    transaction ends.
    """
    places = list(places)
    asked: dict[str, Any] = {
        "as_of": as_of,
        "definitions": definitions(),
        "country": codes.COUNTRY,
        "values": Part.VALUES,
        "withheld": Part.WITHHELD,
        **asked_sources(),
        "areas": [area for area, part in places if part == Part.VALUES],
        "around": [area for area, part in places if part == Part.WITHHELD],
        "lock": lock,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement("reader.sql"), asked)
        found = cursor.fetchall()
    rows = {
        (area, Part(part)): KeptRow(text, version, at, usable, behind, frozenset(written))
        for _, _, area, part, text, version, at, usable, behind, written in found
        if area is not None
    }
    return Look(rows, alone=bool(found[0][0]), reads_only=found[0][1])


def store(found: ByPlace, as_of: datetime.date) -> None:
    """Keep what was computed of these places from the snapshot of this transaction."""
    kept: dict[str, Any] = {
        "as_of": as_of,
        "definitions": definitions(),
        "areas": [area for area, _ in found],
        "parts": [part.value for _, part in found],
        "figures": [
            json.dumps({key: entry for key, entry in figures.items() if entry})
            for figures in found.values()
        ],
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement("store.sql"), kept)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """A transaction that sees one snapshot throughout: BEGIN says so, no statement more. Must not be
    inside another one.
    """
    connection.ensure_connection()
    session: Any = connection.connection
    usual = session.isolation_level
    session.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            yield
    finally:
        if not session.closed:
            session.isolation_level = usual


def wait_for(lock: str) -> None:
    """Until nobody holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])


def kept_form(value: Any) -> Any:
    """A value as JSON keeps it: an amount is text, and never becomes a float."""
    if isinstance(value, dict):
        return {name: kept_form(part) for name, part in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def from_kept(value: Any) -> Any:
    """What `kept_form` was made from."""
    if isinstance(value, dict):
        return {name: from_kept(part) for name, part in value.items()}
    return Decimal(value) if isinstance(value, str) else value


@cache
def _statement(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
