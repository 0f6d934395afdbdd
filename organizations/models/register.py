"""The register of social organizations and what the incubation centre offers them."""

import datetime
from typing import ClassVar

from django.contrib import admin
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from organizations.enums.base import REGISTERED_AS, OrganizationKind, Origin
from organizations.enums.incubation import ServiceTier
from suzhou_portal import credit_code
from suzhou_portal.areas import codes
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import Area, AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.areas.succession import answered_for
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import CreditCode, Line, Name, PastDay, PersonName, Phone
from suzhou_portal.search import Characters

GRADES = [(stars, f"{stars}A") for stars in range(1, 6)]


class SocialOrganizationQuerySet(AreaRecordQuerySet):
    def introduced_or_incubated(self, day: datetime.date):
        """Organizations introduced or incubated by that day, street-filed ones and ended ones too."""
        return self.until(day, "joined_on").filter(origin__in=[Origin.INTRODUCED, Origin.INCUBATED])

    def active(self, day: datetime.date):
        """Organizations at work on that day."""
        return self.open_on(day, "joined_on", "deregistered_on")

    def reaching(self, code: str):
        """Organizations standing in the division or anywhere inside it, and those serving it; the same of
        what was merged into it.
        """
        places = answered_for(code)
        serving = SocialOrganization.objects.filter(codes.inside("areas_served__code", places))
        inside = codes.inside("area__code", places)
        standing = codes.each_inside("area__code", places)
        return self.in_parts(*standing, Q(pk__in=serving.values("pk")) & ~inside)


class SocialOrganization(Reasoned, AreaRecord):
    """A social organization: registered with civil affairs, or filed with a street."""

    name = Name("名称", max_length=80)
    kind = models.CharField("类型", max_length=15, choices=OrganizationKind.choices)
    origin = models.CharField("来源", max_length=12, choices=Origin.choices)
    joined_on = PastDay("引入或培育日期")
    deregistered_on = PastDay("注销日期", null=True, blank=True)
    credit_code = CreditCode(
        "统一社会信用代码", max_length=18, blank=True, help_text="街道备案的组织没有代码，请留空。"
    )
    code_exception = Line(
        "代码核验例外的理由",
        max_length=100,
        blank=True,
        help_text="代码确实无法通过核验时填写理由，列表中会标出。",
    )
    grade = models.PositiveSmallIntegerField("评估等级", choices=GRADES, null=True, blank=True)
    graded_on = PastDay("评定日期", null=True, blank=True, help_text="等级自评定起5年有效。")
    field = Line("服务领域", max_length=20, blank=True)
    areas_served = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name="服务地区",
        help_text="所属地区以外的服务地区，只用于筛选，不重复计数。",
    )
    representative = PersonName(
        "法定代表人", max_length=30, blank=True, help_text="用于核对评估机构与承接组织是否有关联。"
    )
    contact = PersonName("联系人", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)

    objects: ClassVar = SocialOrganizationQuerySet.as_manager()
    masked: ClassVar = {
        "representative": Mask.NAME,
        "contact": Mask.NAME,
        "phone": Mask.PHONE,
    }
    contact_columns = ("contact", "phone")
    alike: ClassVar = (("name",),)
    used_until = "deregistered_on"
    owned_by: ClassVar = {"organization": "pk"}
    shared = True  # a street's project may be done by a district's organization

    class Meta:
        verbose_name = verbose_name_plural = "社会组织"
        ordering = ["area_id", "name", "pk"]
        indexes = [GinIndex(Characters("name"), name="organization_name")]
        constraints = [
            in_order(
                "organization_dates",
                "joined_on",
                "deregistered_on",
                "注销日期不能早于引入或培育日期。",
            ),
            in_order(
                "organization_graded",
                "graded_on",
                "deregistered_on",
                "注销不能早于评估等级的日期。",
            ),
            check(
                "organization_filed_has_no_code",
                ~Q(kind=OrganizationKind.FILED) | Q(credit_code=""),
                "街道备案的组织没有法人资格，统一社会信用代码应留空。",
            ),
            check(
                "organization_code_has_18",
                Q(credit_code="") | Q(credit_code__regex=r"^[0-9A-Z]{18}$"),
                "统一社会信用代码应为18位数字或大写字母。",
            ),
            check(
                "organization_grade_between_1_and_5",
                Q(grade__isnull=True) | Q(grade__gte=1, grade__lte=5),
                "评估等级为1A至5A。",
            ),
            unique(
                "organization_code_once",
                "该统一社会信用代码已登记。",
                "credit_code",
                condition=~Q(credit_code=""),
            ),
            unique("organization_name_once_per_area", "该地区已有同名组织。", "area", "name"),
        ]

    @property
    @admin.display(description="代码例外", boolean=True)
    def excepted(self) -> bool:
        """Whether the code is accepted in spite of its check."""
        return bool(self.code_exception)

    def get_absolute_url(self):
        return reverse("organization", args=[self.pk])

    @property
    def shown_code(self) -> str:
        """Its credit code, or that a filed body has none."""
        return "备案组织没有代码" if self.kind == OrganizationKind.FILED else self.credit_code

    def clean(self):
        """Check the credit code, unless an exception is stated."""
        super().clean()
        self.credit_code = self.credit_code.strip().upper()
        if (
            self.credit_code
            and not self.code_exception
            and (problem := credit_code.problem(self.credit_code, REGISTERED_AS.get(self.kind, "")))
        ):
            raise ValidationError({"credit_code": problem})


class IncubationService(AreaRecord):
    """A service that the incubation centre gives to organizations."""

    tier = models.CharField("类别", max_length=10, choices=ServiceTier.choices)
    name = Name("服务", max_length=40)
    free = models.BooleanField("免费", default=True)
    started_on = PastDay("开始日期")
    ended_on = PastDay("停止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "孵化服务"
        ordering = ["area_id", "tier", "pk"]
        constraints = [
            in_order("incubation_dates", "started_on", "ended_on", "停止日期不能早于开始日期。"),
            unique("incubation_name_once", "该地区已有同名孵化服务。", "area", "name"),
        ]
