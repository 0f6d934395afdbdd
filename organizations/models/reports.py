"""M16: what the provider of a purchased project tells of its progress and spending."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from organizations.enums.purchases import REPORT
from organizations.models.projects import PurchasedProject
from suzhou_portal import formats
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.fields import PastDay, Prose
from suzhou_portal.lifecycle.models import Staged


class ProjectReport(Staged):
    """Progress and spending of one period of a project, written by its provider, reviewed by the purchaser.

    `spent` (元) is what was spent in the period; all of a project's reports together stay within its
    contract, which writers hold one after the other. `reached` counts 人次.
    """

    lifecycle = REPORT
    stands_with = "project"

    project = refers_to(PurchasedProject, "项目", "reports")
    from_on = PastDay("起始日期")
    to_on = PastDay("截止日期")
    progress = Prose("进展", max_length=2000, help_text="做了什么，与实施方案相比如何。")
    reached = models.PositiveIntegerField("服务人次（人次）", null=True, blank=True)
    spent = models.DecimalField("本期支出（元）", max_digits=14, decimal_places=2)
    spending = Prose("支出说明", max_length=1000, blank=True)
    submitted_on = PastDay("提交日期", null=True, blank=True, editable=False)
    accepted_on = PastDay("审核日期", null=True, blank=True, editable=False)

    owned_by: ClassVar = {
        "organization": "project__provider_id",
        "evaluator": "project__evaluations__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "进展和支出报告"
        ordering = ["area_id", "-to_on", "pk"]
        constraints = [
            in_order("project_report_period", "from_on", "to_on", "截止日期不能早于起始日期。"),
            in_order(
                "project_report_submitted", "from_on", "submitted_on", "提交不能早于起始日期。"
            ),
            in_order(
                "project_report_accepted", "submitted_on", "accepted_on", "审核不能早于提交日期。"
            ),
            check("project_report_spent", Q(spent__gte=0), "支出不能小于0。", at="spent"),
            unique(
                "project_report_once", "这个项目同一期的报告已有。", "project", "to_on", at="to_on"
            ),
        ]

    def __str__(self):
        return f"{formats.date(self.from_on)}至{formats.date(self.to_on)}"

    def clean(self):
        """Of time that is over and not told of yet, within the contract; said at the field."""
        if not (self.project_id and self.from_on and self.to_on):
            return
        if not self.project.is_signed:
            raise ValidationError("项目签约以后才能报告进展。")
        if self.to_on > timezone.localdate():
            raise ValidationError({"to_on": "报告的是已经过去的一段时间，截止日期不能晚于今天。"})
        others = self.project.reports.exclude(pk=self.pk)
        if others.filter(from_on__lte=self.to_on, to_on__gte=self.from_on).exists():
            raise ValidationError({"from_on": "这段时间与另一份报告重叠。"})
        self._require_covered(others)

    def _require_covered(self, others: models.QuerySet) -> None:
        signed = self.project.contract_amount or Decimal(0)
        left = signed - (others.aggregate(total=Sum("spent"))["total"] or 0)
        if self.spent is not None and self.spent > left:
            said = f"合同金额{formats.number(signed, 2)}元，最多还可报支出{formats.number(left, 2)}元。"
            raise ValidationError({"spent": said})
