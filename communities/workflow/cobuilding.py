"""What else happens when co-building agreements and projects move."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F

from communities.enums import NeedState
from communities.models import CoBuildingAgreement, CoBuildingProject, CoBuildingResource
from communities.models.cobuilding import IN_FORCE
from suzhou_portal.lifecycle.moves import after, before, take


@before(CoBuildingAgreement, "renew")
def _later(agreement: CoBuildingAgreement, by: Any, on: datetime.date) -> None:
    stored = CoBuildingAgreement.objects.get(pk=agreement.pk)
    if agreement.valid_to and stored.valid_to and agreement.valid_to <= stored.valid_to:
        raise ValidationError({"valid_to": "续签后的到期日期应晚于原到期日期。"})


@before(CoBuildingProject, "start")
def _under_an_agreement(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    if project.agreement.state not in IN_FORCE:
        raise ValidationError("共建协议尚未签订或已经终止，项目不能开始。")


@after(CoBuildingProject, "start")
def _joined(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    _promise(project, project.quantity or 0)
    take(project.need, "match", on=on, note=f"项目：{project}")


@after(CoBuildingProject, "finish")
def _need_met(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    take(project.need, "meet", on=on, note=f"项目：{project}")


@after(CoBuildingProject, "drop")
def _given_back(project: CoBuildingProject, by: Any, on: datetime.date) -> None:
    if project.started_on is None:
        return
    _promise(project, -(project.quantity or 0))
    if project.need.state == NeedState.MATCHED:
        take(project.need, "release", on=on, note=f"项目终止：{project}")


def _promise(project: CoBuildingProject, quantity: int) -> None:
    """More, or less, of the resource is promised; never more than there is."""
    resource = CoBuildingResource.objects.select_for_update().get(pk=project.resource_id)
    if resource.quantity is not None and resource.promised + quantity > resource.quantity:
        left = resource.quantity - resource.promised
        raise ValidationError(f"资源“{resource}”只剩{left}{resource.unit}，不够这个项目使用。")
    CoBuildingResource.objects.filter(pk=resource.pk).update(promised=F("promised") + quantity)
