"""Making true what is kept: exactly the figures of the written sources, from one snapshot.

What adds up is, of areas wider than a district, added from the areas one level down and their own
records: counting all records of a country again because one community wrote one costs what the country
costs.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import kernel
from suzhou_portal.figures.grouping import Entry
from suzhou_portal.figures.kept import rows
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.rows import ByPlace, KeptRow, Place, from_kept, kept_form
from suzhou_portal.figures.kept.sources import ANYWHERE, kept_figures, means, sources_by_key
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.registry import Figure

Stale = Mapping[Place, list[Figure]]


class NotKeptError(Exception):
    """This connection may only read."""


def refresh(places: list[Place], as_of: datetime.date) -> ByPlace:
    """Compute what is not true of these places, store it, and return all that is kept of them.

    Two who refresh the same place wait for each other, so that it is computed once; should their
    places only overlap, the later one fails. Raises DatabaseError, or NotKeptError where this
    connection may only read; nothing is stored then.
    """
    lock = "portal_kept {} {}".format(*min(places))
    while True:
        with rows.one_snapshot():
            found = rows.look(places, as_of, lock)
            if found.reads_only:
                raise NotKeptError
            stale = _outdated(found.rows, places)
            if found.alone or not stale:
                return _refreshed(found.rows, stale, as_of)
        rows.wait_for(lock)


def figures_of(part: Part) -> list[Figure]:
    """The figures of which this is kept."""
    return kept_figures() if part == Part.VALUES else means()


def computed_form(stale: Stale, as_of: datetime.date) -> ByPlace:
    """What these figures are in these places, in the form in which it is kept: each figure computed
    once for all places that want it.
    """
    wanted: dict[tuple[Part, str], tuple[Figure, list[str]]] = {}
    for (area, part), chosen in stale.items():
        for figure in chosen:
            wanted.setdefault((part, figure.key), (figure, []))[1].append(area)
    found: ByPlace = defaultdict(dict)
    for (part, key), (figure, areas) in wanted.items():
        for area, made in _computed(part, figure, areas, as_of):
            found[area, part][key] = kept_form(made)
    return found


def _computed(
    part: Part, figure: Figure, areas: list[str], as_of: datetime.date
) -> Iterator[tuple[str, Any]]:
    span = Span(figure.counted_from, as_of)
    if part == Part.VALUES:
        for (_, area), entry in kernel.entries(figure, areas, [span], own=True).items():
            yield area, entry
    else:
        [gaps] = kernel.withheld(figure, areas, [span])
        for area, hidden in gaps.items():
            yield area, sorted(hidden)


def _outdated(kept: Mapping[Place, KeptRow], places: Iterable[Place]) -> dict[Place, list[Figure]]:
    """Of the places to be stored anew, the figures that are not true: none of a row only far behind."""
    found = {}
    for place in places:
        row, every = kept.get(place), figures_of(place[1])
        stale = every if row is None else row.stale(every)
        if stale or row is None or row.is_far_behind:
            found[place] = stale
    return found


def _refreshed(kept: Mapping[Place, KeptRow], stale: Stale, as_of: datetime.date) -> ByPlace:
    found = {place: dict(row.figures) if row.usable else {} for place, row in kept.items()}
    added = _added_up(kept, stale, as_of)
    rest = {
        place: [figure for figure in chosen if figure.key not in added.get(place, {})]
        for place, chosen in stale.items()
    }
    for made in (added, computed_form(rest, as_of)):
        for place, figures in made.items():
            found.setdefault(place, {}).update(figures)
    if stale:
        rows.store({place: found.setdefault(place, {}) for place in stale}, as_of)
    return found


def _added_up(kept: Mapping[Place, KeptRow], stale: Stale, as_of: datetime.date) -> ByPlace:
    """What of wide areas adds up from the areas inside: all true, or made so where few were written."""
    wanted = [
        (area, figure)
        for (area, part), chosen in stale.items()
        if part == Part.VALUES and codes.length_of(area) < codes.LENGTHS[Level.DISTRICT]
        for figure in chosen
        if figure.measure.additive
    ]
    if not wanted:
        return {}
    inner = _inside({area for area, _ in wanted})
    there = rows.look(chain.from_iterable(inner.values()), as_of).rows
    untrue = [
        {one for one in inner[area] if one not in there or there[one].stale([figure])}
        for area, figure in wanted
    ]
    again: set[Place] = set()
    for (area, figure), places in zip(wanted, untrue, strict=True):
        if _is_local(figure, kept.get((area, Part.VALUES))):
            again |= places
    entries: ByPlace = {place: row.figures for place, row in there.items()}
    entries |= _refreshed(there, _outdated(there, sorted(again)), as_of) if again else {}
    ready: dict[Figure, list[str]] = {}
    for (area, figure), places in zip(wanted, untrue, strict=True):
        if places <= again:
            ready.setdefault(figure, []).append(area)
    found: ByPlace = defaultdict(dict)
    for figure, areas in ready.items():
        own = figure.measure.own_entries(figure.counted(Span(None, as_of)), areas)
        for area in areas:
            parts = [from_kept(entries[place].get(figure.key, {})) for place in inner[area]]
            found[area, Part.VALUES][figure.key] = kept_form(_sum(parts, own.get(area, {})))
    return found


def _inside(areas: Iterable[str]) -> dict[str, list[Place]]:
    """Of each area those one level down."""
    found: dict[str, list[Place]] = {area: [] for area in areas}
    for code, parent in Area.objects.filter(parent__in=found).values_list("code", "parent"):
        found[str(parent)].append((code, Part.VALUES))
    return found


def _is_local(figure: Figure, row: KeptRow | None) -> bool:
    """Whether what was written, of all the figure depends on, changes it in some places only."""
    if row is None or not row.usable or "" in row.written:
        return False
    mine = sources_by_key()[figure.key] & row.written
    return bool(mine) and not any(source.endswith(ANYWHERE) for source in mine)


def _sum(parts: list[Entry], own: Entry) -> Entry:
    every = [part for part in (*parts, own) if part]
    if not every:
        return {}
    whole: Entry = {name: sum(part[name] for part in every) for name in ("value", "rows")}
    return whole | ({"own": own} if own else {})
