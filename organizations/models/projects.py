"""M16 政府购买服务: projects the government buys, from need to disclosure."""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from organizations.enums.purchases import CONTRACT, PURCHASE, UNSIGNED, Procurement, PurchaseState
from organizations.models.register import SocialOrganization
from organizations.third_parties import account_note
from suzhou_portal import formats
from suzhou_portal.accounts.guard import may
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, not_negative, together
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import having

MOST_BUDGET = 10_000_000  # 元 of one project that go without saying
SIGNED_RULE = "签约须有承接组织、合同金额、签约日期和起止日期；签约以前不填。"


class PurchasedProjectQuerySet(StagedQuerySet):
    def evaluated(self, day: datetime.date):
        """Government-purchased projects with an evaluation by a third party made by that day."""
        evaluation: Any = self.model._meta.get_field("evaluations").related_model
        made = evaluation.objects.filter(project=OuterRef("pk"), evaluated_on__lte=day)
        return self.filter(Exists(made))

    def unevaluated(self, day: datetime.date):
        """Government-purchased projects that ended by that day without an evaluation."""
        return self.filter(ends_on__lte=day).exclude(pk__in=self.evaluated(day).values("pk"))


class PurchasedProject(Reasoned, Staged):
    """A social-work project that the government buys from an organization, from need to disclosure.

    Until it is signed it has neither provider nor contract. `paid_amount` (元) is the sum of its
    payments: the database keeps it so (see the migration), and never above the contract.
    """

    lifecycle = PURCHASE
    derived = ("paid_amount",)

    name = Name("项目名称", max_length=80)
    need = Prose(
        "需求", max_length=1000, blank=True, help_text="为谁解决什么问题，要达到什么效果。"
    )
    purchaser = Name("购买主体", max_length=60)
    service_field = Line("服务领域", max_length=20, blank=True)
    budget = models.DecimalField(
        "预算（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    procurement = models.CharField(
        "采购方式", max_length=15, choices=Procurement.choices, blank=True
    )
    provider = refers_to(SocialOrganization, "承接组织", "purchased_projects", optional=True)
    contract_amount = models.DecimalField(
        "合同金额（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    paid_amount = models.DecimalField(
        "已付金额（元）", max_digits=14, decimal_places=2, default=0, editable=False
    )
    plan = Prose(
        "实施方案", max_length=2000, blank=True, help_text="做什么、怎么做、分几步、何时完成。"
    )
    approved_on = PastDay("立项日期", null=True, blank=True, editable=False)
    procured_on = PastDay("开始采购日期", null=True, blank=True, editable=False)
    signed_on = PastDay("签约日期", null=True, blank=True)
    starts_on = PlannedDay("实施开始", null=True, blank=True)
    ends_on = PlannedDay("实施结束", null=True, blank=True)
    result = Prose("成效", max_length=2000, blank=True)
    completed_on = PastDay("结项日期", null=True, blank=True, editable=False)
    disclosed_on = PastDay("公示日期", null=True, blank=True, editable=False)
    terminated_on = PastDay("解除合同日期", null=True, blank=True, editable=False)

    objects: ClassVar = PurchasedProjectQuerySet.as_manager()
    plausible: ClassVar = {"budget": MOST_BUDGET, "contract_amount": MOST_BUDGET}
    owned_by: ClassVar = {
        "organization": "provider_id",
        "evaluator": "evaluations__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "政府购买服务项目"
        ordering = ["area_id", "signed_on", "pk"]
        constraints = [
            in_order("purchase_dates", "starts_on", "ends_on", "实施结束不能早于实施开始。"),
            in_order(
                "purchase_procured", "approved_on", "procured_on", "开始采购不能早于立项日期。"
            ),
            in_order("purchase_signed", "procured_on", "signed_on", "签约不能早于开始采购日期。"),
            in_order("purchase_over", "starts_on", "completed_on", "结项不能早于服务开始日期。"),
            in_order("purchase_completed", "signed_on", "completed_on", "结项不能早于签约日期。"),
            in_order(
                "purchase_disclosed", "completed_on", "disclosed_on", "公示不能早于结项日期。"
            ),
            in_order(
                "purchase_terminated", "signed_on", "terminated_on", "解除合同不能早于签约日期。"
            ),
            not_negative("purchase_not_negative", "contract_amount", "paid_amount", "budget"),
            check(
                "purchase_paid_within_contract",
                Q(paid_amount__lte=F("contract_amount")),
                "已付金额不能超过合同金额。",
            ),
            check(
                "purchase_paid_under_a_contract",
                Q(contract_amount__isnull=False) | Q(paid_amount=0),
                "还没有签约，不能付款。",
            ),
            check(
                "purchase_within_budget",
                Q(budget__isnull=True)
                | Q(contract_amount__isnull=True)
                | Q(contract_amount__lte=F("budget")),
                "合同金额不能超过预算。",
                at="contract_amount",
            ),
            check(
                "purchase_signed_has_contract",
                having(*UNSIGNED, blank=("signed_on", "provider", "contract_amount"))
                | ~Q(state__in=UNSIGNED)
                & Q(signed_on__isnull=False, provider__isnull=False, contract_amount__isnull=False)
                & Q(starts_on__isnull=False, ends_on__isnull=False),
                SIGNED_RULE,
            ),
            check(
                "purchase_completed_with_result",
                ~Q(state__in=["completed", "disclosed"])
                | Q(completed_on__isnull=False) & ~Q(result=""),
                "结项须写明成效。",
            ),
            together("purchase_id_and_provider", "provider"),
        ]

    @property
    def is_signed(self) -> bool:
        """Whether there is, or was, a contract."""
        return self.state not in UNSIGNED

    @property
    def unpaid_amount(self):
        """What of the contract is not paid yet, in 元; None without a contract."""
        return None if self.contract_amount is None else self.contract_amount - self.paid_amount

    @property
    def spent_text(self) -> str:
        """What the provider says it has spent under the contract, for a page."""
        spent = self.reports.aggregate(total=models.Sum("spent"))["total"]
        return "" if spent is None else f"{formats.number(spent, 2)}元"

    @property
    def part_of_provider(self) -> str:
        """What the provider did, for a page: how many people it reached, by the reports that were accepted."""
        reports = self.reports.in_state("accepted")
        reached = reports.aggregate(total=models.Sum("reached"))["total"]
        said = "" if reached is None else f"，报告服务{reached}人次"
        return f"{self.provider}承接{said}"

    @property
    def account_text(self) -> str:
        """Whether somebody can sign in for the provider, who alone hands in and reports."""
        if self.provider is None:
            return ""
        return account_note(self.provider, Role.ORGANIZATION, timezone.localdate())

    def clean(self):
        """A contract signed before the portal knew of it is entered as signed, by who purchases."""
        super().clean()
        if self._state.adding and self.signed_on and self.state == PurchaseState.NEED:
            if not may("purchase", self):
                raise ValidationError("社区和街道只提出需求；合同由区级登记。")
            self.state = PurchaseState.SIGNED
        filled = [getattr(self, name) is not None for name in (*CONTRACT, "signed_on")]
        if self.is_signed != all(filled):
            raise ValidationError(SIGNED_RULE)
