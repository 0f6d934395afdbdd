"""Thresholds that each district sets for itself, from a date on."""

import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from communities.enums.thresholds import PUBLISHED, ThresholdKind
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import check, placed, unique
from suzhou_portal.fields import Line, PlannedDay

_RANGE = "应为1至100。"


class ThresholdQuerySet(AreaRecordQuerySet):
    def value(self, kind: ThresholdKind, area: str, day: datetime.date) -> int:
        """What holds on that day where the area lies: as its district decided, else as published."""
        decided = self.covering(area).filter(kind=kind, effective_from__lte=day)
        latest = decided.order_by("-effective_from").values_list("value", flat=True).first()
        return PUBLISHED[kind] if latest is None else latest


class Threshold(AreaRecord):
    """What a number must reach, or may not exceed, from a day until the district decides anew."""

    shared = True

    kind = models.CharField("事项", max_length=20, choices=ThresholdKind.choices)
    value = models.PositiveSmallIntegerField(
        "数值", validators=[MinValueValidator(1, _RANGE), MaxValueValidator(100, _RANGE)]
    )
    effective_from = PlannedDay("执行日期")
    basis = Line("依据", max_length=100, blank=True)

    objects: ClassVar = ThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区级标准线"
        ordering = ["area_id", "kind", "-effective_from"]
        constraints = [
            placed("threshold_stands_at_district", "标准线由区级确定：请选择区。", Level.DISTRICT),
            check("threshold_in_range", Q(value__gte=1, value__lte=100), _RANGE, at="value"),
            unique(
                "threshold_once_a_day", "该日期已有这一标准线。", "area", "kind", "effective_from"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.value}"
