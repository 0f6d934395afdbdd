"""Requests as anybody finds them, by number or by when, what and how far; and the door for new ones."""

import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from suzhou_portal.areas.rules import YEARS
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.linkage.enums.requests import REQUEST
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.open311.answers import ProblemError, answering
from suzhou_portal.linkage.open311.entering import enter
from suzhou_portal.linkage.open311.public import inside, public
from suzhou_portal.linkage.open311.services import UNKNOWN_SERVICE
from suzhou_portal.lists import key_of
from suzhou_portal.methods import for_anybody
from volunteers.enums.visits import ResidentNeedKind

MOST = 1000
SPAN = datetime.timedelta(days=90)
STATUS = {"open": Q(state__in=REQUEST.open), "closed": Q(state__in=REQUEST.closed)}


@csrf_exempt  # who sends has a key, and no session is asked
@login_not_required
@answering("service_requests")
def requests(request: HttpRequest) -> list[dict[str, Any]]:
    """Those asked for, the newest first; or a new one, entered by a system that has a key."""
    if request.method == "POST":
        return [enter(request)]
    found, size = _asked_for(request), _whole(request, "page_size", MOST)
    begin = (_whole(request, "page", 1, most=10**6) - 1) * size
    return public(found.order_by("-asked_on", "-pk")[begin : begin + size])


@for_anybody
@answering("service_requests")
def one(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The request with that number."""
    found = public(inside().filter(pk=pk))
    if not found:
        raise ProblemError(404, "service_request_id：没有这个单号。")
    return found


def _asked_for(request: HttpRequest) -> QuerySet[ServiceRequest]:
    """Numbers override all else, as the standard says."""
    if numbers := _several(request, "service_request_id"):
        keys = [key_of(one.lstrip("0")) for one in numbers[:MOST]]
        return inside().filter(pk__in=[key for key in keys if key is not None])
    found = inside().filter(_span(request))
    if kinds := _several(request, "service_code"):
        if not set(kinds) <= set(ResidentNeedKind):
            raise ProblemError(404, UNKNOWN_SERVICE)
        found = found.filter(kind__in=kinds)
    if states := _several(request, "status"):
        if not set(states) <= set(STATUS):
            raise ProblemError(400, "status：只能是open或closed。")
        found = found.filter(reduce(or_, (STATUS[one] for one in states)))
    return found


def _several(request: HttpRequest, name: str) -> list[str]:
    return [text for one in request.GET.get(name, "").split(",") if (text := one.strip())]


def _whole(request: HttpRequest, name: str, default: int, most: int = MOST) -> int:
    number = key_of(text) if (text := request.GET.get(name, "")) else default
    if number is None or not 1 <= number <= most:
        raise ProblemError(400, f"{name}：应为1至{most}的整数。")
    return number


def _span(request: HttpRequest) -> Q:
    """When it was asked for: ninety days at most, the latest ones of the site where nothing is said."""
    start, end = _moment(request, "start_date"), _moment(request, "end_date")
    if start is None and end is None:
        return Q(asked_on__gt=site_as_of(request) - SPAN)
    start = start or (end - SPAN if end else None)
    end = end or (start + SPAN if start else None)
    if not start or not end or end - start > SPAN:
        raise ProblemError(400, f"start_date、end_date：相隔不超过{SPAN.days}天。")
    # By days too, since these have an index.
    days = timezone.localdate(start), timezone.localdate(end)
    return Q(asked_on__range=days, requested__range=(start, end))


def _moment(request: HttpRequest, name: str) -> datetime.datetime | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        # A plus sign that nobody quoted arrives as a space.
        moment = datetime.datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or not YEARS[0] <= moment.year <= YEARS[1]:
        raise ProblemError(400, f"{name}：应为带时区的时间，如2026-01-31T08:00:00+08:00。")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
