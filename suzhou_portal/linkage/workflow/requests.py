"""What steps of requests check and change beside what their table says."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas.codes import contains, district_of
from suzhou_portal.calendars import workdays
from suzhou_portal.lifecycle.moves import after, before, take
from suzhou_portal.linkage.enums.requests import LOWEST_CONTENT, PROVIDER, RequestState
from suzhou_portal.linkage.models import ServiceCapacity, ServiceRequest
from suzhou_portal.nightly import nightly
from volunteers.enums.service import ServiceState
from volunteers.models import Activity, Service
from volunteers.workflow import require_over

TITLE = "服务请求（单号{}）"
OWN_RECORD = "见服务请求的办理情况。"
UNDONE = "居民不满意，请求重办（单号{}）。"
SILENT = "期限内没有评价。"
TAKEN_UP = "{}认领。"


@before(ServiceRequest, "admit", "escalate", "send_back", "decline", "recall", "redo")
def due_for_dispatch(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Until when it is to be sent to somebody."""
    request.due_on = workdays.after(on, request.term(on).dispatch_days)


@before(ServiceRequest, "dispatch")
def dispatch_to_one(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Refuse none, or more than one, and who is no more; they answer within the days set for it."""
    named = [name for name in PROVIDER if getattr(request, name)]
    if len(named) != 1:
        said = "请从承接组织、承接队伍、承办人中选填一个。"
        raise ValidationError({"organization" if len(named) < 2 else named[1]: said})
    if gone := request.gone(on):
        raise ValidationError(
            {"organization" if request.organization else "team": f"{gone}，请另选。"}
        )
    request.due_on = workdays.after(on, request.term(on).accept_days)


@before(ServiceRequest, "accept")
def promise_a_day(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Until when it is to be done: as soon as the catalogue says of the service and the provider of such
    requests, else as the district does. Refuse who is no more.
    """
    if gone := request.gone(on):
        raise ValidationError(f"{gone}，不能接单；请社区撤回派单，另派。")
    said = ServiceCapacity.objects.covering(request.area_id).on(on).filter(kind=request.kind)
    mine = said.filter(organization=request.organization, team=request.team, days__isnull=False)
    promised = [*mine.values_list("days", flat=True)]
    if request.service is not None and request.service.days:
        promised.append(request.service.days)
    days = min(promised, default=request.term(on).serve_days)
    request.due_on = request.promised_on = workdays.after(on, days)


@before(ServiceRequest, "finish")
def wait_for_the_resident(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """How long the resident's word is waited for. Refuse hours that are not over."""
    if bool(request.began) != bool(request.ended):
        raise ValidationError({"began": "服务开始和结束时间请一起填写。"})
    require_over(on, request.began, request.ended)
    request.due_on = workdays.after(on, request.term(on).rate_days)


@after(ServiceRequest, "finish")
def enter_hours_of_volunteers(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Enter the hours of the volunteers named, as entered by hand: another person confirms them."""
    volunteers = list(request.volunteers.all())
    if not volunteers:
        return
    if request.team is None:
        raise ValidationError({"volunteers": "由志愿队伍承接的，才能记志愿者时长。"})
    if request.began is None or request.ended is None:
        raise ValidationError({"began": "记志愿者时长，须填服务开始和结束时间。"})
    activity = Activity(
        area=request.area, team=request.team, title=TITLE.format(request.number),
        place=str(request.area), held_on=on, starts=request.began, ends=request.ended,
        places=len(volunteers), is_demo=request.is_demo,
    )  # fmt: skip
    activity.save()
    request.activities.add(activity)
    take(activity, "publish", on=on)
    for volunteer in volunteers:
        service = Service(
            area=request.area, activity=activity, volunteer=volunteer, is_demo=request.is_demo
        )
        service.save()
        said = f"办理服务请求（单号{request.number}）。"
        take(
            service, "enter", by=by, on=on, note=said, began=request.began, ended=request.ended,
        )  # fmt: skip
    take(activity, "finish", on=on, result=OWN_RECORD)  # an activity is public


@before(ServiceRequest, "rate")
def rate_who_is_content(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Refuse a low score, which is an objection and opens a call back."""
    if request.rating is not None and request.rating < LOWEST_CONTENT:
        raise ValidationError({"rating": "不满意的请办理“不满意或没有办”，由社区回访。"})


@after(ServiceRequest, "rate")
def close_what_was_rated(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Take the step `close`: nothing more is expected."""
    take(request, "close", on=on)


@before(ServiceRequest, "object")
def object_with_cause(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Refuse where the resident is content; until when they are called back."""
    if not request.not_done and (request.rating is None or request.rating >= LOWEST_CONTENT):
        raise ValidationError({"rating": "请选择不满意的程度，或勾选“居民说没有办”。"})
    request.due_on = workdays.after(on, request.term(on).follow_up_days)


@after(ServiceRequest, "redo")
def doubt_its_hours(request: ServiceRequest, by: Any, on: datetime.date) -> None:
    """Hours that wait for a word are not certified; those certified are disputed: others decide on them.
    Who came then is named with the next service anew.
    """
    request.volunteers.clear()
    given = Service.objects.filter(activity__in=request.activities.all())
    for service in given.in_state(ServiceState.TO_CONFIRM):
        take(service, "refuse", on=on, note=UNDONE.format(request.number))
    for service in given.in_state(ServiceState.CERTIFIED):
        take(service, "dispute", on=on, note=UNDONE.format(request.number))


@nightly
def close_what_nobody_rated(day: datetime.date) -> None:
    """Take the step `close_unrated` where the resident's word was waited for long enough."""
    for request in ServiceRequest.objects.in_state(RequestState.DONE).overdue(day).order_by("pk"):
        take(request, "close_unrated", on=day, note=SILENT)


@transaction.atomic
def claim(request: ServiceRequest, *, by: Any, provider: Any) -> ServiceRequest:
    """Take up a request as the organization or team one acts for: whoever comes first.

    Raises PermissionDenied for whom the account does not act in the request's district, or where that leaves
    dispatching to its communities; ValidationError where somebody else was faster.
    """
    name = "team" if hasattr(provider, "dissolved_on") else "organization"
    stored = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    acts = [one for one in by.current_assignments if getattr(one, f"{name}_id") == provider.pk]
    if not any(contains(district_of(one.area_id), stored.area_id) for one in acts):
        raise PermissionDenied(f"{by.username} does not act for {provider} at {stored.area_id}")
    waits = (
        stored.state == RequestState.TO_DISPATCH and not stored.term(timezone.localdate()).claims
    )
    if waits or stored.state == RequestState.ESCALATED:
        raise PermissionDenied(f"requests of {stored.area_id} are dispatched by communities")
    with vouched(stored):
        sent = take(stored, "dispatch", note=TAKEN_UP.format(provider), **{name: provider})
        return take(sent, "accept", by=by)
