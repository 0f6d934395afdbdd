"""The table that was asked for: figures × areas × periods, any of them in the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby, product

from suzhou_portal import formats
from suzhou_portal.analysis.asking import Asked, Axis
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.cards import divided, figure_url, shown
from suzhou_portal.figures.door import FigureValue, across
from suzhou_portal.figures.kernel import aggregate
from suzhou_portal.figures.periods import Period, Span
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope

Member = Figure | Area | Period | None
Values = Mapping[tuple[str, str, Period | None], FigureValue]


@dataclass(frozen=True)
class PivotCell:
    """A value as text, what a ratio divides, the page that proves it, and as a file holds it."""

    text: str
    parts: str
    url: str
    filed: Decimal | str


@dataclass(frozen=True)
class PivotRow:
    """A row of the table."""

    name: str
    cells: list[PivotCell]


@dataclass(frozen=True)
class Pivot:
    """What was asked for, with every value."""

    asked: Asked
    values: Values

    @cached_property
    def axes(self) -> dict[Axis, Sequence[Member]]:
        """What stands along each axis; a day is one period without a name."""
        asked, since = self.asked, self.asked.periods and self.asked.periods[0].first
        return {
            Axis.FIGURE: [figure.since(since or None) for figure in asked.figures],
            Axis.PLACE: asked.places,
            Axis.PERIOD: asked.periods or (None,),
        }

    @cached_property
    def across(self) -> tuple[Axis, Axis]:
        """The axes that make the columns, outer and inner."""
        outer, inner = (axis for axis in Axis if axis is not self.asked.rows)
        return outer, inner

    @cached_property
    def _columns(self) -> list[tuple[Member, Member]]:
        outer, inner = self.across
        return list(product(self.axes[outer], self.axes[inner]))

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The upper headings, each with over how many columns; none where one row of headings says all."""
        outer, inner = self.across
        if len(self.axes[outer]) == 1 or len(self.axes[inner]) == 1:
            return []
        return [
            (self.named(one), len(list(columns)))
            for one, columns in groupby(self._columns, key=lambda column: column[0])
        ]

    @property
    def headings(self) -> list[str]:
        """The lower headings."""
        lower = 0 if len(self.axes[self.across[1]]) == 1 < len(self.axes[self.across[0]]) else 1
        return [self.named(column[lower]) for column in self._columns]

    @property
    def titles(self) -> list[str]:
        """The headings of a file, which has one row of them."""
        alone = [axis for axis in self.across if len(self.axes[axis]) > 1] or [self.across[1]]
        return [
            "，".join(
                self.named(one)
                for axis, one in zip(self.across, column, strict=True)
                if axis in alone
            )
            for column in self._columns
        ]

    @property
    def alone(self) -> str:
        """What all values have in common, and no heading says."""
        single = [self.axes[axis][0] for axis in self.across if len(self.axes[axis]) == 1]
        return "，".join(self.named(one) for one in single if len(single) == 1 or one is not None)

    @cached_property
    def rows(self) -> list[PivotRow]:
        """The table, row by row."""
        return [
            PivotRow(self.named(one), [self._cell(one, *column) for column in self._columns])
            for one in self.axes[self.asked.rows]
        ]

    @property
    def when(self) -> str:
        """The time the table is about."""
        clock = f"统计截至{formats.date(self.asked.scope.as_of)}"
        periods = self.asked.periods
        if not periods:
            return clock
        named = (
            periods[0].label if len(periods) == 1 else f"{periods[0].label}至{periods[-1].label}"
        )
        return f"{named}，{clock}"

    def named(self, member: Member) -> str:
        """What something along an axis is called in a heading."""
        match member:
            case Figure():
                return f"{member.label}（{member.unit}）"
            case Area():
                return member.name
            case Period():
                running = "" if member.ended_by(self.asked.scope.clock) else "（未结束）"
                return f"{member.label}{running}"
        return formats.date(self.asked.scope.as_of)

    def value(self, figure: Figure, place: Area, period: Period | None) -> FigureValue:
        """One value."""
        return self.values[figure.key, place.code, period]

    def _cell(self, *members: Member) -> PivotCell:
        found = {type(one): one for one in members}
        figure, place, period = found[Figure], found[Area], found.get(Period)
        value = self.value(figure, place, period)  # type: ignore[arg-type]
        scope = Scope(place, self.asked.scope.clock, self.asked.scope.clock_given, period)  # type: ignore[arg-type]
        text = "".join(shown(value))
        return PivotCell(
            text, divided(value), figure_url(value.figure.key, scope), _filed(value, text)
        )


def pivot(asked: Asked) -> Pivot:
    """The table: of the site's day by what is kept, of periods by a statement for each figure with records,
    whatever the number of areas and periods.
    """
    return Pivot(asked, _of_periods(asked) if asked.periods else _of_day(asked))


def _of_day(asked: Asked) -> Values:
    found = across(asked.figures, [area.code for area in asked.places], asked.scope.as_of)
    return {(key, area, None): value for (key, area), value in found.items()}


def _of_periods(asked: Asked) -> Values:
    spans = [Span.of(period, asked.scope.clock) for period in asked.periods]
    places = [area.code for area in asked.places]
    computed = aggregate(asked.figures, places, spans)
    return dict(_each(asked, places, list(zip(asked.periods, spans, computed, strict=True))))


def _each(
    asked: Asked, places: list[str], computed: list
) -> Iterator[tuple[tuple[str, str, Period], FigureValue]]:
    for period, span, amounts in computed:
        for figure, place in product(asked.figures, places):
            meant = figure.since(span.first)
            amount = amounts.amount(figure, place)
            yield (figure.key, place, period), FigureValue(meant, place, span.last, **vars(amount))


def _filed(value: FigureValue, text: str) -> Decimal | str:
    """A value as a file holds it: a number in the unit of its heading, a share in percent; else the reason
    why there is none.
    """
    if value.value is None:
        return text
    return (
        formats.scaled(value.value, value.figure.unit)[0]
        if value.figure.unit == formats.PERCENT
        else value.value
    )
