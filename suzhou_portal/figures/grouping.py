"""Aggregates over records by place: of any areas, over any number of sets of records, in one statement.

An entry is what the aggregates come to in one place, by name. `rows` is how many records there are; an
empty entry is a place without any. Under `own` stand the aggregates over the records of the place itself
（本级）, without those of what lies inside it, where they were asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import counted_in
from suzhou_portal.figures import proof

AREA_COLUMN = "area_id"
Entry = dict[str, Any]
Aggregates = Callable[[Q | None], dict[str, Any]]  # those over the records that meet a condition
_WHOLE, _OWN = "whole_", "own_"


def entries(
    counted: Sequence[QuerySet],
    areas: Iterable[str],
    aggregates: Aggregates,
    *,
    own: bool,
    proven: bool,
) -> dict[tuple[int, str], Entry]:
    """The entry of each area, by the number of the set of records. `own` asks for the area's own level
    too, `proven` for what `proof` tells of the records.
    """
    areas = list(areas)
    levels, only = by_level(areas), areas[0] if len(areas) == 1 else ""
    named = {length: _named(aggregates, length if own else None, proven) for length in levels}
    parts = [(number, length) for number, _ in enumerate(counted) for length in levels]
    rows = joined(
        inside(counted[number], levels[length])
        .values(in_part=Value(part), **({} if only else {"in_place": counted_in(length)}))
        .annotate(**named[length])
        for part, (number, length) in enumerate(parts)
    )
    found: dict[tuple[int, str], Entry] = {
        (number, area): {} for number, length in parts for area in levels[length]
    }
    for row in rows:
        number, length = parts[row["in_part"]]
        place = row.get("in_place", only)
        # A shorter code is what stands further out by itself, and not all that lies in it.
        if (number, place) in found and codes.length_of(place) == length:
            found[number, place] = _entry(row)
    return found


def own_entries(
    counted: QuerySet, areas: Iterable[str], aggregates: Aggregates
) -> dict[str, Entry]:
    """The entries over the records that stand in each of the areas itself, where there are any."""
    standing = counted.order_by().filter(area__in=areas).values(in_place=F(AREA_COLUMN))
    rows = standing.annotate(**_named(aggregates, None, proven=False))
    return {row["in_place"]: _entry(row) for row in rows}


def joined(parts: Iterable[QuerySet]) -> Iterator[dict[str, Any]]:
    """The rows of several queries, by one statement."""
    first, *rest = parts
    return iter(first.union(*rest, all=True) if rest else first)


def by_level(areas: Iterable[str]) -> dict[int, list[str]]:
    """The areas by the length of their codes."""
    levels: dict[int, list[str]] = defaultdict(list)
    for area in areas:
        levels[codes.length_of(area)].append(area)
    return levels


def inside(counted: QuerySet, places: list[str]) -> QuerySet:
    """The records inside these places of one level, and whatever lies between them."""
    if places == [codes.COUNTRY]:
        return counted.order_by()
    # A range, not what all begin with: the codes of neighbours may have little in common.
    first, after = min(places), codes.after(max(places))
    return counted.order_by().filter(area__code__gte=first, area__code__lt=after)


def _named(aggregates: Aggregates, own_length: int | None, proven: bool) -> dict[str, Any]:
    """All aggregates. Not under their plain names: after a column is called one, no other can be
    computed from it.
    """
    whole = aggregates(None) | (proof.AGGREGATES if proven else {})
    named = {_WHOLE + name: part for name, part in whole.items()}
    if own_length is None:
        return named
    own = Q(Exact(Length(AREA_COLUMN), own_length)) if own_length else Q(area=codes.COUNTRY)
    return named | {_OWN + name: part for name, part in aggregates(own).items()}


def _entry(row: dict[str, Any]) -> Entry:
    if not row[_WHOLE + "rows"]:
        return {}
    whole, own = _unnamed(row, _WHOLE), _unnamed(row, _OWN)
    return whole | ({"own": own} if own.get("rows") else {})


def _unnamed(row: dict[str, Any], prefix: str) -> Entry:
    return {
        name.removeprefix(prefix): part for name, part in row.items() if name.startswith(prefix)
    }
