"""Who could serve a request: by what they say they can do and where, how much they have, and how they did."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Avg, Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.linkage.enums.requests import SERVED, WITH_PROVIDER
from suzhou_portal.linkage.models import ServiceCapacity, ServiceRequest
from suzhou_portal.methods import require_safe
from suzhou_portal.months import months_before

FEWEST_RATED = 3  # ratings below which nobody's mean is told
MONTHS = 12  # whose ratings count


@dataclass
class Suggestion:
    """A provider, why it is suggested, and why it may not do; the best comes first."""

    name: str  # of the field that names it: organization or team
    provider: Any
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    rank: float = 0.0
    monthly: int | None = None  # how many it says it can do; None where it says nothing


def suggestions(request: ServiceRequest, day: datetime.date) -> list[Suggestion]:
    """Providers for the request on that day, the best first. The number of queries is fixed."""
    said = ServiceCapacity.objects.covering(request.area_id).on(day).filter(kind=request.kind)
    known: dict[tuple[str, int], Suggestion] = {}
    for capacity in said.select_related("organization", "team", "area"):
        name = "organization" if capacity.organization_id else "team"
        one = known.setdefault((name, capacity.provider.pk), Suggestion(name, capacity.provider))
        one.reasons.append(
            f"能办{capacity.get_kind_display()}（{capacity.area}，每月{capacity.monthly}件）"
        )
        one.rank, one.monthly = max(one.rank, capacity.monthly / 1000), capacity.monthly
    offering = request.service.provider if request.service else None
    if offering and (offering.deregistered_on is None or offering.deregistered_on >= day):
        theirs = known.setdefault(
            ("organization", offering.pk), Suggestion("organization", offering)
        )
        theirs.reasons.append("提供居民点的这项服务")
        theirs.rank += 4
    past = {name: _past(name, day) for name in ("organization", "team")}
    declined = _declined(request)
    for (name, key), one in known.items():
        _weigh(one, past[name].get(key, {}))
        if (name, key) in declined:
            one.doubts.append("这一件退过单")
            one.rank -= 8
    return sorted(known.values(), key=lambda one: (-one.rank, one.provider.pk))


def _weigh(one: Suggestion, past: dict[str, Any]) -> None:
    load, sent = past.get("load", 0), past.get("sent", 0)
    one.reasons.append(f"手上{load}件" if load else "手上没有在办的")
    one.rank -= load / 20
    if one.monthly is not None and sent >= one.monthly:
        one.doubts.append(f"本月的请求已派{sent}件，达到每月{one.monthly}件")
        one.rank -= 2
    if past.get("rated", 0) >= FEWEST_RATED:
        one.reasons.append(f"近{MONTHS}个月评价{past['rated']}件，平均{past['mean']:.1f}分")
        one.rank += (past["mean"] - 3) / 2


def _past(name: str, day: datetime.date) -> dict[int, dict[str, Any]]:
    """Of each provider: requests open now, sent this month, and the ratings of the last year."""
    theirs = ServiceRequest.objects.filter(**{f"{name}__isnull": False}).order_by()
    counted = theirs.values(f"{name}_id").annotate(
        load=Count("pk", filter=Q(state__in=WITH_PROVIDER)),
        sent=Count(
            "pk", filter=Q(asked_on__gte=day.replace(day=1), state__in=[*WITH_PROVIDER, *SERVED])
        ),
        rated=Count("rating", filter=Q(rated_on__gte=months_before(day, MONTHS))),
        mean=Avg("rating", filter=Q(rated_on__gte=months_before(day, MONTHS))),
    )
    return {row[f"{name}_id"]: row for row in counted}


def _declined(request: ServiceRequest) -> set[tuple[str, int]]:
    """The providers that gave this very request back: what the steps `decline` blanked."""
    given_back = request.steps().filter(verb="decline").values_list("changes", flat=True)
    return {
        (name, changes[name][0])
        for changes in given_back
        for name in ("organization", "team")
        if changes.get(name)
    }


@require_safe
def suggested(http: HttpRequest, pk: int) -> HttpResponse:
    """The providers suggested for a request, each with its reasons and a button; one person decides."""
    desk = desk_for(http, "requests")
    request = record_for(http, desk, pk)
    if not http.user.has_perm(desk.permission("dispatch"), request):
        raise PermissionDenied
    if not any(move.verb == "dispatch" for move in request.moves):
        raise Http404("这件请求现在不能派单。")
    today = timezone.localdate()
    context = {
        "desk": desk,
        "record": request,
        "today": today,
        "found": suggestions(request, today),
    }
    return render(http, "linkage/suggestions.html", context)
