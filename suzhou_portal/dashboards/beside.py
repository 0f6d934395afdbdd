"""Two divisions, or one in two periods, side by side: every figure that is reported, and how they differ."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.scope import requested_area
from suzhou_portal.figures.cards import divided, figure_url, shown
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope, requested_period, requested_scope
from suzhou_portal.formats import DASH
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.duties import reported
from suzhou_portal.reporting.wording import difference_text

NOT_COMPARED = "时期不同，不比较"


@dataclass(frozen=True)
class Side:
    """A figure on one side: its text, what a ratio divides, and the page behind it."""

    text: str
    parts: str
    url: str


@dataclass(frozen=True)
class Pair:
    """A figure on both sides, and how much more the first is than the second."""

    figure: Figure
    here: Side
    there: Side
    difference: str
    sign: int


@for_anybody
def side_by_side(request: HttpRequest) -> HttpResponse:
    """A division beside another (`?with=`), or beside itself in another period (`?against=`), or both."""
    scope = requested_scope(request)
    other, area = _other(request, scope), scope.area
    pairs = [*_pairs(scope, other)] if other else []
    context = {
        "scope": scope,
        "other": other,
        "names": _names(scope, other) if other else (),
        "sections": [(one, [p for p in pairs if p.figure.party == one]) for one in Party],
        "finding": _finding(pairs, *_names(scope, other)) if other else "",
        "areas": area_choices(area.code),
        "chosen": other.area.code if other else "",
        "against": str(other.period or "") if other else "",
        "periods": scope.offered,
    }
    return render(request, "dashboards/compare.html", context)


def _other(request: HttpRequest, scope: Scope) -> Scope | None:
    """What it is put beside; None where nothing was chosen. Raises BadRequest or Http404 in Chinese."""
    code, asked = request.GET.get("with", ""), request.GET.get("against", "")
    if not code and not asked:
        return None
    area = requested_area(code) if code else scope.area
    period = requested_period(asked, scope.clock) if asked else scope.period
    return Scope(area, scope.clock, scope.clock_given, period)


def _names(scope: Scope, other: Scope) -> tuple[str, str]:
    """What the two are called: by area, by time, or by both, as they differ."""
    same_area, same_time = scope.area == other.area, scope.period == other.period
    return tuple(  # type: ignore[return-value]
        one.area.name if same_time else when if same_area else f"{one.area.name}，{when}"
        for one in (scope, other)
        for when in [one.period.label if one.period else "截至现在"]
    )


def _pairs(scope: Scope, other: Scope) -> Iterator[Pair]:
    figures = reported()
    ours, theirs = scope.opened(figures), other.opened(figures)
    for figure in figures:
        here, there = ours.value(figure), theirs.value(figure)
        difference, sign = _difference(figure, here, there, _comparable(figure, scope, other))
        yield Pair(here.figure, _side(here, scope), _side(there, other), difference, sign)


def _comparable(figure: Figure, scope: Scope, other: Scope) -> bool:
    """Whether a value of one time says something beside one of the other: of what happened, only periods
    that are as long, and both over or both as far.
    """
    one, two = scope.period, other.period
    if figure.kind is not FigureKind.FLOW or one == two:
        return True
    if one is None or two is None:
        return False
    return one.kind is two.kind and all(period.ended_by(scope.clock) for period in (one, two))


def _side(value: FigureValue, scope: Scope) -> Side:
    return Side("".join(shown(value)), divided(value), figure_url(value.figure.key, scope))


def _difference(
    figure: Figure, here: FigureValue, there: FigureValue, comparable: bool
) -> tuple[str, int]:
    if here.value is None or there.value is None:
        return DASH, 0
    if not comparable:
        return NOT_COMPARED, 0
    difference = here.value - there.value
    return difference_text(difference, figure.unit), (difference > 0) - (difference < 0)


def _finding(pairs: list[Pair], here: str, there: str) -> str:
    """How the two compare, in a sentence."""
    compared = [one for one in pairs if one.difference not in (DASH, NOT_COMPARED)]
    more, less = (sum(one.sign == sign for one in compared) for sign in (1, -1))
    if not compared:
        return "没有两边都有数值、可以比较的指标。"
    return (
        f"可以比较的{len(compared)}项中，{here}比{there}高的{more}项，低的{less}项，"
        f"相同的{len(compared) - more - less}项。"
    )
