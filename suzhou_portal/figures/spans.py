"""The records of a period, and their aggregates over many periods or areas in one statement."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Value

from suzhou_portal.areas import codes
from suzhou_portal.figures import door, privacy
from suzhou_portal.figures.amounts import WITHHELD, Amount, amount, quotient
from suzhou_portal.figures.enums import Kind, State
from suzhou_portal.figures.kept import computed
from suzhou_portal.figures.kept.computed import joined
from suzhou_portal.figures.measures import CurrentOf, MeanOf, RatioOf
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures


@dataclass(frozen=True)
class Span:
    """A period as far as it has run: `last` is the clock's day where it is still running."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of(cls, period: Period, clock: datetime.date) -> "Span":
        """The period, up to the clock."""
        return cls(period.first, period.until(clock))

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last


def records(figure: Figure, span: Span, area: str = codes.COUNTRY) -> QuerySet:
    """What the figure counts of a span in the area: of a flow what happened in it, of any other
    what counts on its last day. Of a ratio, the records of its numerator.
    """
    return door.records(figure.since(span.first), area, span.last)


def amounts(figure: Figure, spans: Sequence[Span], area: str) -> list[Amount]:
    """The figure in the area in each span: one statement for any number of spans, for a ratio and a
    mean one more.
    """
    if parts := figures.parts(figure):
        above, below = (amounts(part, spans, area) for part in parts)
        return [quotient(one.value, other.value) for one, other in zip(above, below, strict=True)]
    if isinstance(figure.measure, CurrentOf):
        standing = standards(figure, spans, [area])
        return [standing[number, area] for number, _ in enumerate(spans)]
    measured = figure.measure.aggregates()
    rows = {row["span"]: row for row in joined(
        records(figure, span, area).order_by().values(span=Value(number)).annotate(**measured)
        for number, span in enumerate(spans)
    )}  # fmt: skip
    hidden = withheld(figure, spans, [area])
    return [
        WITHHELD if (number, area) in hidden else amount(figure, rows.get(number))
        for number, _ in enumerate(spans)
    ]


def standards(
    figure: Figure, spans: Sequence[Span], areas: Iterable[str]
) -> dict[tuple[int, str], Amount]:
    """The standard in force in each area at the end of each span, in one statement."""
    measure = figure.measure
    assert isinstance(measure, CurrentOf)  # noqa: S101 - narrows the type
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    lines = {area: codes.lineage(area) for area in areas}
    around = {code for line in lines.values() for code in line}
    rows = joined(
        figure.records_as_of(span.last)
        .filter(area__in=around)
        .order_by()
        .values(
            span=Value(number),
            where=F("area_id"),
            standing_since=F(measure.since),
            standing=F(measure.column),
        )
        for number, span in enumerate(spans)
    )
    best: dict[tuple[int, str], tuple] = {}
    for row in rows:
        for area, line in lines.items():
            if row["where"] in line:
                rank = (line.index(row["where"]), row["standing_since"], row["standing"])
                best[row["span"], area] = max(best.get((row["span"], area), rank), rank)
    nothing = Amount(None, figure.nothing)
    return {
        (number, area): Amount(found[2], State.KNOWN) if found else nothing
        for number, _ in enumerate(spans)
        for area in lines
        for found in [best.get((number, area))]
    }


def withheld(figure: Figure, spans: Sequence[Span], areas: Iterable[str]) -> set[tuple[int, str]]:
    """Which of the areas' means, by number of span, are withheld, by the rules of `privacy`."""
    if not isinstance(figure.measure, MeanOf):
        return set()
    areas = list(areas)
    around = {code for area in areas for code in codes.lineage(area)[:-1] or [area]}
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    by_month = computed.gaps_by_month(figure.since(first), around, last)
    return {
        (number, area)
        for number, span in enumerate(spans)
        for area in areas
        if any(privacy.is_withheld(area, by_month[month]) for month in by_month if month in span)
    }


def added(amounts_of_periods: Iterable[Amount], figure: Figure) -> Decimal:
    """The sum over periods of a flow. Raises NotAdditiveError for any other figure."""
    if figure.kind is not Kind.FLOW or not figure.measure.additive:
        raise NotAdditiveError(f"“{figure.label}”是{why_not(figure)}，不能跨期相加。")
    return sum((one.value for one in amounts_of_periods if one.value is not None), Decimal(0))


def why_not(figure: Figure) -> str:
    """What makes a figure one that can't be added over periods."""
    if isinstance(figure.measure, RatioOf | MeanOf) or figure.kind is not Kind.FLOW:
        return figure.nature
    return "去重得出的数"


class NotAdditiveError(TypeError):
    """Somebody tried to add over periods what must not be added."""
