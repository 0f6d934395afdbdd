"""M19, M22 平急转换: the declaration that switches a division from 平时 to 急时 and back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.enums.rules import PlanKind, ResponseLevel
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.rules import check, in_order, stands_at, unique
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import having
from volunteers.enums.emergencies import COLOURS, EMERGENCY, EmergencyState

OPEN = ("standby", "active")


class EmergencyQuerySet(StagedQuerySet):
    def in_force(self):
        """Declarations that hold now, whatever date the site's figures are of."""
        return self.filter(state=EmergencyState.ACTIVE)

    def declared(self):
        """Declarations that were ever in force."""
        return self.filter(started_on__isnull=False)


class Emergency(Staged):
    """A declaration for its area: standby, response at a level, recovery, review.

    Only the district declares (`roles.py`); the area may be the district or a street or community
    of it. Of one kind an area has one open declaration, and beside it at most one drill. Levels and
    measures: 突发事件应对法 (2024) chapter 5.
    """

    lifecycle = EMERGENCY
    shared = True

    kind = models.CharField("事件类别", max_length=10, choices=PlanKind.choices)
    title = Line("事由", max_length=60)
    is_drill = models.BooleanField(
        "演练", default=False, help_text="演练请勾选：页面上注明“演练”，另行统计。"
    )
    level = models.CharField("响应级别", max_length=1, choices=ResponseLevel.choices, default="4")
    ordered_by = Name("下令机关", max_length=60)
    measures = Prose(
        "应对措施", max_length=1000, help_text="向公众公开：怎么做，去哪里，打什么电话。"
    )
    expected_until = PlannedDay("预计结束")
    standby_on = PastDay("待命日期", default=timezone.localdate)
    started_on = PastDay("启动日期", null=True, blank=True, editable=False)
    ended_on = PastDay("恢复日期", null=True, blank=True, editable=False)
    review = Prose("复盘", max_length=2000, blank=True)
    reviewed_on = PastDay("复盘日期", null=True, blank=True, editable=False)

    objects: ClassVar = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "平急转换"
        ordering = ["-standby_on", "-pk"]
        constraints = [
            in_order(
                "emergency_expected", "standby_on", "expected_until", "预计结束不能早于待命日期。"
            ),
            in_order("emergency_started", "standby_on", "started_on", "启动日期不能早于待命日期。"),
            in_order("emergency_ended", "started_on", "ended_on", "恢复日期不能早于启动日期。"),
            in_order("emergency_reviewed", "ended_on", "reviewed_on", "复盘日期不能早于恢复日期。"),
            check(
                "emergency_dates_fit_state",
                having("standby", "called_off", blank=("started_on", "ended_on", "reviewed_on"))
                | having("active", filled=("started_on",), blank=("ended_on", "reviewed_on"))
                | having("restored", filled=("started_on", "ended_on"), blank=("reviewed_on",))
                | having("reviewed", filled=("started_on", "ended_on", "reviewed_on"))
                & ~Q(review=""),
                "启动、恢复、复盘日期和复盘内容须与状态相符。",
            ),
            check(
                "emergency_in_district",
                stands_at(Level.DISTRICT) | stands_at(Level.STREET) | stands_at(Level.COMMUNITY),
                "平急转换的范围是区、街道或社区：请选择相应级别的地区。",
            ),
            unique(
                "emergency_one_open",
                "该地区这类事件已在待命或急时，请在原来那一条上调整。",
                "area",
                "kind",
                "is_drill",
                condition=Q(state__in=OPEN),
            ),
        ]

    def __str__(self):
        return f"{'演练：' if self.is_drill else ''}{self.title}"

    @property
    def nature(self) -> str:
        """Drill or real, in a word."""
        return "演练" if self.is_drill else "实战"

    @property
    def colour(self) -> str:
        """The colour of the warning that fits the level."""
        return COLOURS[self.level]
