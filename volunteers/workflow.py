"""What steps of musters, activities and services check and change beside what their tables say."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import EmergencyPlan
from suzhou_portal import clock
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import after, before, take
from volunteers.enums.emergencies import MusterState
from volunteers.enums.service import EARLIEST, ServiceState
from volunteers.models import (
    Activity,
    Emergency,
    Muster,
    Service,
    Volunteer,
    VolunteerApplication,
)

UNPLACED = "待社区确定"


@after(Emergency, "activate")
def order_musters(emergency: Emergency, by: Any, on: datetime.date) -> None:
    """Order a muster in each community of the area, where its plan for that kind of event says and led by
    the first whom the plan names, the plan of that level before others.
    """
    inside = Area.objects.inside(emergency.area_id).filter(level=Level.COMMUNITY).in_force(on)
    made = emergency.musters.values("area")
    plans = EmergencyPlan.objects.within(emergency.area_id).in_effect(on)
    plans = plans.filter(kind=emergency.kind).prefetch_related("contacts")
    # The last one of a community stands: the plan of that level.
    fitting = sorted(plans, key=lambda plan: plan.level == emergency.level)
    by_place = {plan.area_id: plan for plan in fitting}
    for community in inside.exclude(code__in=made).order_by("code"):
        plan = by_place.get(community.code)
        [leader, *_] = [*plan.contacts.all(), None] if plan else [None]
        Muster(
            emergency=emergency,
            area=community,
            place=plan.assembly_place if plan else UNPLACED,
            leader=leader.name if leader else "",
            phone=leader.phone if leader else "",
            is_demo=emergency.is_demo,
        ).save()


@after(Emergency, "restore")
def drop_orders(emergency: Emergency, by: Any, on: datetime.date) -> None:
    """Cancel the musters to which nobody was called."""
    for muster in emergency.musters.in_state(MusterState.ORDERED):
        take(muster, "cancel", on=on, note="已恢复平时，没有通知集结。")


@before(Muster, "call")
def note_call(muster: Muster, by: Any, on: datetime.date) -> None:
    """Fill in the time, by the clock; a command that knows the time says it."""
    if by is not None or muster.called_at is None:
        muster.called_at = timezone.now()


@before(Muster, "cancel")
def cancel_with_nobody_there(muster: Muster, by: Any, on: datetime.date) -> None:
    """Refuse once somebody has checked in: they stand down instead."""
    if muster.check_ins.exists():
        raise ValidationError("已有人签到，请按“集结完毕”后撤收，不能取消。")


@before(Activity, "finish")
def finish_when_it_was_held(activity: Activity, by: Any, on: datetime.date) -> None:
    """Refuse a day before the activity."""
    if on < activity.held_on:
        raise ValidationError({"taken_on": "活动还没有举行，不能结束。"})


@after(Activity, "finish")
def mark_who_did_not_come(activity: Activity, by: Any, on: datetime.date) -> None:
    """Take the step `absent` for everybody who signed up and did not check in."""
    for service in activity.services.in_state(ServiceState.SIGNED_UP):
        take(service, "absent", on=on)


@after(Activity, "cancel")
def withdraw_who_signed_up(activity: Activity, by: Any, on: datetime.date) -> None:
    """Take the step `withdraw` for everybody who signed up."""
    for service in activity.services.in_state(ServiceState.SIGNED_UP):
        take(service, "withdraw", on=on, note="活动取消。")


@before(VolunteerApplication, "confirm")
def enter_the_volunteer(application: VolunteerApplication, by: Any, on: datetime.date) -> None:
    """Enter the person among the volunteers, which gives the number. Refuse who is one already."""
    volunteer = Volunteer(
        area=application.area,
        name=application.name,
        phone=application.phone,
        skills=application.skills,
        registered_on=on,
        is_demo=application.is_demo,
    )
    volunteer.check_rules()
    with vouched(application):
        volunteer.save()
    application.volunteer = volunteer


@before(Service, "check_in")
def note_arrival(service: Service, by: Any, on: datetime.date) -> None:
    """Fill in the time, by the clock; a command that knows the time says it."""
    if by is None and service.began:
        return
    activity, now = service.activity, moment()
    if now < activity.begins - EARLIEST:
        raise ValidationError("还没有到签到时间：活动开始前1小时起可以签到。")
    if now >= activity.finishes:
        raise ValidationError("活动已经结束，不能签到；确实到场的请补录时长。")
    service.began = max(now, activity.begins).time().replace(second=0, microsecond=0)


@before(Service, "check_out")
def note_leaving(service: Service, by: Any, on: datetime.date) -> None:
    """Fill in the time, by the clock and not after the end; a command that knows it says it."""
    if by is None and service.ended:
        return
    activity, now = service.activity, moment()
    left = min(now, activity.finishes).replace(second=0, microsecond=0)
    if service.began is None or left <= clock.moment(
        activity.held_on, activity.starts, service.began
    ):
        raise ValidationError("签到和签退须至少相隔1分钟，并在活动开始以后。")
    service.ended = left.time()


@before(Service, "enter")
def note_hours_by_hand(service: Service, by: Any, on: datetime.date) -> None:
    """Refuse before the activity begins, and hours that are not over; mark them as entered by hand."""
    if service.activity.begins > moment():
        raise ValidationError("活动还没有开始，不能补录。")
    require_over(service.activity.held_on, service.began, service.ended)
    service.by_hand = True


@before(Service, "uphold")
def uphold_known_hours(service: Service, by: Any, on: datetime.date) -> None:
    """Refuse where nobody knows from when to when."""
    if service.began is None or service.ended is None:
        raise ValidationError("没有到岗和离岗时间，无从维持；请补录时长或不予认定。")


def require_over(
    day: datetime.date, began: datetime.time | None, ended: datetime.time | None
) -> None:
    """Raises ValidationError where hours of that day lie ahead: nobody has served them yet."""
    if began and ended and clock.moment(day, began, ended) > moment():
        raise ValidationError({"ended": "结束时间还没有到。"})


def moment() -> datetime.datetime:
    """Now, by the clock on the district's wall."""
    return timezone.localtime().replace(tzinfo=None)
