"""M2 网格精细化管理: who works in a grid, its party branch, and what happens there."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole
from communities.enums.mediation import MEDIATION_CASE
from communities.models.people import Person
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import check, in_order, placed, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.calendars.workdays import Deadline
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import Move

DAYS_TO_CLOSE = 5  # working days; a community may set an earlier day


class GridPost(AreaRecord):
    """A person who works in a grid: its head, its worker, or the secretary of its party branch."""

    person = refers_to(Person, "人员", "grid_posts")
    role = models.CharField("岗位", max_length=12, choices=GridRole.choices)
    started_on = PastDay("开始日期")
    ended_on = PastDay("结束日期", null=True, blank=True)

    named_with: ClassVar = ("area", "person")

    class Meta:
        verbose_name = verbose_name_plural = "网格岗位"
        ordering = ["area_id", "role", "pk"]
        constraints = [
            in_order("grid_post_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"),
            placed(
                "grid_post_stands_at_grid", "网格岗位只能属于网格一级：请选择网格。", Level.GRID
            ),
            unique(
                "grid_post_one_head_and_secretary",
                "该网格已有这一岗位的在任人员，请先填其结束日期。",
                "area",
                "role",
                condition=Q(ended_on__isnull=True) & ~Q(role="worker"),
            ),
        ]

    def __str__(self):
        return f"{self.area} {self.person}"


class GridBranch(AreaRecord):
    """The party branch of a grid."""

    name = Name("支部名称", max_length=60)
    members = models.PositiveSmallIntegerField("党员人数（人）", null=True, blank=True)
    founded_on = PastDay("成立日期")
    dissolved_on = PastDay("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "网格党支部"
        ordering = ["area_id", "pk"]
        constraints = [
            in_order("branch_dates", "founded_on", "dissolved_on", "撤销日期不能早于成立日期。"),
            placed("branch_stands_at_grid", "网格党支部只能属于网格一级：请选择网格。", Level.GRID),
            unique(
                "branch_one_a_grid",
                "该网格已有党支部。",
                "area",
                condition=Q(dissolved_on__isnull=True),
            ),
        ]


class GridEventQuerySet(StagedQuerySet):
    def undispatched(self, day: datetime.date):
        """Events that nobody has been given to handle."""
        in_hand = Q(state=EventState.IN_HAND, handler__isnull=True)
        return self.filter(in_hand | Q(state=EventState.REPORTED))


class GridEvent(Staged):
    """Something found or reported in a community or grid: dispatched to a handler, or handled on the spot,
    checked by another person, and only then closed.

    The handler is an account of the community or its grids, on whose desk it then is. Of what was closed
    before events were checked, nobody knows who handled it, and since when.
    """

    lifecycle = GRID_EVENT

    kind = models.CharField("类别", max_length=15, choices=EventKind.choices)
    title = Line("事由", max_length=60)
    place = Line("地点", max_length=80)
    description = Prose("情况", blank=True, max_length=1000)
    reported_on = PastDay("上报日期", default=timezone.localdate)
    due_on = PlannedDay(
        "办结期限", blank=True, help_text=f"留空则为上报后第{DAYS_TO_CLOSE}个工作日。"
    )
    contact = PersonName("反映人", max_length=30, blank=True)
    phone = Phone("反映人电话", max_length=20, blank=True)
    handler = account(
        "处置人", editable=True, blank=True, help_text="社区和网格中能办理这件事的人。"
    )
    result = Prose("处置结果", blank=True, max_length=1000)
    handled_on = PastDay("处置完成日期", null=True, blank=True, editable=False)
    closed_on = PastDay("办结日期", null=True, blank=True, editable=False)

    objects: ClassVar = GridEventQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")
    used_until = "closed_on"
    called = "title"
    offered: ClassVar = {"handler": Q(role__in=(Role.GRID_WORKER, Role.COMMUNITY))}
    moves_with = ("mediation_case",)
    deadlines: ClassVar = {"due_on": Deadline("reported_on", DAYS_TO_CLOSE)}

    class Meta:
        verbose_name = verbose_name_plural = "网格事件"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            in_order("grid_event_due", "reported_on", "due_on", "办结期限不能早于上报日期。"),
            in_order("grid_event_closed", "reported_on", "closed_on", "办结日期不能早于上报日期。"),
            in_order(
                "grid_event_handled", "reported_on", "handled_on", "处置完成日期不能早于上报日期。"
            ),
            in_order(
                "grid_event_checked", "handled_on", "closed_on", "办结日期不能早于处置完成日期。"
            ),
            check(
                "grid_event_handled_with_result",
                Q(state="handled", handled_on__isnull=False) & ~Q(result="")
                | Q(state="closed")
                | ~Q(state__in=["handled", "closed"]) & Q(handled_on__isnull=True),
                "处置完成须有日期和处置结果。",
            ),
            check(
                "grid_event_closed_with_result",
                Q(state="closed", closed_on__isnull=False) & ~Q(result="")
                | ~Q(state="closed") & Q(closed_on__isnull=True),
                "办结须有办结日期和处置结果。",
            ),
            check(
                "grid_event_in_community_or_grid",
                stands_at(Level.COMMUNITY, Level.GRID),
                "网格事件属于社区或网格：请选择社区或网格。",
            ),
        ]

    def save(self, *args, **kwargs):
        """The deadline, where nobody set an earlier one, counts in working days."""
        if self.due_on is None:
            self.due_on = self.deadlines["due_on"].of(self)
        super().save(*args, **kwargs)

    @property
    def moves(self) -> list[Move]:
        """Only a dispute is mediated, and only once."""
        settled = self.kind != EventKind.DISPUTE or self.case is not None
        return [move for move in super().moves if not (settled and move.verb == "mediate")]

    @property
    def case(self) -> Any:
        """The mediation case it became; None where it became none."""
        return getattr(self, "mediation_case", None)

    @property
    def in_mediation(self) -> bool:
        """Whether it became a case that is not over."""
        return self.case is not None and self.case.state in MEDIATION_CASE.open

    @property
    def mediation(self) -> str:
        """The case it became and where that stands; blank where it became none."""
        return f"{self.case}（{self.case.get_state_display()}）" if self.case else ""
