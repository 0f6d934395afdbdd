"""What figures should come to, beside what they come to."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from suzhou_portal import formats
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.door import FigureValue, Opened, across
from suzhou_portal.figures.enums import Direction, FigureKind
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.models import FigureTarget
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope

_HTML = '<p class="aim{}"><span class="visually-hidden">目标：</span>{}，<b>{}</b></p>'
Targets = dict[tuple[str, str], FigureTarget]  # by area and figure


@dataclass(frozen=True)
class Aim:
    """A target beside what its figure comes to in the target's period, as far as that has run."""

    target: FigureTarget
    figure: Figure
    amount: Amount | FigureValue
    over: bool

    @property
    def value(self) -> Decimal:
        """The target, in the figure's unit."""
        return self.target.value

    @property
    def direction(self) -> Direction:
        return Direction(self.target.direction)

    @property
    def missing(self) -> Decimal | None:
        """By how much the figure is on the wrong side of its target, 0 where it is not; None without a value."""
        if self.amount.value is None:
            return None
        less = self.value - self.amount.value
        return max(less if self.direction is Direction.AT_LEAST else -less, Decimal(0))

    @property
    def met(self) -> bool | None:
        """Whether the value meets its target; None where it is unknown, not reported or withheld."""
        return None if self.missing is None else not self.missing

    @property
    def short(self) -> bool:
        """Whether that is a shortfall: of a flow, more may happen until its period is over."""
        may_come = self.figure.kind is FigureKind.FLOW and self.direction is Direction.AT_LEAST
        return self.met is False and (self.over or not may_come)

    @property
    def share(self) -> Decimal:
        """What is missing as a part of the target, to tell which is worse; all of it of a target of 0."""
        return (
            (self.missing or Decimal(0)) / self.value if self.value else Decimal(bool(self.missing))
        )

    @property
    def text(self) -> str:
        """What is wanted, by when."""
        return f"{self.target.period_label}{self.target.wanted}"

    @property
    def standing(self) -> str:
        """How the value stands to it: 已达到, 还差32支; 未达到，差32支 once the period is over; what is exceeded."""
        if self.missing is None:
            return f"数值{self.amount.state.label}，无法比较"
        if not self.missing:
            return "达到" if self.over or self.direction is Direction.AT_LEAST else "没有超过"
        gap = formats.distance(self.missing, self.figure.unit)
        if self.direction is Direction.AT_MOST:
            return f"超过{gap}"
        return f"未达到，差{gap}" if self.over else f"还差{gap}"

    @property
    def html(self) -> SafeString:
        """Both, as every page shows them."""
        return format_html(_HTML, " aim-missed" if self.short else "", self.text, self.standing)


def targets_in(scope: Scope) -> Targets:
    """The targets of the scope's area and of those one level down: of the period asked for; of a day,
    of the shortest of the periods that run then. One query, kept.
    """

    def found() -> Targets:
        inside = FigureTarget.objects.filter(Q(area=code) | Q(area__parent=code))
        every = (one for one in inside.select_related("area") if _is_of(one, scope))
        longest_first = sorted(every, key=lambda one: one.span.kind.months, reverse=True)
        return {(one.area_id, one.figure): one for one in longest_first}

    code = scope.area.code
    return remembered(("targets", code, scope.clock, scope.period), [FigureTarget], found)


def targets_for(
    chosen: Iterable[Figure], scope: Scope, here: Opened | None = None
) -> dict[str, Aim]:
    """The targets of these figures in the scope's area, by figure; none of a figure without one. `here`
    holds the figures where already opened.
    """
    return {aim.figure.key: aim for aim in _aims(chosen, scope, here, [scope.area.code])}


def aims_inside(chosen: Iterable[Figure], scope: Scope, here: Opened) -> list[Aim]:
    """The targets of these figures one level down; `here` was opened with what lies inside."""
    return list(_aims(chosen, scope, here, here.children))


def _aims(
    chosen: Iterable[Figure], scope: Scope, here: Opened | None, areas: Collection[str]
) -> Iterator[Aim]:
    by_key = {figure.key: figure for figure in chosen}
    targets = [one for one in targets_in(scope).values() if one.area_id in areas]
    targets = [one for one in targets if one.figure in by_key]
    if not targets:
        return
    here = here or scope.opened(by_key[one.figure] for one in targets)
    of_periods = _in_their_periods(targets, by_key, scope)
    for target in targets:
        figure = by_key[target.figure]
        value = of_periods.get(target.pk) or _at(here, figure, target.area_id)
        if value is not None:
            yield aim_of(target, value.figure, value, scope)


def aim_of(target: FigureTarget, figure: Figure, amount: Amount | FigureValue, scope: Scope) -> Aim:
    """The target beside that amount of its figure."""
    return Aim(target, figure, amount, target.span.ended_by(scope.clock))


def _is_of(target: FigureTarget, scope: Scope) -> bool:
    span = target.span
    if scope.period:
        return span == scope.period
    return span.first <= scope.clock <= span.last


def _at(here: Opened, figure: Figure, area: str) -> FigureValue | None:
    """The figure in the area that was opened, or in one inside."""
    if area == here.area:
        return here.value(figure)
    return here.part(figure, area)


def _in_their_periods(
    targets: Iterable[FigureTarget], by_key: Mapping[str, Figure], scope: Scope
) -> dict[int, FigureValue]:
    """By target of a flow what happened in the target's period, where the scope is of a day; nothing where
    the values at hand are of that period already. Periods are read one by one.
    """
    flows: dict[Period, list[FigureTarget]] = {}
    for one in targets:
        if not scope.period and by_key[one.figure].kind is FigureKind.FLOW:
            flows.setdefault(one.span, []).append(one)
    found: dict[int, FigureValue] = {}
    for period, asked in flows.items():
        chosen = {one.figure: by_key[one.figure] for one in asked}.values()
        areas = sorted({one.area_id for one in asked})
        values = across(chosen, areas, period.until(scope.clock), since=period.first)
        found |= {one.pk: values[one.figure, one.area_id] for one in asked}
    return found
