"""联动 for who leads: where requests come from, who serves them, where they stop, what became of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import counted_in
from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures import door
from suzhou_portal.figures.bars import own_level
from suzhou_portal.figures.cards import cards_of
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.lifecycle.models import MERGED, UNDO, Step
from suzhou_portal.linkage.enums.requests import OURS, SERVED, WITH_PROVIDER, Channel, RequestState
from suzhou_portal.linkage.figures import BACK, CONTENT
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.methods import for_anybody
from volunteers.enums.visits import ResidentNeedKind

SHOWN = (
    "requests_received", "requests_served", "requests_on_time_ratio", "requests_satisfaction",
    "requests_response_ratio", "unmet_requests", "matched_requests_ratio",
)  # fmt: skip
FEWEST = 5  # requests of which a median says anything
TOO_FEW = f"未达到{FEWEST}件，不显示"
ORGANIZATION, TEAM, STAFF, NOBODY = "organization", "team", "staff", ""
PROVIDERS = {
    STAFF: "社区自办", ORGANIZATION: "社会组织", TEAM: "志愿队伍", NOBODY: "还没有派",
}  # fmt: skip
_S = RequestState


@dataclass(frozen=True)
class ShareBar:
    """A number, as text with its share of the whole, and as the length of a bar in percent of it."""

    label: str
    text: str
    length: str


@dataclass(frozen=True)
class Stop:
    """A state in which requests wait: how many now, how many of them late, how long those of the period
    stayed in it that went on.
    """

    label: str
    now: int
    late: int
    days: int | None
    of: int

    @property
    def waited(self) -> str:
        """The median as people read it; that it is of too few, or that nobody went on."""
        if not self.of:
            return "—"
        return TOO_FEW if self.days is None else f"{self.days}天（{self.of}件）"


@dataclass(frozen=True)
class FlowPlace:
    """An area one level down, with what came in the period, what is late and what is unmet now."""

    name: str
    url: str
    received: int
    late: int
    unmet: int


class _Median(Aggregate):
    """The middle value of those there are: no mean of two, so it is always a number of whole days."""

    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


class _Days(Func):
    """From one date to another, in calendar days."""

    template, arg_joiner, output_field = "(%(expressions)s)", " - ", IntegerField()


@for_anybody
def linkage(request: HttpRequest) -> HttpResponse:
    """The flow of requests through the five parties in an area and a period."""
    scope = requested_scope(request)
    shown = [figures.get(key) for key in SHOWN]
    received = door.records(figures.get(SHOWN[0]).since(scope.since), scope.area.code, scope.as_of)
    groups, waiting = _groups(received), _waiting(scope)
    stops = _stops(waiting, received)
    reached = _reached(groups)
    context = {
        "scope": scope,
        "periods": _periods(scope),
        "asked": str(scope.period or ""),
        "cards": cards_of(shown, scope),
        "finding": _finding(scope, reached, stops),
        "channels": _bars((one.label, _sum(groups, channel=one.value)) for one in Channel),
        "providers": _bars((label, _sum(groups, by=by)) for by, label in PROVIDERS.items()),
        "reached": _bars(reached.items(), reached["提出"]),
        "stops": stops,
        "late": sum(one.late for one in stops),
        "unmet": _unmet(waiting),
        "places": _places(scope, received, waiting),
    }
    return render(request, "linkage/flow.html", context)


def late_by_place(scope: Scope) -> Counter[str]:
    """How many requests somebody of ours should have acted on before the scope's day, by the area one level down,
    or the division's own code; in one statement.
    """
    late = ServiceRequest.objects.within(scope.area.code).in_state(*OURS).overdue(scope.clock)
    counted = late.order_by().values(place=_place(scope)).annotate(n=Count("pk"))
    return Counter({row["place"]: row["n"] for row in counted})


# --- what is asked of the database, each in one statement


def _groups(received: QuerySet) -> list[dict[str, Any]]:
    """Those that came, counted by way, by who serves them, and by state."""
    by = Case(
        When(organization__isnull=False, then=Value(ORGANIZATION)),
        When(team__isnull=False, then=Value(TEAM)),
        When(~Q(handler=""), then=Value(STAFF)),
        default=Value(NOBODY),
    )
    counted = received.order_by().values("channel", "state", by=by)
    said = Q(state__in=SERVED, rated_on__isnull=False)
    return list(
        counted.annotate(
            n=Count("pk"),
            rated=Count("pk", filter=said),
            content=Count("pk", filter=said & CONTENT),
        )
    )


def _waiting(scope: Scope) -> list[dict[str, Any]]:
    """Those under way now, whenever they came, counted by state, kind and place."""
    open_ones = ServiceRequest.objects.within(scope.area.code).open().order_by()
    late = Q(state__in=OURS, due_on__lt=scope.clock)
    counted = open_ones.values("state", "kind", place=_place(scope))
    return list(counted.annotate(n=Count("pk"), late=Count("pk", filter=late)))


def _place(scope: Scope) -> Any:
    code = scope.area.code
    return counted_in(codes.child_length(code) or codes.length_of(code))


def _waited(received: QuerySet) -> dict[str, tuple[int, int]]:
    """Of each state, the median of calendar days in it before the next step, and of how many stays."""
    model = ServiceRequest._meta.label_lower
    steps = Step.objects.filter(model=model).exclude(before=F("after")).order_by()
    entered = steps.filter(object_id=OuterRef("object_id"), pk__lt=OuterRef("pk")).order_by("-pk")
    asked = ServiceRequest.objects.filter(pk=OuterRef("object_id"))
    since = Coalesce(
        Subquery(entered.values("taken_on")[:1]), Subquery(asked.values("asked_on")[:1])
    )
    taken = steps.filter(object_id__in=received.values("pk")).exclude(verb__in=(UNDO, MERGED))
    stays = taken.values("before").annotate(days=_Median(_Days("taken_on", since)), n=Count("pk"))
    return {row["before"]: (row["days"], row["n"]) for row in stays}


# --- what is made of it


def _sum(rows: Iterable[dict[str, Any]], what: str = "n", **having: Any) -> int:
    return sum(row[what] for row in rows if all(row[name] == one for name, one in having.items()))


def _bars(counted: Iterable[tuple[str, int]], whole: int | None = None) -> list[ShareBar]:
    counted = list(counted)
    whole = sum(number for _, number in counted) if whole is None else whole
    return [
        ShareBar(label, f"{number}件（{share:.0f}%）", f"{share:.1f}")
        for label, number in counted
        for share in [100 * number / whole if whole else 0]
    ]


def _reached(groups: list[dict[str, Any]]) -> dict[str, int]:
    """How far those that came have come, from one part of the way to the next."""
    taken = [row for row in groups if row["state"] in (*WITH_PROVIDER, *SERVED)]
    accepted = [row for row in taken if row["state"] != _S.DISPATCHED]
    done = [row for row in accepted if row["state"] in SERVED]
    return {
        "提出": _sum(groups), "派给承接方": _sum(taken), "接单": _sum(accepted), "完成": _sum(done),
        "居民评价": _sum(done, "rated"), "评价满意": _sum(done, "content"),
    }  # fmt: skip


def _stops(waiting: list[dict[str, Any]], received: QuerySet) -> list[Stop]:
    waited = _waited(received)
    known = {state: waited.get(state, (0, 0)) for state in RequestState}
    stops = [
        Stop(
            state.label,
            _sum(waiting, state=state),
            _sum(waiting, "late", state=state),
            days if of >= FEWEST else None,
            of,
        )
        for state, (days, of) in known.items()
        if state not in (_S.RATED, *ServiceRequest.lifecycle.closed)
    ]
    return [one for one in stops if one.now or one.of]


def _finding(scope: Scope, reached: dict[str, int], stops: list[Stop]) -> str:
    """What the page says, in a sentence or two."""
    came = scope.period.label if scope.period else BACK
    said = f"{came}没有提出服务请求。"
    if reached["提出"]:
        said = f"{came}提出{reached['提出']}件，其中已派出{reached['派给承接方']}件、完成{reached['完成']}件。"
    if most := max(stops, key=lambda one: one.now, default=None):
        said += f"现在停得最多的是“{most.label}”，{most.now}件。" if most.now else ""
    slowest = max((one for one in stops if one.late), key=lambda one: one.late, default=None)
    if slowest:
        said += (
            f"超期{sum(one.late for one in stops)}件，最多的是“{slowest.label}”，{slowest.late}件。"
        )
    timed = [one for one in stops if one.days is not None]
    if timed and (longest := max(timed, key=lambda one: one.days or 0)).days:
        said += f"等得最久的是“{longest.label}”，中位{longest.days}天。"
    return said


def _unmet(waiting: list[dict[str, Any]]) -> list[ShareBar]:
    """What nobody could serve so far, by kind, the most first."""
    counted = Counter({
        kind.label: _sum(waiting, state=_S.UNMET, kind=kind) for kind in ResidentNeedKind
    })  # fmt: skip
    return _bars((label, number) for label, number in counted.most_common() if number)


def _places(scope: Scope, received: QuerySet, waiting: list[dict[str, Any]]) -> list[FlowPlace]:
    """The areas one level down in order of code, then the division's own level; none in a grid."""
    if codes.child_length(scope.area.code) is None:
        return []
    came = received.order_by().values(place=_place(scope)).annotate(n=Count("pk"))
    numbers = {row["place"]: row["n"] for row in came}
    names, here = names_inside(scope.area.code), scope.area.code
    return [
        FlowPlace(
            own_level(scope.area) if place == here else names.get(place, place),
            "" if place == here else f"{reverse('linkage')}?{scope.query(place)}",
            numbers.get(place, 0),
            _sum(waiting, "late", place=place),
            _sum(waiting, place=place, state=_S.UNMET),
        )
        for place in sorted(
            {*numbers, *(row["place"] for row in waiting)}, key=lambda one: (one == here, one)
        )
    ]


def _periods(scope: Scope) -> list[tuple[str, str]]:
    """Periods to choose from, each with what the address says of it: the last twelve months, then this
    year and quarter and those before.
    """
    running = [Period.of(scope.clock, kind) for kind in (PeriodKind.QUARTER, PeriodKind.YEAR)]
    offered = [one for period in running for one in (period, period.previous())]
    return [(BACK, ""), *((one.label, str(one)) for one in offered)]
