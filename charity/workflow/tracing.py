"""What else happens when partnerships, projects, allocations and duties move."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from charity.enums import DutyState
from charity.models import Allocation, CharityProject, CharityResource, DisclosureDuty, Partnership
from charity.models.duties import final_duty, next_duty
from suzhou_portal.lifecycle.moves import after, before, take


@before(Partnership, "renew")
def _later(partnership: Partnership, by: Any, on: datetime.date) -> None:
    stored = Partnership.objects.get(pk=partnership.pk)
    if stored.valid_to and partnership.valid_to and partnership.valid_to <= stored.valid_to:
        raise ValidationError({"valid_to": "续签后的到期日期应晚于原到期日期。"})


@after(CharityProject, "start")
def _first_duty(project: CharityProject, by: Any, on: datetime.date) -> None:
    if duty := next_duty(project, on):
        duty.save()


@after(CharityProject, "finish", "stop")
def _full_report(project: CharityProject, by: Any, on: datetime.date) -> None:
    for duty in project.duties.in_state(DutyState.DUE):
        take(duty, "lapse", on=on, note="项目已结束，改为全面公开。")
    final_duty(project, on).save()


@after(DisclosureDuty, "disclose")
def _next_duty(duty: DisclosureDuty, by: Any, on: datetime.date) -> None:
    if duty.project.state == "running" and (following := next_duty(duty.project, on)):
        following.save()


@before(Allocation, "approve")
def _still_enough(allocation: Allocation, by: Any, on: datetime.date) -> None:
    resource = CharityResource.objects.select_for_update().get(pk=allocation.resource_id)
    if on < resource.received_on:
        raise ValidationError({"allocated_on": "分配日期不能早于资源到位日期。"})


@before(Allocation, "settle")
def _left_over(allocation: Allocation, by: Any, on: datetime.date) -> None:
    used = allocation.used
    allocation.returned_value = allocation.value - used["value"]
    if allocation.quantity is not None:
        allocation.returned_quantity = allocation.quantity - used["quantity"]
