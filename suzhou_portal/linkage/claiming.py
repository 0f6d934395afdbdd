"""抢单 and 认领: organizations and teams take up themselves what waits for somebody."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from suzhou_portal.accounts.roles import OWNERS
from suzhou_portal.areas import codes
from suzhou_portal.linkage.enums.requests import RequestState
from suzhou_portal.linkage.models import RequestRules, ServiceRequest
from suzhou_portal.linkage.workflow.requests import claim
from suzhou_portal.lists import key_of, page_of

SHOWN = 50
NOBODY = "只有社会组织和志愿队伍的账号可以认领。"


def open_requests(request: HttpRequest) -> HttpResponse:
    """Requests that wait for somebody, where the person's organization or team may take them up."""
    providers = _providers(request)
    if not providers:
        raise PermissionDenied(NOBODY)
    if request.method == "POST":
        return _claimed(request, providers)
    page = page_of(
        request, _waiting(request).select_related("area").order_by("-asked_on", "-pk"), SHOWN
    )
    context = {"page": page, "providers": providers, "rules": _claims(request)}
    return render(request, "linkage/open_requests.html", context)


def _providers(request: HttpRequest) -> dict[str, object]:
    """The organizations and teams the person acts for, by the name that a button sends."""
    found: dict[str, object] = {}
    for one in request.user.current_assignments:  # type: ignore[union-attr]
        name = OWNERS.get(one.role)  # type: ignore[arg-type]
        if name in ("team", "organization"):
            found[f"{name}-{getattr(one, f'{name}_id')}"] = getattr(one, name)
    return found


def acts_for_somebody(user: Any) -> bool:
    """Whether the person acts for an organization or a team, and so may take up what is open."""
    held = user.current_assignments if user.is_authenticated else ()
    return any(OWNERS.get(one.role) in ("team", "organization") for one in held)


def _claims(request: HttpRequest) -> bool:
    """Whether the district lets them take up what waits to be dispatched."""
    areas = {one.area_id for one in request.user.current_assignments}  # type: ignore[union-attr]
    today = timezone.localdate()
    return any(RequestRules.objects.term(area, today).claims for area in areas)


def _waiting(request: HttpRequest):
    """What is open around them, in their own district: unmet needs, and what is to be dispatched where
    that is left to whoever is first.
    """
    states = [RequestState.UNMET, *([RequestState.TO_DISPATCH] if _claims(request) else [])]
    return _around(request).filter(state__in=states)


def _around(request: HttpRequest):
    """The requests of the districts in which the person acts for somebody."""
    held = [one.area_id for one in request.user.current_assignments]  # type: ignore[union-attr]
    return ServiceRequest.objects.filter(codes.inside("area__code", map(codes.district_of, held)))


def _claimed(request: HttpRequest, providers: dict[str, object]) -> HttpResponse:
    typed, _, name = request.POST.get("claim", "").partition(" ")
    key = key_of(typed)
    if name not in providers or key is None:
        raise Http404("没有选择请求或承接方。")
    record = get_object_or_404(_around(request), pk=key)
    try:
        claim(record, by=request.user, provider=providers[name])
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return redirect("open_requests")
    messages.success(request, f"已接单：{record}。")
    return redirect("desk_record", "requests", record.pk)
