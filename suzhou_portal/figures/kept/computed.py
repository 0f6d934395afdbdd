"""Computing from records what the door needs to know of a figure, for one area or for many at once.

An entry holds the aggregates over all records in an area, and under `own` those over its own alone
（本级）; it is empty where there is no record. That of a standard in force holds `value`, and `previous`
where another one of the same area was in force before.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
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
            _fewest_people(figure, places, as_of, found)
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
    mean is withheld among them: a query for each level.
    """
    found: dict[str, list[str]] = {}
    for places in _by_level(areas):
        found |= {place: [] for place in places}
        length = codes.child_length(places[0])
        if length is None:
            continue
        together: dict[tuple[str, Any], dict[str, Entry]] = defaultdict(dict)
        aggregates, months = figure.measure.aggregates(), _months(figure)
        for row in _grouped(figure, places, as_of, length, aggregates, months):
            parent = _parent(places, row["counted_in"])
            together[parent, row.get("in_month")][row["counted_in"]] = row
        for (place, _), rows in together.items():
            if place in found:
                found[place] = sorted({*found[place], *privacy.gaps(rows)})
    return found


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
    rows = _grouped(figure, places, as_of, length, aggregates)
    wanted = dict.fromkeys(places)
    found: dict[str, Entry] = {place: {} for place in places}
    for row in rows:
        if row["counted_in"] in wanted:
            found[row["counted_in"]] = _entry(row)
    return found


def _months(figure: Figure) -> dict[str, TruncMonth]:
    """Of a mean in a period the month of each record: what is withheld in a month is withheld with it,
    since it could be had by taking the other months away.
    """
    measure = figure.measure
    if figure.counted_from is None or not isinstance(measure, MeanOf):
        return {}
    return {"in_month": TruncMonth(measure.when)}


def _fewest_people(
    figure: Figure, places: list[str], as_of: datetime.date, found: dict[str, Entry]
) -> None:
    """Of a mean in a period, the people of the month that had the fewest."""
    if not (months := _months(figure)):
        return
    people = {"people": figure.measure.aggregates()["people"]}
    fewest: dict[str, int] = {}
    for row in _grouped(figure, places, as_of, codes.length_of(places[0]), people, months):
        place, count = row["counted_in"], row["people"]
        fewest[place] = min(count, fewest.get(place, count))
    for place in places:
        if found[place]:
            found[place]["people"] = fewest[place]


def _grouped(
    figure: Figure,
    places: list[str],
    as_of: datetime.date,
    length: int,
    aggregates: dict[str, Any],
    also: dict[str, TruncMonth] | None = None,
) -> QuerySet:
    """Rows of aggregates by the areas of that code length (and `also` by something else), inside the
    places of one level and whatever lies between them.
    """
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    queryset = figure.records_as_of(as_of).order_by()
    if places != [codes.COUNTRY]:
        # A range, not what all begin with: the codes of neighbours may have little in common.
        queryset = queryset.filter(
            area__code__gte=min(places), area__code__lt=codes.after(max(places))
        )
    return queryset.values(counted_in=counted_in(length), **(also or {})).annotate(**aggregates)


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
