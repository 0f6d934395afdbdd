"""Computing from records what the door needs to know of a figure, for one area or for many at once.

An entry holds the aggregates over all records in an area, and under `own` those over its own alone
（本级）; it is empty where there is no record. That of a standard in force holds `value`, and `previous`
where another one of the same area was in force before.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Length, TruncMonth
from django.db.models.lookups import Exact

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import counted_in
from suzhou_portal.figures import privacy
from suzhou_portal.figures.measures import CurrentOf, MeanOf
from suzhou_portal.figures.registry import Figure, figures

Entry = dict[str, Any]
_WHOLE, _OWN = "whole_", "own_"


def records(figure: Figure, area: str, as_of: datetime.date) -> QuerySet:
    """The very records the value is computed from. For a ratio, those of its numerator."""
    if parts := figures.parts(figure):
        return records(parts[0], area, as_of)
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    queryset = figure.records_as_of(as_of)
    if isinstance(figure.measure, CurrentOf):
        return queryset.covering(area)
    return queryset.within(area)


def entries(figure: Figure, areas: Iterable[str], as_of: datetime.date) -> dict[str, Entry]:
    """What a figure with records of its own is in each of the areas: a query for each level."""
    found: dict[str, Entry] = {}
    for places in _by_level(areas):
        if isinstance(figure.measure, CurrentOf):
            found |= _standards(figure, places, as_of)
        else:
            found |= _aggregated(figure, places, as_of)
    return found


def own_entries(figure: Figure, areas: list[str], as_of: datetime.date) -> dict[str, Entry]:
    """The aggregates over the own records of each area that has some."""
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    aggregates = {f"{_OWN}{name}": part for name, part in figure.measure.aggregates().items()}
    queryset = figure.records_as_of(as_of).order_by().filter(area__in=areas)
    rows = queryset.values(counted_in=F("area_id")).annotate(**aggregates)
    return {row["counted_in"]: _named(row, _OWN) for row in rows}


def withheld(figure: Figure, areas: Iterable[str], as_of: datetime.date) -> dict[str, list[str]]:
    """Of each area, the areas one level down (or its own code, for its own level) of which the
    mean is withheld among them, in any month it is over.
    """
    areas = list(areas)
    found: dict[str, set[str]] = {area: set() for area in areas}
    for gaps_of in gaps_by_month(figure, areas, as_of).values():
        for area, hidden in gaps_of.items():
            found[area] |= hidden
    return {area: sorted(hidden) for area, hidden in found.items()}


def gaps_by_month(
    figure: Figure, areas: Iterable[str], as_of: datetime.date
) -> dict[datetime.date, dict[str, set[str]]]:
    """Of each month a mean is over, what is withheld in it among the parts of each of the areas.

    The one place where that is decided, whatever is asked about; one statement.
    """
    levels = {codes.length_of(places[0]): places for places in _by_level(areas)}
    wanted = {place for places in levels.values() for place in places}
    counted: dict[tuple[datetime.date, str], list[Entry]] = defaultdict(list)
    for row in joined(_people(figure, places, as_of) for places in levels.values()):
        parent = _parent(levels[row["in_length"]], row["place"])
        counted[row["in_month"], parent].append(row)
    return {
        month: {place: privacy.gaps(counted.get((month, place), ())) for place in wanted}
        for month in {month for month, _ in counted}
    }


def joined(parts: Iterable[QuerySet]) -> Iterator[dict[str, Any]]:
    """The rows of several queries, by one statement."""
    first, *rest = parts
    return iter(first.union(*rest, all=True) if rest else first)


def kept_form(value: Any) -> Any:
    """As JSON keeps it: no amount becomes a float."""
    if isinstance(value, dict):
        return {name: kept_form(part) for name, part in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def from_kept(value: Any) -> Any:
    """What `kept_form` was made from."""
    if isinstance(value, dict):
        return {name: from_kept(part) for name, part in value.items()}
    return Decimal(value) if isinstance(value, str) else value


def _by_level(areas: Iterable[str]) -> list[list[str]]:
    levels: dict[int, list[str]] = defaultdict(list)
    for area in areas:
        levels[codes.length_of(area)].append(area)
    return list(levels.values())


def _parent(places: list[str], inner: str) -> str:
    return codes.COUNTRY if places == [codes.COUNTRY] else inner[: len(places[0])]


def _aggregated(figure: Figure, places: list[str], as_of: datetime.date) -> dict[str, Entry]:
    length = codes.length_of(places[0])
    own = Q(area=codes.COUNTRY) if not length else Q(Exact(Length("area_id"), length))
    measure = figure.measure
    # Not under their plain names: after a column is called one, no other can be computed from it.
    aggregates = {
        **{f"{_WHOLE}{name}": part for name, part in measure.aggregates().items()},
        **{f"{_OWN}{name}": part for name, part in measure.aggregates(only=own).items()},
    }
    rows = _inside(figure, places, as_of).values(counted_in=counted_in(length))
    wanted = dict.fromkeys(places)
    found: dict[str, Entry] = {place: {} for place in places}
    for row in rows.annotate(**aggregates):
        if row["counted_in"] in wanted:
            found[row["counted_in"]] = _entry(row)
    return found


def _people(figure: Figure, places: list[str], as_of: datetime.date) -> QuerySet:
    """Who stands behind a mean in each month and each part of these places of one level."""
    measure, length = figure.measure, codes.child_length(places[0])
    assert isinstance(measure, MeanOf)  # noqa: S101 - of nothing else are values withheld
    assert length is not None  # noqa: S101 - what has no parts has no gaps among them
    return (
        _inside(figure, places, as_of)
        .values(
            in_month=TruncMonth(measure.when),
            in_length=Value(codes.length_of(places[0])),
            place=counted_in(length),
        )
        .annotate(**measure.people_counted())
    )


def _inside(figure: Figure, places: list[str], as_of: datetime.date) -> QuerySet:
    """The figure's records inside the places of one level and whatever lies between them."""
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    queryset = figure.records_as_of(as_of).order_by()
    if places == [codes.COUNTRY]:
        return queryset
    # A range, not what all begin with: the codes of neighbours may have little in common.
    return queryset.filter(area__code__gte=min(places), area__code__lt=codes.after(max(places)))


def _entry(row: dict[str, Any]) -> Entry:
    whole, own = _named(row, _WHOLE), _named(row, _OWN)
    if own["rows"]:
        whole["own"] = own
    return whole if whole["rows"] else {}


def _named(row: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): part for name, part in row.items() if name.startswith(prefix)
    }


def _standards(figure: Figure, places: list[str], as_of: datetime.date) -> dict[str, Entry]:
    measure = figure.measure
    assert isinstance(measure, CurrentOf)  # noqa: S101 - narrows the type
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    queryset = figure.records_as_of(as_of)
    if len(places) == 1:
        queryset = queryset.covering(places[0])
    by_area: dict[str, list[Any]] = defaultdict(list)
    latest_first = queryset.order_by(f"-{measure.since}", "-pk")
    for area, value in latest_first.values_list("area_id", measure.column):
        by_area[area].append(value)
    return {place: _standard(by_area, place) for place in places}


def _standard(by_area: dict[str, list[Any]], place: str) -> Entry:
    for area in reversed(codes.lineage(place)):
        if values := by_area.get(area):
            return dict(zip(("value", "previous"), values[:2], strict=False))
    return {}
