"""M16: what is paid under a contract, and what the contract promises in return."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.enums.purchases import DELIVERABLE
from organizations.models.projects import PurchasedProject
from suzhou_portal import formats
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.reversal import Reversible, reversal_rules, reversible

UNSIGNED = "项目签约以后才能付款。"
ABOVE_ZERO = "付款金额须大于0。"


class Payment(Reversible):
    """One payment under a project's contract, in 元; reversed, it counts no longer.

    The database keeps all of them together within the contract, also when two are entered at once,
    and none before the contract was signed.
    """

    lifecycle = reversible("payment")
    stands_with = "project"

    project = refers_to(PurchasedProject, "项目", "payments")
    amount = models.DecimalField("付款金额（元）", max_digits=14, decimal_places=2)
    paid_on = PastDay("付款日期", default=timezone.localdate)
    note = Line("款项", max_length=60, blank=True, help_text="如：首付款、中期款、尾款。")

    owned_by: ClassVar = {
        "organization": "project__provider_id",
        "evaluator": "project__evaluations__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "购买服务付款"
        ordering = ["area_id", "paid_on", "pk"]
        constraints = [
            check("payment_above_zero", Q(amount__gt=0), ABOVE_ZERO, at="amount"),
            *reversal_rules("payment", "paid_on", "amount", "project"),
        ]

    def __str__(self):
        return f"{self.note or '付款'}{formats.number(self.amount, 2)}元"

    def clean(self):
        """Covered by the contract, together with the others."""
        super().clean()
        if not self.stands or not self.project_id or self.amount is None or self.paid_on is None:
            return
        contract = PurchasedProject.objects.get(pk=self.project_id)
        require_covered(contract, [*contract.payments.kept().exclude(pk=self.pk), self])


def require_covered(contract: PurchasedProject, payments: list[Payment]) -> None:
    """All of a contract's payments are made after it was signed, and together within its amount.

    Raises ValidationError; where it can, at a field, which is the last payment's.
    """
    if contract.signed_on is None or contract.contract_amount is None:
        raise ValidationError(UNSIGNED)
    if any(payment.paid_on < contract.signed_on for payment in payments):
        raise ValidationError({"paid_on": "付款日期不能早于签约日期。"})
    *others, last = payments
    left = contract.contract_amount - sum(other.amount for other in others)
    if last.amount > left:
        most = f"最多还可付{formats.number(left, 2)}元，" if left >= 0 else ""
        signed = f"合同金额{formats.number(contract.contract_amount, 2)}元，"
        raise ValidationError({"amount": f"{signed}{most}已付金额不能超过合同金额。"})


class Deliverable(Staged):
    """Something the contract promises, handed in by the provider and accepted by the purchaser."""

    lifecycle = DELIVERABLE
    stands_with = "project"

    project = refers_to(PurchasedProject, "项目", "deliverables")
    name = Name("成果", max_length=60, help_text="如：服务档案、满意度调查报告。")
    due_on = PlannedDay("提交期限")
    content = Prose("提交内容", max_length=1000, blank=True)
    submitted_on = PastDay("提交日期", null=True, blank=True, editable=False)
    accepted_on = PastDay("验收日期", null=True, blank=True, editable=False)

    owned_by: ClassVar = {
        "organization": "project__provider_id",
        "evaluator": "project__evaluations__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "购买服务成果"
        ordering = ["area_id", "due_on", "pk"]
        constraints = [
            in_order(
                "deliverable_accepted", "submitted_on", "accepted_on", "验收不能早于提交日期。"
            ),
            check(
                "deliverable_submitted_with_content",
                Q(state="promised", submitted_on__isnull=True)
                | ~Q(state="promised") & Q(submitted_on__isnull=False) & ~Q(content=""),
                "提交成果须写明内容。",
            ),
            unique("deliverable_once", "该项目已有同名成果。", "project", "name"),
        ]
