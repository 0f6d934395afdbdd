"""What else happens when activities and services move."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.lifecycle.moves import after, before, take
from volunteers.enums.service import EARLIEST, ServiceState
from volunteers.models import Activity, Service


@before(Activity, "finish")
def _after_its_start(activity: Activity, by: Any, on: datetime.date) -> None:
    if on < activity.held_on:
        raise ValidationError({"taken_on": "活动还没有举行，不能结束。"})


@after(Activity, "finish")
def _who_did_not_come(activity: Activity, by: Any, on: datetime.date) -> None:
    for service in activity.services.in_state(ServiceState.SIGNED_UP):
        take(service, "absent", on=on)


@after(Activity, "cancel")
def _nobody_is_expected(activity: Activity, by: Any, on: datetime.date) -> None:
    for service in activity.services.in_state(ServiceState.SIGNED_UP):
        take(service, "withdraw", on=on, note="活动取消。")


@before(Service, "check_in")
def _came(service: Service, by: Any, on: datetime.date) -> None:
    if by is None and service.began:
        return  # a command that knows the time says it
    activity, now = service.activity, moment()
    if now < activity.begins - EARLIEST:
        raise ValidationError("还没有到签到时间：活动开始前1小时起可以签到。")
    if now >= activity.finishes:
        raise ValidationError("活动已经结束，不能签到；确实到场的请补录时长。")
    service.began = max(now, activity.begins).time().replace(second=0, microsecond=0)


@before(Service, "check_out")
def _left(service: Service, by: Any, on: datetime.date) -> None:
    if by is None and service.ended:
        return
    activity, now = service.activity, moment()
    ended = min(now, activity.finishes).time().replace(second=0, microsecond=0)
    if now <= activity.begins or service.began is None or ended <= service.began:
        raise ValidationError("签到和签退须至少相隔1分钟，并在活动开始以后。")
    service.ended = ended


@before(Service, "enter")
def _by_hand(service: Service, by: Any, on: datetime.date) -> None:
    if service.activity.begins > moment():
        raise ValidationError("活动还没有开始，不能补录。")
    service.by_hand, service.noted_by, service.confirmed_by = True, by, None


@before(Service, "confirm", "refuse")
def _who_confirmed(service: Service, by: Any, on: datetime.date) -> None:
    service.confirmed_by = by


@before(Service, "uphold")
def _of_something(service: Service, by: Any, on: datetime.date) -> None:
    if service.began is None or service.ended is None:
        raise ValidationError("没有到岗和离岗时间，无从维持；请补录时长或不予认定。")


def moment() -> datetime.datetime:
    """Now, by the clock on the district's wall."""
    return timezone.localtime().replace(tzinfo=None)
