"""A figure over time, as its page shows it: trend, what was reported of it, what it meant."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from suzhou_portal.figures.cards import Card, together
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.targets import Aim
from suzhou_portal.figures.trends import NotAdditiveError, PeriodValue, added, series
from suzhou_portal.formats import date
from suzhou_portal.reporting import citing, duties
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.findings import ChartScale, finding
from suzhou_portal.reporting.models import FigureDefinition, Return, Snapshot
from suzhou_portal.reporting.wording import amount_text, change_text

SHOWN = {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 9, PeriodKind.YEAR: 5}
NOT_REPORTED = State.NOT_REPORTED.label
NARROW = 6  # so many labels stand side by side on a phone
BRIEFLY = {State.WITHHELD: "不公布"}


@dataclass(frozen=True)
class Mark:
    """A period of a trend, all of it text: `height` is the bar's, in percent of the highest, `label` the
    number on it in the unit of the whole chart; `look` names how it is drawn; `missing` stands where there
    is no bar; `published` is how high a published value of a day in it lies, blank where there is none;
    `year` stands below the first period of each. The label of a `minor` one is left out on a phone.
    """

    value: PeriodValue
    short: str
    year: str
    text: str
    label: str
    height: str
    look: str
    missing: str
    published: str
    minor: bool
    from_previous: str
    from_year_before: str
    report: Return | None
    reported: str

    @property
    def top(self) -> str:
        """Where the bar begins, counted from above."""
        return from_above(self.height)

    @property
    def published_at(self) -> str:
        """Where the published value lies, counted from above."""
        return from_above(self.published)


@dataclass(frozen=True)
class Trend:
    """The marks of a figure, in one unit; `finding` says in words what they show; `target` and where it lies
    in percent, blank without one; `total` is what a flow adds up to, `no_total` why others do not.
    """

    kind: PeriodKind
    marks: list[Mark]
    unit: str
    finding: str
    is_due: bool
    target: str
    target_height: str
    published: str
    total: str
    no_total: str

    @property
    def target_at(self) -> str:
        """Where the target lies, counted from above; blank without one."""
        return from_above(self.target_height)

    @property
    def yearly(self) -> bool:
        """Whether the period before is also the one a year before."""
        return self.kind is PeriodKind.YEAR


def from_above(height: str) -> str:
    """A height in percent, counted from above; blank where there is none."""
    return f"{100 - float(height):.1f}" if height else ""


def over_time(
    request: HttpRequest, card: Card, scope: Scope, aim: Aim | None = None
) -> dict[str, Any]:
    """What the page shows of the figure over time, with its target drawn where one is set. Raises BadRequest
    for an unknown kind of period.
    """
    figure = card.figure
    definitions = list(FigureDefinition.objects.filter(figure=figure.key))
    snapshots, period = kept(figure, scope.area.code), str(scope.period)
    return {
        "trend": _trend(request, card, scope, aim),
        "kinds": list(PeriodKind),
        "snapshots": snapshots,
        "definitions": definitions,
        "is_reported": figure.reported,
        "citations": [
            *(citing.of_snapshot(request, one) for one in snapshots if one.report.period == period),
            citing.of_page(request, card, scope, definitions),
        ],
    }


def kept(figure: Figure, area: str) -> list[Snapshot]:
    """What was published of the figure in the area, latest period first, with its corrections."""
    found = Snapshot.objects.with_proof().filter(
        figure=figure.key, area=area, report__in=Return.objects.published()
    )
    return sorted(disclosed(found), key=lambda one: (one.as_of, one.report.period), reverse=True)


def _trend(request: HttpRequest, card: Card, scope: Scope, aim: Aim | None) -> Trend:
    figure, kind = card.figure, _kind(request, scope)
    target = _drawn(aim, kind)
    until = scope.as_of if scope.period else scope.clock
    periods = list(Period.of(until, kind).back(SHOWN[kind]))
    values = series(figure.key, scope.area.code, periods, scope.clock)
    due = figure.reported and duties.is_due(scope.area.code, kind)
    returns = Return.objects.published().filter(area=scope.area) if due else Return.objects.none()
    reports = {report.period: report for report in returns.filter(period__in=map(str, periods))}
    published = _published_in(card, periods)
    drawn = [*(one.value for one in values), target, *published.values()]
    scale = ChartScale.of((one for one in drawn if one is not None), figure.unit)
    marks = [
        _mark(figure, value, reports.get(str(value.period)), due, scale, published)
        for value in values
    ]
    total, no_total = _total(figure, values)
    return Trend(
        kind=kind,
        marks=_labelled(marks),
        unit=scale.unit,
        finding=finding(figure, values),
        is_due=due,
        target="" if target is None else together(target, figure.unit),
        target_height="" if target is None else scale.height(target),
        published=card.published_text if published else "",
        total=total,
        no_total=no_total,
    )


def _drawn(aim: Aim | None, kind: PeriodKind) -> Decimal | None:
    """The target, where it can be held against each mark: what is to happen in a year is none of a month's."""
    flows = aim is not None and aim.figure.kind is FigureKind.FLOW
    if aim is None or (flows and aim.target.span.kind is not kind):
        return None
    return aim.value


def _labelled(marks: list[Mark]) -> list[Mark]:
    """The marks with the years below them, and those told whose label a phone has no room for."""
    return [
        replace(
            mark,
            minor=len(marks) > NARROW and (len(marks) - number) % 2 == 0,
            year=_year(mark.value.period, first=number == 0),
        )
        for number, mark in enumerate(marks)
    ]


def _published_in(card: Card, periods: list[Period]) -> dict[Period, Decimal]:
    """The published value, by the period in which its day lies. Of what happens, a value as of a day says
    nothing of a period.
    """
    known = card.published
    if known is None or known.value is None or card.figure.kind is FigureKind.FLOW:
        return {}
    return {one: known.value for one in periods if one.first <= known.as_of <= one.last}


def _kind(request: HttpRequest, scope: Scope) -> PeriodKind:
    if asked := request.GET.get("trend", ""):
        try:
            return PeriodKind.named(asked)
        except ValueError as error:
            raise BadRequest(str(error)) from error
    return scope.period.kind if scope.period else PeriodKind.QUARTER


def _mark(
    figure: Figure,
    value: PeriodValue,
    report: Return | None,
    due: bool,
    scale: ChartScale,
    published: dict[Period, Decimal],
) -> Mark:
    reported, known = _reported(value, report) if due else "", published.get(value.period)
    return Mark(
        value=value,
        short=_short(value.period),
        year="",
        text=amount_text(value.amount, figure),
        label="" if value.value is None else scale.label(value.value),
        height=scale.height(value.value or Decimal(0)),
        look=_look(value, reported),
        missing="" if value.value is not None else BRIEFLY.get(value.state, value.state.label),
        published="" if known is None else scale.height(known),
        minor=False,
        from_previous=change_text(value.from_previous, figure),
        from_year_before=change_text(value.from_year_before, figure),
        report=report,
        reported=reported,
    )


def _reported(value: PeriodValue, report: Return | None) -> str:
    if report is not None:
        return f"{date(report.approved_on)}发布"
    return NOT_REPORTED if value.finished else "未结束"


def _look(value: PeriodValue, reported: str) -> str:
    if value.value is None:
        return f"missing missing-{value.state.value}"
    if not value.finished:
        return "running"
    return "unreported" if reported == NOT_REPORTED else "known"


def _short(period: Period) -> str:
    if period.kind is PeriodKind.YEAR:
        return str(period.year)
    return f"{period.number}{'季' if period.kind is PeriodKind.QUARTER else '月'}"


def _year(period: Period, *, first: bool) -> str:
    """The year, below the first period shown of each; a year says it by itself."""
    named = period.kind is not PeriodKind.YEAR and (first or period.number == 1)
    return str(period.year) if named else ""


def _total(figure: Figure, values: list[PeriodValue]) -> tuple[str, str]:
    try:
        total = added((value.amount for value in values), figure)
    except NotAdditiveError as error:
        return "", str(error)
    known = any(value.value is not None for value in values)
    return amount_text(Amount(total, State.KNOWN), figure) if known else "", ""
