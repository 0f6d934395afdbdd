"""What steps of partnerships, projects, allocations and duties check and change besides."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from charity.enums.tracing import AllocationState, DutyState
from charity.models import (
    Allocation,
    CharityProject,
    CharityResource,
    DisclosureDuty,
    Partnership,
    ResourceUse,
)
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


@before(Allocation, "reopen")
def take_back_what_was_left(allocation: Allocation, by: Any, on: datetime.date) -> None:
    """Nothing is returned any more, as far as the resource still has it; others who allocate of it wait."""
    CharityResource.objects.select_for_update().get(pk=allocation.resource_id)
    allocation.returned_value = allocation.returned_quantity = Decimal(0)


@before(CharityResource, "reverse")
def reverse_what_nobody_got(resource: CharityResource, by: Any, on: datetime.date) -> None:
    """Refuse while some of it is allocated."""
    if (
        resource.allocations.exclude(state=AllocationState.WITHDRAWN)
        .filter(net_value__gt=0)
        .exists()
    ):
        raise ValidationError("这项资源已经分配，请先撤回分配，或冲正使用后结清。")


@before(ResourceUse, "reverse")
def reverse_while_open(use: ResourceUse, by: Any, on: datetime.date) -> None:
    """Refuse once the allocation is settled: what is left of it has gone back."""
    if (
        Allocation.objects.select_for_update().get(pk=use.allocation_id).state
        == AllocationState.SETTLED
    ):
        raise ValidationError("这笔分配已结清，请先“重新打开”分配，再冲正使用。")
