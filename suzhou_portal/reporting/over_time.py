"""A figure over time, as its page shows it: trend, what was reported of it, what it meant."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from suzhou_portal.figures.cards import Card
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.trends import NotAdditiveError, PeriodValue, added, series
from suzhou_portal.formats import date
from suzhou_portal.reporting import citing, duties
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.models import FigureDefinition, Return, Snapshot
from suzhou_portal.reporting.wording import amount_text, change_text

SHOWN = {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 9, PeriodKind.YEAR: 5}
NOT_REPORTED = State.NOT_REPORTED.label
BRIEFLY = {State.WITHHELD: "不公布"}


@dataclass(frozen=True)
class Mark:
    """A period of a trend, all of it text: `height` is the bar's, in percent of the highest; `look`
    names how it is drawn; `missing` stands where there is no bar.
    """

    value: PeriodValue
    short: str
    text: str
    height: str
    look: str
    missing: str
    from_previous: str
    from_year_before: str
    report: Return | None
    reported: str

    @property
    def top(self) -> str:
        """Where the bar begins, counted from above."""
        return f"{100 - float(self.height):.1f}"


@dataclass(frozen=True)
class Trend:
    """The marks of a figure; `total` is what a flow adds up to, `no_total` why others do not."""

    kind: PeriodKind
    marks: list[Mark]
    is_due: bool
    total: str
    no_total: str

    @property
    def yearly(self) -> bool:
        """Whether the period before is also the one a year before."""
        return self.kind is PeriodKind.YEAR


def over_time(request: HttpRequest, card: Card, scope: Scope) -> dict[str, Any]:
    """What the page shows of the figure over time. Raises BadRequest for an unknown kind of period."""
    figure = card.figure
    definitions = list(FigureDefinition.objects.filter(figure=figure.key))
    snapshots, period = kept(figure, scope.area.code), str(scope.period)
    return {
        "trend": _trend(request, figure, scope),
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


def _trend(request: HttpRequest, figure: Figure, scope: Scope) -> Trend:
    kind = _kind(request, scope)
    until = scope.as_of if scope.period else scope.clock
    periods = list(Period.of(until, kind).back(SHOWN[kind]))
    values = series(figure.key, scope.area.code, periods, scope.clock)
    due = figure.reported and duties.is_due(scope.area.code, kind)
    returns = Return.objects.published().filter(area=scope.area) if due else Return.objects.none()
    reports = {report.period: report for report in returns.filter(period__in=map(str, periods))}
    highest = max((value.value for value in values if value.value), default=Decimal(0))
    marks = [_mark(figure, value, reports.get(str(value.period)), due, highest) for value in values]
    return Trend(kind, marks, due, *_total(figure, values))


def _kind(request: HttpRequest, scope: Scope) -> PeriodKind:
    if asked := request.GET.get("trend", ""):
        try:
            return PeriodKind.named(asked)
        except ValueError as error:
            raise BadRequest(str(error)) from error
    return scope.period.kind if scope.period else PeriodKind.QUARTER


def _mark(
    figure: Figure, value: PeriodValue, report: Return | None, due: bool, highest: Decimal
) -> Mark:
    reported = _reported(value, report) if due else ""
    share = max(value.value, Decimal(0)) / highest * 100 if value.value and highest else 0
    return Mark(
        value=value,
        short=_short(value.period),
        text=amount_text(value.amount, figure),
        height=f"{share:.1f}",
        look=_look(value, reported),
        missing="" if value.value is not None else BRIEFLY.get(value.state, value.state.label),
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
    unit = "季" if period.kind is PeriodKind.QUARTER else "月"
    year = f"{period.year % 100:02d}年" if period.number == 1 else ""
    return f"{year}{period.number}{unit}"


def _total(figure: Figure, values: list[PeriodValue]) -> tuple[str, str]:
    try:
        total = added((value.amount for value in values), figure)
    except NotAdditiveError as error:
        return "", str(error)
    known = any(value.value is not None for value in values)
    return amount_text(Amount(total, State.KNOWN), figure) if known else "", ""
