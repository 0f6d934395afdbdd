"""M22 平时敲门响铃: at whose door to knock, how often, and what was agreed with them."""

import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DateField, Exists, ExpressionWrapper, OuterRef, Q, Value
from django.utils import timezone

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import check, in_order, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone, PlannedDay
from volunteers.enums.visits import VisitOutcome, VisitReason

OFTEN = "走访间隔为1至365天。"


class VisitTargetQuerySet(AreaRecordQuerySet):
    def due(self, day: datetime.date):
        """Households that nobody has met for as long as they are to be visited. A knock that nobody
        answered is no visit.
        """
        since: Any = ExpressionWrapper(Value(day) - OuterRef("every_days"), DateField())
        visits: Any = self.model._meta.get_field("door_visits").related_model
        met = visits.objects.filter(
            target=OuterRef("pk"),
            outcome=VisitOutcome.MET,
            visited_on__gt=since,
            visited_on__lte=day,
        )
        return self.open_on(day, "since", "ended_on").filter(~Exists(met))


class VisitTarget(AreaRecord):
    """A household that a grid or community visits again and again, as agreed with it."""

    address = Line("门牌", max_length=60, help_text="如：2号楼3单元501。")
    reason = models.CharField("走访原因", max_length=12, choices=VisitReason.choices)
    agreed = Line("约定", max_length=200, help_text="如：每周三上午敲门；按铃两声；夜间看灯。")
    every_days = models.PositiveSmallIntegerField(
        "每几天走访一次（天）",
        default=7,
        validators=[MinValueValidator(1, OFTEN), MaxValueValidator(365, OFTEN)],
    )
    resident_name = PersonName("住户姓名", max_length=30, blank=True)
    phone = Phone("住户电话", max_length=20, blank=True)
    since = PlannedDay("开始日期", default=timezone.localdate)
    ended_on = PastDay("结束日期", null=True, blank=True, help_text="不再走访时填写。")

    objects: ClassVar = VisitTargetQuerySet.as_manager()
    masked: ClassVar = {"resident_name": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("resident_name", "phone")
    used_until = "ended_on"
    called = "address"

    class Meta:
        verbose_name = verbose_name_plural = "走访对象"
        ordering = ["area_id", "address", "pk"]
        constraints = [
            in_order("visit_target_dates", "since", "ended_on", "结束日期不能早于开始日期。"),
            check("visit_target_often", Q(every_days__gte=1, every_days__lte=365), OFTEN),
            check(
                "visit_target_in_community_or_grid",
                stands_at(Level.COMMUNITY, Level.GRID),
                "走访对象属于社区或网格：请选择社区或网格。",
            ),
            unique(
                "visit_target_once",
                "这一户已经是走访对象。",
                "area",
                "address",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    @property
    def last_met(self) -> datetime.date | None:
        """When somebody of it was last met; of prefetched visits without a query."""
        met = [v.visited_on for v in self.door_visits.all() if v.outcome == VisitOutcome.MET]
        return max(met, default=None)
