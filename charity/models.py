"""Foundations and partnerships, the resources they bring, and the projects these serve."""

from django.db import models

from charity.enums import CharityField, CharityMode, ResourceKind
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.rules import in_order, not_negative


class Foundation(AreaRecord):
    """A foundation, standing where it is registered: for a national one, the country."""

    shared = True

    name = models.CharField("名称", max_length=80, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "基金会"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Partnership(AreaRecord):
    """What a foundation and the area have agreed to do together."""

    shared = True

    foundation = models.ForeignKey(
        Foundation, models.PROTECT, verbose_name="基金会", related_name="partnerships"
    )
    long_term = models.BooleanField("长期合作", default=True)
    started_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    summary = models.TextField("合作内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "基金会合作"
        ordering = ["area_id", "-started_on", "pk"]
        constraints = [
            in_order("partnership_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"),
        ]

    def __str__(self):
        return f"{self.foundation}合作"


class CharityResource(AreaRecord):
    """Funds, goods or services linked to the area, valued in 元."""

    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类型", max_length=10, choices=ResourceKind.choices)
    value = models.DecimalField("价值（元）", max_digits=14, decimal_places=2)
    valued_by = models.CharField("计价依据", max_length=60)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    donor_public = models.CharField(
        "公开的捐赠方", max_length=80, help_text="未经本人同意，不写捐赠人姓名。"
    )
    partnership = models.ForeignKey(
        Partnership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name="所属合作",
    )
    received_on = models.DateField("到位日期")

    class Meta:
        verbose_name = verbose_name_plural = "慈善资源"
        ordering = ["area_id", "-received_on", "pk"]
        constraints = [
            not_negative(
                "resource_not_negative", "value", "quantity", message="价值和数量不能小于0。"
            ),
        ]

    def __str__(self):
        return self.name


class CharityProject(AreaRecord):
    """A community service project paid for by charity; distinct from government-purchased ones."""

    name = models.CharField("项目名称", max_length=80)
    mode = models.CharField("模式", max_length=15, choices=CharityMode.choices)
    field = models.CharField("领域", max_length=15, choices=CharityField.choices)
    amount = models.DecimalField(
        "投入金额（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    summary = models.TextField("内容", blank=True)
    partnership = models.ForeignKey(
        Partnership,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name="所属合作",
    )
    started_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "慈善项目"
        ordering = ["area_id", "started_on", "pk"]
        constraints = [
            in_order(
                "charity_project_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"
            ),
            not_negative("charity_project_not_negative", "amount"),
        ]

    def __str__(self):
        return self.name
