"""What steps of agreements, needs, resources and projects of co-building check and change besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.enums.cobuilding import AgreementState, JointState, NeedState, SupplyState
from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import after, before, take


@before(CoBuildingAgreement, "renew")
def renew_in_time(agreement: CoBuildingAgreement, by: Any, on: datetime.date) -> None:
    """Refuse to renew what is over, or not for longer."""
    ends_on = CoBuildingAgreement.objects.values_list("valid_to", flat=True).get(pk=agreement.pk)
    if on > ends_on:
        raise ValidationError(f"协议已于{date(ends_on)}到期，不能续签，请另签新协议。")
    if agreement.valid_to is not None and agreement.valid_to <= ends_on:
        raise ValidationError({"valid_to": f"续签须晚于现在的到期日{date(ends_on)}。"})


@before(CoBuildingAgreement, "terminate")
def end_after_its_projects(agreement: CoBuildingAgreement, by: Any, on: datetime.date) -> None:
    """Refuse while a project of the agreement is not ended."""
    if names := _names(agreement.cobuildingprojects.open()):
        raise ValidationError(f"项目{names}还没有结束，请先完成或终止。")


@after(CoBuildingAgreement, "terminate")
def withdraw_what_is_listed(agreement: CoBuildingAgreement, by: Any, on: datetime.date) -> None:
    """Withdraw needs and resources that no project took."""
    note = "协议终止，随之撤回。"
    for need in agreement.cobuildingneeds.in_state(NeedState.OPEN):
        take(need, "withdraw", on=on, note=note)
    for resource in agreement.cobuildingresources.in_state(SupplyState.AVAILABLE):
        take(resource, "withdraw", on=on, note=note)


@before(CoBuildingNeed, "withdraw")
@before(CoBuildingResource, "withdraw", "use_up")
def leave_what_is_in_use(
    entry: CoBuildingNeed | CoBuildingResource, by: Any, on: datetime.date
) -> None:
    """Refuse while a project uses the need or resource."""
    if names := _names(entry.projects.open()):
        raise ValidationError(f"项目{names}还没有结束，请先完成或终止。")


@before(CoBuildingNeed, "match")
def match_by_a_project(need: CoBuildingNeed, by: Any, on: datetime.date) -> None:
    """Refuse where no project under way meets the need."""
    if not need.projects.in_state(JointState.UNDER_WAY).exists():
        raise ValidationError("需求由项目对接：请先登记项目并开始实施。")


@before(CoBuildingProject, "start")
def start_under_an_agreement(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    """Refuse a day on which the agreement is not in force; nobody terminates it meanwhile."""
    agreement = CoBuildingAgreement.objects.select_for_update().get(pk=project.agreement_id)
    if agreement.state != AgreementState.SIGNED:
        raise ValidationError(f"协议“{agreement}”还没有签订或已经终止，不能开始实施。")
    if not agreement.valid_from <= on <= agreement.valid_to:
        term = f"{date(agreement.valid_from)}至{date(agreement.valid_to)}"
        raise ValidationError(f"协议期限为{term}，开始日期须在期限内；到期前可以续签。")


@after(CoBuildingProject, "start")
def match_its_need(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    """Take the step `match` of the need that the project meets."""
    take(project.need, "match", on=on, note=f"项目“{project}”开始实施。")


@after(CoBuildingProject, "complete")
def satisfy_its_need(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    """Take the step `satisfy` of its need, and `use_up` of a resource of which nothing is left."""
    take(project.need, "satisfy", on=on, note=f"项目“{project}”完成。")
    resource = project.resource
    if resource.left() == 0 and not resource.projects.open().exists():
        take(resource, "use_up", on=on, note=f"项目“{project}”用完。")


@after(CoBuildingProject, "terminate")
def release_its_need(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    """Open its need to another project."""
    if project.need.state == NeedState.MATCHED:
        take(project.need, "release", on=on, note=f"项目“{project}”终止。")


def _names(projects: Any) -> str:
    return "、".join(f"“{project}”" for project in projects[:3])
