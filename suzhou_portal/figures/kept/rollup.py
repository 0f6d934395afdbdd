"""What adds up, of areas wider than a district: added from the areas one level down and their own.

Counting all records of a country again because one community wrote one costs what the country costs.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.kept import computed
from suzhou_portal.figures.kept.computed import Entry
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.sources import ANYWHERE, sources_of
from suzhou_portal.figures.registry import Figure

Wanted = dict[str, list[Figure]]


def wanted_of(stale: dict[tuple[str, Part], list[Figure]]) -> Wanted:
    """The figures that add up, by wide area."""
    wanted = {
        area: [figure for figure in figures if figure.measure.additive]
        for (area, part), figures in stale.items()
        if part == Part.VALUES and codes.length_of(area) < codes.LENGTHS[Level.DISTRICT]
    }
    return {area: figures for area, figures in wanted.items() if figures}


def inside(areas: Iterable[str]) -> dict[str, list[str]]:
    """Of each area those one level down."""
    found: dict[Any, list[str]] = {area: [] for area in areas}
    for code, parent in Area.objects.filter(parent__in=list(found)).values_list("code", "parent"):
        found[parent].append(code)
    return found


def is_local(figure: Figure, written: Iterable[str]) -> bool:
    """Whether what was written, of all the figure depends on, changes it in some places only."""
    mine = {"", *sources_of(figure)}.intersection(written)
    return bool(mine) and not any(source.endswith(ANYWHERE) or not source for source in mine)


def added(
    chosen: dict[Figure, list[str]],
    inner: dict[str, list[str]],
    entries: dict[str, dict[str, Any]],
    as_of: datetime.date,
) -> dict[tuple[str, Part], dict[str, Any]]:
    """The figures' entries in these areas, in the form in which they are kept; `entries` are those of
    the areas inside.
    """
    found: dict[tuple[str, Part], dict[str, Any]] = defaultdict(dict)
    for figure, areas in chosen.items():
        own = computed.own_entries(figure, areas, as_of)
        for area in areas:
            parts = [computed.from_kept(entries[one].get(figure.key, {})) for one in inner[area]]
            entry = computed.kept_form(_sum(parts, own.get(area, {})))
            found[area, Part.VALUES][figure.key] = entry
    return found


def _sum(parts: list[Entry], own: Entry) -> Entry:
    every = [part for part in (*parts, own) if part]
    if not every:
        return {}
    whole: Entry = {name: sum(part[name] for part in every) for name in ("value", "rows")}
    return whole | ({"own": own} if own else {})
