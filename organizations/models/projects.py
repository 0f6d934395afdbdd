"""Projects the government purchases, and their evaluation by a third party."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from organizations.enums import EvaluationGrade
from organizations.models.register import SocialOrganization
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order, not_negative


class PurchasedProjectQuerySet(AreaRecordQuerySet):
    """Government-purchased projects."""

    def signed(self, day: datetime.date):
        """Those whose contract was signed by that day."""
        return self.filter(signed_on__lte=day)

    def evaluated(self, day: datetime.date):
        """Those with an evaluation by a third party made by that day."""
        return self.filter(
            Exists(Evaluation.objects.filter(project=OuterRef("pk"), evaluated_on__lte=day))
        )

    def unevaluated(self, day: datetime.date):
        """Those that ended by that day without an evaluation."""
        return self.filter(ends_on__lte=day).exclude(pk__in=self.evaluated(day).values("pk"))


class PurchasedProject(AreaRecord):
    """A social-work project that the government buys from an organization."""

    name = models.CharField("项目名称", max_length=80)
    provider = models.ForeignKey(
        SocialOrganization,
        models.PROTECT,
        verbose_name="承接组织",
        related_name="purchased_projects",
    )
    purchaser = models.CharField("购买主体", max_length=60)
    service_field = models.CharField("服务领域", max_length=20, blank=True)
    contract_amount = models.DecimalField("合同金额（元）", max_digits=14, decimal_places=2)
    paid_amount = models.DecimalField("已付金额（元）", max_digits=14, decimal_places=2, default=0)
    signed_on = models.DateField("签约日期")
    starts_on = models.DateField("实施开始")
    ends_on = models.DateField("实施结束")

    objects: ClassVar = PurchasedProjectQuerySet.as_manager()
    owned_by: ClassVar = {
        "organization": "provider_id",
        "evaluator": "evaluations__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "政府购买服务项目"
        ordering = ["area_id", "signed_on", "pk"]
        constraints = [
            in_order("purchase_dates", "starts_on", "ends_on", "实施结束不能早于实施开始。"),
            not_negative("purchase_not_negative", "contract_amount", "paid_amount"),
            models.CheckConstraint(
                name="purchase_paid_within_contract",
                condition=Q(paid_amount__lte=F("contract_amount")),
                violation_error_message="已付金额不能超过合同金额。",
            ),
            # Lets an evaluation refer to project and provider together (see its migration).
            models.UniqueConstraint(fields=["id", "provider"], name="purchase_id_and_provider"),
        ]

    def __str__(self):
        return self.name


class Evaluation(AreaRecord):
    """A third party's evaluation of a purchased project.

    The provider is repeated here so that the database itself can refuse an evaluator who is the
    provider: a composite foreign key keeps it the project's own.
    """

    project = models.ForeignKey(
        PurchasedProject, models.CASCADE, verbose_name="项目", related_name="evaluations"
    )
    provider = models.ForeignKey(
        SocialOrganization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="承接组织",
    )
    evaluator = models.ForeignKey(
        SocialOrganization, models.PROTECT, verbose_name="评估机构", related_name="evaluations_made"
    )
    evaluated_on = models.DateField("评估日期")
    grade = models.CharField("等次", max_length=10, choices=EvaluationGrade.choices)
    summary = models.TextField("评估意见", blank=True)

    owned_by: ClassVar = {
        "organization": "provider_id",
        "evaluator": "evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "第三方评估"
        ordering = ["area_id", "-evaluated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evaluation_by_third_party",
                condition=~Q(evaluator=F("provider")),
                violation_error_message="评估机构不能是项目的承接组织。",
            ),
        ]

    def __str__(self):
        return f"{self.project} {self.get_grade_display()}"

    def clean(self):
        """The evaluator is not the provider; said at the field."""
        if self.project_id and self.evaluator_id == self.project.provider_id:
            raise ValidationError({"evaluator": "评估机构不能是项目的承接组织。"})

    def save(self, *args, **kwargs):
        """Area and provider are the project's."""
        self.area_id, self.provider_id = self.project.area_id, self.project.provider_id
        super().save(*args, **kwargs)
