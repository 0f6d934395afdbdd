"""M22 平时敲门响铃: door visits, and what residents turn out to need."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone
from volunteers.enums.visits import ResidentNeedKind, VisitOutcome
from volunteers.models.teams import VolunteerTeam, refuse_dissolved
from volunteers.models.visit_targets import VisitTarget

VISITED = "这一户这一天已经登记过走访；再次走访请填不同的走访时间。"
NEAR = stands_at(Level.COMMUNITY, Level.GRID)


class DoorVisit(AreaRecord):
    """A knock at a door, as noted on a phone; a need found there becomes a request of its own."""

    target = refers_to(
        VisitTarget,
        "走访对象",
        "door_visits",
        optional=True,
        help_text="约定走访的住户从这里选，门牌可不填。",
    )
    address = Line("门牌", max_length=60, blank=True, help_text="如：2号楼3单元501。")
    outcome = models.CharField(
        "结果", max_length=10, choices=VisitOutcome.choices, default=VisitOutcome.MET
    )
    situation = Line("情况", max_length=300, blank=True)
    need_kind = models.CharField(
        "需求类别",
        max_length=10,
        choices=ResidentNeedKind.choices,
        blank=True,
        help_text="没有需求则不选。",
    )
    need = Line(
        "需求", max_length=300, blank=True, help_text="填写后自动转为服务请求，由社区派单。"
    )
    resident_name = PersonName("住户姓名", max_length=30, blank=True)
    phone = Phone("住户电话", max_length=20, blank=True)
    team = refers_to(VolunteerTeam, "走访队伍", "door_visits", optional=True)
    visited_on = PastDay("走访日期", default=timezone.localdate)
    visited_at = models.TimeField(
        "走访时间", null=True, blank=True, help_text="同一天去了几次的，每次填时间。"
    )

    masked: ClassVar = {"resident_name": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("resident_name", "phone")
    used_until = "visited_on"
    owned_by: ClassVar = {"team": "team_id"}
    called = "address"

    class Meta:
        verbose_name = verbose_name_plural = "敲门走访"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            check("visit_in_community_or_grid", NEAR, "走访属于社区或网格：请选择社区或网格。"),
            check(
                "visit_need_with_kind",
                Q(need="", need_kind="") | ~Q(need="") & ~Q(need_kind=""),
                "需求和需求类别须一起填写。",
                at="need",
            ),
            unique(
                "visit_once_a_day",
                VISITED,
                "area",
                "address",
                "visited_on",
                condition=Q(visited_at__isnull=True),
            ),
            unique("visit_once_at_a_time", VISITED, "area", "address", "visited_on", "visited_at"),
        ]

    def clean(self):
        """At the door of whoever was to be visited, where that is said; nobody who did not open told what
        they need.
        """
        if self.target is not None:
            self.address = self.address or self.target.address
            if self.area_id and self.target.area_id != self.area_id:
                raise ValidationError({"target": f"这一户属于{self.target.area}，请选择那里。"})
        if not self.address:
            raise ValidationError({"address": "请填写门牌，或选择走访对象。"})
        super().clean()
        if self.outcome == VisitOutcome.ABSENT and self.need:
            raise ValidationError({"need": "无人应答的走访不会发现需求，请核对结果。"})
        if self._state.adding:
            refuse_dissolved(self)

    @transaction.atomic
    def save(self, *args, **kwargs):
        """All or nothing: linkage makes what the visit found is needed a request."""
        super().save(*args, **kwargs)
