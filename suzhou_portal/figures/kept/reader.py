"""Reading kept values: one statement where all are true, and computing again exactly what is not.

Stored is only from a transaction of its own that has written nothing else and sees one snapshot
throughout: what it stores is true by that snapshot, whatever else commits meanwhile. Inside another
transaction (whose own writes nobody else may see yet) stale values are computed and not stored.
"""

import datetime
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, transaction

from suzhou_portal.areas import codes
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import computed, rollup
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.reading import Kept, Place, Reading, Row
from suzhou_portal.figures.kept.sources import (
    asked_sources,
    definitions,
    kept_figures,
    means,
)
from suzhou_portal.figures.measures import MeanOf
from suzhou_portal.figures.registry import Figure

logger = logging.getLogger(__name__)


class NotKeptError(Exception):
    """This connection may only read."""


def read(
    chosen: Iterable[Figure], areas: Iterable[str], around: Iterable[str], as_of: datetime.date
) -> Reading:
    """Figures with records of their own in the areas, with the gaps of those `around` them where a
    mean is among the figures.
    """
    chosen, areas, around = list(chosen), list(areas), list(around)
    kept = [figure for figure in chosen if figure.counted_from is None]
    found = _read(kept, areas, around, as_of) if kept else Reading()
    # Of a period nothing is kept.
    within = {(area, Part.VALUES): [f for f in chosen if f.counted_from] for area in areas}
    if not any(within.values()):
        return found
    if hidden := [f for f in chosen if f.counted_from and isinstance(f.measure, MeanOf)]:
        within |= {(area, Part.WITHHELD): hidden for area in around}
    return found.beside(computed_form(within, as_of))


def _read(
    chosen: list[Figure], areas: list[str], around: list[str], as_of: datetime.date
) -> Reading:
    asked = {(area, Part.VALUES): chosen for area in areas}
    if wanted := [figure for figure in chosen if figure in means()]:
        asked |= {(area, Part.WITHHELD): wanted for area in around}
    rows = look_up(asked, as_of)
    missing = {place: _untrue(rows.get(place), asked[place]) for place in asked}
    missing = {place: stale for place, stale in missing.items() if stale}
    old = [place for place in asked if place in missing or rows[place].is_far_behind]
    if old and (stored := _stored(old, as_of)):
        return Reading(rows, stored)
    again = {place: dict(rows[place].figures) if place in rows else {} for place in missing}
    for place, figures in computed_form(missing, as_of).items():
        again[place] |= figures
    version = " ".join(f"{area}{part}{row.version}" for (area, part), row in sorted(rows.items()))
    return Reading(rows, again, None if missing else version)


def look_up(places: Iterable[Place], as_of: datetime.date) -> dict[Place, Row]:
    """What is kept of these places, in one statement."""
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
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement("reader.sql"), asked)
        return {
            (area, Part(part)): Row(text, version, at, usable, behind, frozenset(written))
            for area, part, text, version, at, usable, behind, written in cursor.fetchall()
        }


def refresh(places: list[Place], as_of: datetime.date) -> Kept:
    """Compute what is not true of these places, store it, and return all that is kept of them.

    Two who refresh the same place wait for each other, so that it is computed once; should their
    places only overlap, the later one fails. Raises DatabaseError, or NotKeptError where this
    connection may only read; nothing is stored then.
    """
    with _one_at_a_time(min(places)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _refreshed(cursor, places, as_of)


def _refreshed(cursor: Any, places: list[Place], as_of: datetime.date) -> Kept:
    rows = look_up(places, as_of)
    stale = {place: _untrue(rows.get(place), figures_of(place[1])) for place in places}
    found: Kept = {place: dict(row.figures) if row.usable else {} for place, row in rows.items()}
    added = _added_up(cursor, rows, stale, as_of)
    rest = {
        place: [figure for figure in figures if figure.key not in added.get(place, {})]
        for place, figures in stale.items()
    }
    for made in (added, computed_form(rest, as_of)):
        for place, figures in made.items():
            found[place] = {**found.get(place, {}), **figures}
    outdated = [
        place for place in places if stale[place] or place not in rows or rows[place].is_far_behind
    ]
    _store(cursor, {place: found.setdefault(place, {}) for place in outdated}, as_of)
    return found


def _added_up(
    cursor: Any, rows: dict[Place, Row], stale: dict[Place, list[Figure]], as_of: datetime.date
) -> Kept:
    """What of wide areas can be added up from the areas inside: all of them true, or made true first
    where only some places were written.
    """
    wanted = rollup.wanted_of(stale)
    if not wanted:
        return {}
    inner = rollup.inside(wanted)
    kept = look_up([(code, Part.VALUES) for inside in inner.values() for code in inside], as_of)
    untrue: dict[tuple[str, Figure], list[Place]] = {}
    for area, figures in wanted.items():
        places = [(code, Part.VALUES) for code in inner[area]]
        for figure in figures:
            untrue[area, figure] = [one for one in places if _untrue(kept.get(one), [figure])]
    written = {area: row.written if row.usable else "" for (area, _), row in rows.items()}
    to_refresh = {
        place
        for (area, figure), places in untrue.items()
        if rollup.is_local(figure, written.get(area, ""))
        for place in places
    }
    again = _refreshed(cursor, sorted(to_refresh), as_of) if to_refresh else {}
    chosen: dict[Figure, list[str]] = {}
    for (area, figure), places in untrue.items():
        if all(place in again for place in places):
            chosen.setdefault(figure, []).append(area)
    entries = {code: row.figures for (code, _), row in kept.items()}
    entries |= {code: figures for (code, _), figures in again.items()}
    return rollup.added(chosen, inner, entries, as_of)


def _stored(places: list[Place], as_of: datetime.date) -> Kept | None:
    """As `refresh`; None where nothing can or may be stored."""
    if connection.in_atomic_block or not connection.get_autocommit() or as_of != site_date():
        return None
    try:
        return refresh(places, as_of)
    except (DatabaseError, NotKeptError) as error:
        logger.warning("指标数值没有保存，已直接计算：%s", type(error).__name__)
        return None


def _untrue(row: Row | None, figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if row is None or not row.is_true(figure)]


def figures_of(part: Part) -> list[Figure]:
    """The figures of which this is kept."""
    return kept_figures() if part == Part.VALUES else means()


def computed_form(stale: dict[Place, list[Figure]], as_of: datetime.date) -> Kept:
    """What these figures are in these places, in the form in which it is kept: each figure computed
    once for all places that want it.
    """
    wanted: dict[tuple[Part, Figure], list[str]] = {}
    for (area, part), figures in stale.items():
        for figure in figures:
            wanted.setdefault((part, figure), []).append(area)
    found: Kept = {}
    for (part, figure), areas in wanted.items():
        compute: Any = computed.entries if part == Part.VALUES else computed.withheld
        for area, entry in compute(figure, areas, as_of).items():
            found.setdefault((area, part), {})[figure.key] = computed.kept_form(entry)
    return found


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    name = "portal_kept {} {}".format(*place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only') = 'on'")
        if cursor.fetchone()[0]:
            raise NotKeptError
        # Of the session: taken before the snapshot, which a transaction's first statement takes.
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _store(cursor: Any, found: Kept, as_of: datetime.date) -> None:
    entries = [
        json.dumps({key: entry for key, entry in figures.items() if entry})
        for figures in found.values()
    ]
    kept = {
        "as_of": as_of,
        "definitions": definitions(),
        "areas": [area for area, _ in found],
        "parts": [part.value for _, part in found],
        "figures": entries,
    }
    cursor.execute(_statement("store.sql"), kept)


@cache
def _statement(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
