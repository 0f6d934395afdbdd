"""What steps of partnerships, projects, allocations and duties check and change besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from charity.enums.tracing import DutyState
from charity.models import Allocation, CharityProject, CharityResource, DisclosureDuty, Partnership
from charity.models.duties import final_duty, next_duty
from suzhou_portal.lifecycle.moves import after, before, take


@before(Partnership, "renew")
def renew_for_longer(partnership: Partnership, by: Any, on: datetime.date) -> None:
    """Refuse a new end that is not later than the present one."""
    stored = Partnership.objects.get(pk=partnership.pk)
    if stored.valid_to and partnership.valid_to and partnership.valid_to <= stored.valid_to:
        raise ValidationError({"valid_to": "续签后的到期日期应晚于原到期日期。"})


@after(CharityProject, "start")
def owe_first_disclosure(project: CharityProject, by: Any, on: datetime.date) -> None:
    """Record when the project must first be reported on in public, if it is long or urgent."""
    if duty := next_duty(project, on):
        duty.save()


@after(CharityProject, "finish", "stop")
def owe_full_disclosure(project: CharityProject, by: Any, on: datetime.date) -> None:
    """Replace reports still due by the full one that the end of the project asks for."""
    for duty in project.duties.in_state(DutyState.DUE):
        take(duty, "lapse", on=on, note="项目已结束，改为全面公开。")
    final_duty(project, on).save()


@after(DisclosureDuty, "disclose")
def owe_next_disclosure(duty: DisclosureDuty, by: Any, on: datetime.date) -> None:
    """Record when a project under way must be reported on again."""
    if duty.project.state == "running" and (following := next_duty(duty.project, on)):
        following.save()


@before(Allocation, "approve")
def allocate_what_was_received(allocation: Allocation, by: Any, on: datetime.date) -> None:
    """Refuse a day before the resource came; others who allocate of it wait."""
    resource = CharityResource.objects.select_for_update().get(pk=allocation.resource_id)
    if on < resource.received_on:
        raise ValidationError({"allocated_on": "分配日期不能早于资源到位日期。"})


@before(Allocation, "settle")
def return_what_is_left(allocation: Allocation, by: Any, on: datetime.date) -> None:
    """Fill in what was not used, in 元 and pieces: it goes back to the resource."""
    used = allocation.used
    allocation.returned_value = allocation.value - used["value"]
    if allocation.quantity is not None:
        allocation.returned_quantity = allocation.quantity - used["quantity"]
