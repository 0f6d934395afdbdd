"""Checking in and out on one page, at the place, on a phone: one button for each who signed up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lists import key_of
from suzhou_portal.records.kinds import kinds
from volunteers.enums.service import ActivityState, ServiceState
from volunteers.models import Service

VERBS = ("check_in", "check_out")


def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signed up, and a button for the one step each can take now."""
    activity = get_object_or_404(kinds.desk("activities").records(request.user), pk=pk)
    if not request.user.has_perm("volunteers.change_service", activity):
        raise PermissionDenied(f"{request.user} may not check people in at {pk}")
    if activity.state == ActivityState.DRAFTED:
        raise Http404("活动发布招募以后才能签到。")
    services = Service.objects.visible_to(request.user, "change").filter(activity=activity)
    services = services.exclude(state=ServiceState.WITHDRAWN).select_related("volunteer")
    if request.method == "POST":
        return _taken(request, services)
    context = {"activity": activity, "services": services.order_by("volunteer__name", "pk")}
    return render(request, "volunteers/check_in.html", context)


def _taken(request: HttpRequest, services) -> HttpResponse:
    verb = next((verb for verb in VERBS if verb in request.POST), "")
    key = key_of(request.POST.get(verb, ""))
    if key is None:
        raise Http404("没有这个步骤。")
    service = get_object_or_404(services, pk=key)
    move = service.lifecycle.move(verb)
    try:
        take(service, verb, by=request.user)
    except ValidationError as error:
        messages.error(request, f"{service.volunteer}：{''.join(error.messages)}")
    else:
        messages.success(request, f"{service.volunteer}已{move.label}。")
    return redirect(request.path)
