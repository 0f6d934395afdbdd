"""What steps of purchased projects check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums.base import OrganizationKind
from organizations.enums.supervision import EvaluationKind
from organizations.models import PurchasedProject, Rectification
from suzhou_portal.lifecycle.moves import before, require_after


@before(PurchasedProject, "sign")
def sign_with_a_legal_person(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    """Refuse a provider that is no legal person any more, or never was.

    Source: 《政府购买服务管理办法》（财政部令第102号）第六条.
    """
    provider = project.provider
    if provider is None:
        return  # said at the field already
    if provider.kind == OrganizationKind.FILED:
        raise ValidationError({"provider": "街道备案的组织没有法人资格，不能承接政府购买服务。"})
    if provider.deregistered_on and provider.deregistered_on <= on:
        raise ValidationError({"provider": "这个组织已经注销。"})


@before(PurchasedProject, "pass_midterm", "pass_final")
def pass_once_evaluated(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    """Refuse without a settled evaluation of the kind that the state is named after."""
    kind = EvaluationKind(project.state)
    settled = project.evaluations.in_state("settled").filter(kind=kind)
    if not settled.exists():
        raise ValidationError(f"还没有确认结果的{kind.label}，请先委托第三方评估并确认结果。")
    require_after(settled, on)


@before(PurchasedProject, "complete")
def complete_with_nothing_open(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    """Refuse while something is to be put right, or promised and not accepted, and a day before it was."""
    rectified = Rectification.objects.filter(evaluation__project=project)
    if open_ones := rectified.open().count():
        raise ValidationError(f"还有{open_ones}项整改没有复核通过，不能结项。")
    if missing := project.deliverables.open().count():
        raise ValidationError(f"还有{missing}项成果没有验收，不能结项。")
    for below in (rectified, project.deliverables.all(), project.evaluations.all()):
        require_after(below, on)
