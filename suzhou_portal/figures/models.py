"""Published values, and what is demonstrated on this site."""

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.models import Area
from suzhou_portal.fields import PastDay
from suzhou_portal.figures.enums import Exactness
from suzhou_portal.figures.kept.models import FigureAudit, KeptValue

__all__ = ["Demonstration", "FigureAudit", "KeptValue", "PublishedValue"]


class PublishedValue(models.Model):
    """What somebody has published of a figure: reference data, never changed by what is computed."""

    figure = models.CharField("指标", max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="地区", related_name="+")
    value = models.DecimalField(
        "公布值", max_digits=18, decimal_places=4, null=True, blank=True, help_text="金额以元计。"
    )
    previous_value = models.DecimalField(
        "调整前的值", max_digits=18, decimal_places=4, null=True, blank=True
    )
    exactness = models.CharField("精确程度", max_length=12, choices=Exactness.choices)
    quote = models.CharField("原文", max_length=120)
    source = models.CharField("出处", max_length=120)
    as_of = PastDay("截至日期")
    as_of_inferred = models.BooleanField("截至日期系推定", default=False)
    note = models.CharField("口径说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公布值"
        ordering = ["area_id", "figure", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "area", "as_of", "source"], name="published_once"
            ),
            models.CheckConstraint(
                name="published_number_unless_qualitative",
                condition=Q(exactness=Exactness.QUALITATIVE, value__isnull=True)
                | ~Q(exactness=Exactness.QUALITATIVE) & Q(value__isnull=False),
                violation_error_message="只有定性表述可以没有数值。",
            ),
        ]

    def __str__(self):
        return self.quote


class Demonstration(models.Model):
    """Says that this site holds demonstration records, and as of which date they are."""

    area = models.OneToOneField(Area, models.PROTECT, verbose_name="地区", related_name="+")
    as_of = PastDay("统计截至")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "演示数据"

    def __str__(self):
        return f"{self.area}演示数据"
