"""The one door: every page, file and report gets a figure's value, rows and break-down here.

Today the door computes from records. Where values are kept behind it may change; its callers don't.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, QuerySet, When
from django.db.models.functions import Left, Length

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import privacy
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.measures import CurrentOf, MeanOf, RatioOf, ratio
from suzhou_portal.figures.registry import Figure, figures


@dataclass(frozen=True)
class FigureValue:
    """A figure's computed value in an area on a date.

    `value` is None where `state` says why. Units are the figure's own (amounts in 元, a ratio as a
    fraction). Means and ratios carry numerator and denominator; `previous` is the standard before
    the current one.
    """

    figure: Figure
    area: str
    as_of: datetime.date
    value: Decimal | None
    state: State
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    previous: Decimal | None = None


def value(key: str, area: str, as_of: datetime.date) -> FigureValue:
    """The figure's value in the area (its own records and those of all areas in it) on the date.

    Raises KeyError for an unknown figure.
    """
    figure = figures.get(key)
    if isinstance(figure.measure, RatioOf):
        return _ratio(figure, area, as_of)
    if isinstance(figure.measure, CurrentOf):
        return _current(figure, area, as_of)
    row = records(key, area, as_of).aggregate(**figure.measure.aggregates())
    if isinstance(figure.measure, MeanOf) and privacy.is_withheld(figure, area, as_of):
        return FigureValue(figure, area, as_of, None, State.WITHHELD)
    return _from_row(figure, area, as_of, row)


def records(key: str, area: str, as_of: datetime.date) -> QuerySet:
    """The very records the value is computed from. For a ratio, those of its numerator."""
    figure = figures.get(key)
    if isinstance(figure.measure, RatioOf):
        return records(figure.measure.numerator, area, as_of)
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    queryset = figure.records_as_of(as_of)
    if isinstance(figure.measure, CurrentOf):
        return queryset.covering(area)
    return queryset.within(area)


def breakdown(key: str, area: str, as_of: datetime.date) -> list[FigureValue]:
    """Values of the areas one level down, in order of code, then the area's own （本级）.

    A standard in force is not broken down, since it covers what lies inside it.
    """
    figure = figures.get(key)
    length = codes.child_length(area)
    if length is None or isinstance(figure.measure, CurrentOf):
        return []
    if isinstance(figure.measure, RatioOf):
        return _ratio_breakdown(figure, area, as_of)
    rows = grouped(figure, area, as_of, length)
    children = Area.objects.filter(parent=area).in_force(as_of).values_list("code", flat=True)
    places = [*sorted({*children, *rows} - {area}), area]
    hidden = privacy.withheld_among(figure, area, rows, as_of)
    return [
        FigureValue(figure, place, as_of, None, State.WITHHELD)
        if place in hidden
        else _from_row(figure, place, as_of, rows.get(place))
        for place in places
    ]


def grouped(figure: Figure, area: str, as_of: datetime.date, length: int) -> dict[str, dict]:
    """Aggregates of the figure by the areas of that code length in the area, and by its own."""
    queryset = records(figure.key, area, as_of).order_by()
    counted_in = Left("area_id", length)
    rows = queryset.values(counted_in=counted_in).annotate(**figure.measure.aggregates())
    return {row["counted_in"]: row for row in rows}


def _from_row(figure: Figure, area: str, as_of: datetime.date, row: dict[str, Any] | None):
    if row is None or not row["rows"]:
        state = figure.nothing
        return FigureValue(figure, area, as_of, Decimal(0) if state is State.KNOWN else None, state)
    computed = figure.measure.value(row)
    state = State.UNKNOWN if computed is None else State.KNOWN
    return FigureValue(
        figure, area, as_of, computed, state, row.get("numerator"), row.get("denominator")
    )


def _ratio(figure: Figure, area: str, as_of: datetime.date) -> FigureValue:
    assert isinstance(figure.measure, RatioOf)  # noqa: S101 - narrows the type
    numerator = value(figure.measure.numerator, area, as_of).value
    denominator = value(figure.measure.denominator, area, as_of).value
    return _quotient(figure, area, as_of, numerator, denominator)


def _ratio_breakdown(figure: Figure, area: str, as_of: datetime.date) -> list[FigureValue]:
    assert isinstance(figure.measure, RatioOf)  # noqa: S101 - narrows the type
    below = {row.area: row.value for row in breakdown(figure.measure.denominator, area, as_of)}
    return [
        _quotient(figure, row.area, as_of, row.value, below.get(row.area))
        for row in breakdown(figure.measure.numerator, area, as_of)
    ]


def _quotient(figure, area, as_of, numerator, denominator) -> FigureValue:
    computed = ratio(numerator, denominator)
    state = State.UNKNOWN if computed is None else State.KNOWN
    return FigureValue(figure, area, as_of, computed, state, numerator, denominator)


def _current(figure: Figure, area: str, as_of: datetime.date) -> FigureValue:
    measure = figure.measure
    assert isinstance(measure, CurrentOf)  # noqa: S101 - narrows the type
    standards = (
        records(figure.key, area, as_of)
        .alias(depth=Case(When(area=codes.COUNTRY, then=0), default=Length("area")))
        .order_by("-depth", f"-{measure.since}")
        .values_list("area_id", measure.column)
    )
    latest = list(standards[:2])
    if not latest:
        return FigureValue(figure, area, as_of, None, figure.nothing)
    previous = latest[1][1] if len(latest) > 1 and latest[1][0] == latest[0][0] else None
    return FigureValue(figure, area, as_of, latest[0][1], State.KNOWN, previous=previous)
