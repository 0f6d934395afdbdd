"""What steps of partnerships, projects, allocations and duties check and change besides."""

import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from charity.enums.tracing import AllocationState, DutyState
from charity.models import (
    Allocation,
    CharityProject,
    CharityResource,
    DisclosureDuty,
    Partnership,
    ResourceUse,
)
from charity.models.duties import missing
from suzhou_portal.figures.dates import site_date
from suzhou_portal.lifecycle.moves import after, before, take
from suzhou_portal.nightly import nightly

ENDED = "项目已结束，改为全面公开。"


@before(Partnership, "renew")
def renew_for_longer(partnership: Partnership, by: Any, on: datetime.date) -> None:
    """Refuse a new end that is not later than the present one."""
    stored = Partnership.objects.get(pk=partnership.pk)
    if stored.valid_to and partnership.valid_to and partnership.valid_to <= stored.valid_to:
        raise ValidationError({"valid_to": "续签后的到期日期应晚于原到期日期。"})


@after(CharityProject, "start")
def owe_disclosures(project: CharityProject, by: Any, on: datetime.date) -> None:
    """Record what must be disclosed by now of the project, and next."""
    owe(project, max(on, site_date()))


@after(CharityProject, "finish", "stop")
def owe_full_disclosure(project: CharityProject, by: Any, on: datetime.date) -> None:
    """Record what was due until the end, and the full report; end only what would have come due later.
    What is overdue stays owed.
    """
    day = max(on, site_date())
    for duty in project.duties.in_state(DutyState.DUE).filter(due_on__gt=day):
        take(duty, "lapse", on=on, note=ENDED)
    owe(project, day)


@before(DisclosureDuty, "lapse", "restore")
def waive_for_others(duty: DisclosureDuty, by: Any, on: datetime.date) -> None:
    """Refuse whoever entered the project or took a step of it."""
    project = duty.project
    if by and (project.entered_by_id == by.pk or project.steps().filter(by=by).exists()):
        raise ValidationError("您登记或办理过这个项目，是否免除公开由其他人决定。")


@nightly
def owe_by_date(day: datetime.date) -> None:
    """Record what has become due of the projects of the portal since the night before."""
    for pk in CharityProject.objects.begun(day).values_list("pk", flat=True):
        with transaction.atomic():
            owe(CharityProject.objects.select_for_update().get(pk=pk), day)


def owe(project: CharityProject, day: datetime.date) -> None:
    """Record all that the project owes and nobody has recorded; the project is held. What a former version
    let lapse with the end of the project, though it was overdue, is owed again.
    """
    for duty in missing(project, day):
        duty.save()
    if project.ended_on is None:
        return
    for duty in project.duties.in_state(DutyState.LAPSED).filter(due_on__lte=project.ended_on):
        latest = duty.steps().filter(verb="lapse").order_by("-pk").first()
        if latest and latest.note == ENDED:
            take(duty, "restore", note="结项以前已经到期的公开，不因结项免除。")


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
