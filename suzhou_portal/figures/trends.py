"""A figure over periods, each compared with the one before （环比） and a year before （同比）."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.kernel import Amount, aggregate
from suzhou_portal.figures.periods import Period, Span
from suzhou_portal.figures.registry import Figure, figures


@dataclass(frozen=True)
class ChangeOverTime:
    """How a value stands to an earlier one: the difference in the figure's unit, and the share of
    the earlier value; no share where that was zero.
    """

    difference: Decimal
    share: Decimal | None


@dataclass(frozen=True)
class PeriodValue:
    """A figure in one period. `finished` is False while the period is still running; a change is
    None where either side has no value.
    """

    period: Period
    amount: Amount
    finished: bool
    from_previous: ChangeOverTime | None
    from_year_before: ChangeOverTime | None

    @property
    def value(self) -> Decimal | None:
        """The value; None where `state` says why."""
        return self.amount.value

    @property
    def state(self) -> State:
        """Whether there is a value."""
        return self.amount.state


def series(
    key: str, area: str, periods: Sequence[Period], clock: datetime.date
) -> list[PeriodValue]:
    """The figure in the area in each period, as far as the clock has come.

    One statement for any number of periods; for a ratio and a mean one more. Raises KeyError for an
    unknown figure, ValueError for a period that has not begun.
    """
    figure = figures.get(key)
    for period in periods:
        period.require_begun(clock)
    needed = sorted({
        one for period in periods for one in (period, period.previous(), period.year_before())
    })  # fmt: skip
    computed = amounts(figure, [Span.of(period, clock) for period in needed], area)
    known = dict(zip(needed, computed, strict=True))
    return [_value(figure, period, known, clock) for period in periods]


def _value(
    figure: Figure, period: Period, known: dict[Period, Amount], clock: datetime.date
) -> PeriodValue:
    amount, finished = known[period], period.ended_by(clock)
    # Half a month of what happened is less than a month of it, and says nothing.
    comparable = finished or figure.kind is not FigureKind.FLOW
    return PeriodValue(
        period,
        amount,
        finished,
        change(amount, known[period.previous()]) if comparable else None,
        change(amount, known[period.year_before()]) if comparable else None,
    )


def change(amount: Amount | FigureValue, base: Amount | FigureValue) -> ChangeOverTime | None:
    """From one amount to another; None where either has no value."""
    if amount.value is None or base.value is None:
        return None
    difference = amount.value - base.value
    return ChangeOverTime(difference, difference / base.value if base.value else None)


def amounts(figure: Figure, spans: Sequence[Span], area: str) -> list[Amount]:
    """What the figure comes to in the area in each span."""
    return [one.amount(figure, area) for one in aggregate([figure], [area], spans)]


def added(amounts_of_periods: Iterable[Amount], figure: Figure) -> Decimal:
    """The sum over periods of a flow. Raises NotAdditiveError for any other figure."""
    if figure.kind is not FigureKind.FLOW or not figure.measure.additive:
        raise NotAdditiveError(f"“{figure.label}”是{_why_not(figure)}，不能跨期相加。")
    return sum((one.value for one in amounts_of_periods if one.value is not None), Decimal(0))


def _why_not(figure: Figure) -> str:
    if figure.measure.divides or figure.kind is not FigureKind.FLOW:
        return figure.nature
    return "去重得出的数"


class NotAdditiveError(TypeError):
    """Somebody tried to add over periods what must not be added; the message is Chinese, for pages."""
