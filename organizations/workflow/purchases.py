"""What else happens when a purchased project or something it promises moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums import EvaluationKind, OrganizationKind
from organizations.models import Deliverable, PurchasedProject, Rectification
from suzhou_portal.lifecycle.moves import before


@before(PurchasedProject, "fail")
def _procured_anew(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    project.procured_on = None
    project.procurement = ""


@before(PurchasedProject, "sign")
def _provider_may_sign(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    """A provider is a legal person at work: 《政府购买服务管理办法》（财政部令第102号）第六条."""
    provider = project.provider
    if provider is None:
        return  # said at the field already
    if provider.kind == OrganizationKind.FILED:
        raise ValidationError({"provider": "街道备案的组织没有法人资格，不能承接政府购买服务。"})
    if provider.deregistered_on and provider.deregistered_on <= on:
        raise ValidationError({"provider": "这个组织已经注销。"})


@before(PurchasedProject, "pass_midterm")
def _midterm_settled(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    _require_evaluation(project, EvaluationKind.MIDTERM)


@before(PurchasedProject, "pass_final")
def _final_settled(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    _require_evaluation(project, EvaluationKind.FINAL)


@before(PurchasedProject, "complete")
def _nothing_left(project: PurchasedProject, by: Any, on: datetime.date) -> None:
    open_ones = Rectification.objects.filter(evaluation__project=project).open().count()
    if open_ones:
        raise ValidationError(f"还有{open_ones}项整改没有复核通过，不能结项。")
    missing = project.deliverables.open().count()
    if missing:
        raise ValidationError(f"还有{missing}项成果没有验收，不能结项。")


@before(Deliverable, "send_back")
def _not_submitted_yet(deliverable: Deliverable, by: Any, on: datetime.date) -> None:
    deliverable.submitted_on = None


def _require_evaluation(project: PurchasedProject, kind: EvaluationKind) -> None:
    settled = project.evaluations.in_state("settled")
    if not settled.filter(kind=kind).exists():
        raise ValidationError(f"还没有确认结果的{kind.label}，请先委托第三方评估并确认结果。")
