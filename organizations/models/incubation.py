"""M13 双孵化中心: two tracks, the organizations in them, and the services given to each."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organizations.enums.incubation import INCUBATEE
from organizations.models.register import IncubationService, SocialOrganization
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, unique
from suzhou_portal.fields import Line, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged

TRACKS = (1, 2)  # 「双孵化」: two places, whatever they come to mean
NUMERALS = "一二"
UNSETTLED = "内涵待区委组织部核定"
REVIEWED = ("approved", "admitted", "incubating", "graduated", "withdrawn")
LEFT = ("graduated", "withdrawn")
OPEN = tuple(state for state in INCUBATEE.open)
WITHIN = "服务日期应在入驻之后、出壳或退出之前。"


class IncubationTrack(AreaRecord):
    """One of the two tracks of 双孵化, empty until the district says what it means.

    No public source explains them, so nothing is made up: the place stays, its content is editable.
    """

    shared = True

    position = models.PositiveSmallIntegerField("序号")
    title = Line("名称", max_length=60, blank=True)
    meaning = Prose("内涵", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "孵化轨道"
        ordering = ["area_id", "position"]
        constraints = [
            unique("track_once", "这一序号的轨道已存在。", "area", "position"),
            check("track_is_one_of_two", Q(position__in=TRACKS), "序号只能是1或2。"),
            placed("track_stands_at_district", "孵化轨道由区级核定：请选择区。", Level.DISTRICT),
        ]

    def __str__(self):
        numeral = NUMERALS[self.position - 1] if self.position in TRACKS else self.position
        return f"轨道{numeral}{'：' if self.title else ''}{self.title}"

    @property
    def shown_meaning(self) -> str:
        """What it means, or who will say."""
        return self.meaning or UNSETTLED


class Incubatee(Staged):
    """An organization's time in the centre, from its application to the day it leaves."""

    lifecycle = INCUBATEE
    stands_with = "organization"

    organization = refers_to(SocialOrganization, "社会组织", "incubations")
    plan = Prose(
        "申请理由和发展计划", max_length=1000, help_text="做什么服务，缺什么，希望得到什么帮助。"
    )
    applied_on = PastDay("申请日期", default=timezone.localdate)
    track = refers_to(IncubationTrack, "孵化轨道", "incubatees", optional=True)
    findings = Prose("评审意见", max_length=1000, blank=True)
    reviewed_on = PastDay("评审通过日期", null=True, blank=True, editable=False)
    admitted_on = PastDay("入驻日期", null=True, blank=True, editable=False)
    ends_on = PlannedDay("孵化期满", null=True, blank=True)
    incubating_on = PastDay("开始孵化日期", null=True, blank=True, editable=False)
    outcome = Prose("孵化成效", max_length=1000, blank=True)
    left_on = PastDay("出壳（退出）日期", null=True, blank=True, editable=False)

    owned_by: ClassVar = {"organization": "organization_id"}
    named_with: ClassVar = ("organization",)

    class Meta:
        verbose_name = verbose_name_plural = "孵化对象"
        ordering = ["area_id", "-applied_on", "pk"]
        constraints = [
            in_order("incubatee_reviewed", "applied_on", "reviewed_on", "评审不能早于申请日期。"),
            in_order("incubatee_admitted", "reviewed_on", "admitted_on", "入驻不能早于评审日期。"),
            in_order("incubatee_ends", "admitted_on", "ends_on", "孵化期满不能早于入驻日期。"),
            in_order(
                "incubatee_incubating", "admitted_on", "incubating_on", "开始孵化不能早于入驻日期。"
            ),
            in_order("incubatee_left", "reviewed_on", "left_on", "出壳或退出不能早于评审日期。"),
            in_order(
                "incubatee_left_after",
                "incubating_on",
                "left_on",
                "出壳或退出不能早于开始孵化日期。",
            ),
            check(
                "incubatee_reviewed_has_track",
                Q(state__in=REVIEWED, reviewed_on__isnull=False, track__isnull=False)
                | ~Q(state__in=REVIEWED) & Q(reviewed_on__isnull=True, track__isnull=True),
                "评审通过时须定下孵化轨道；通过以前不填。",
            ),
            check(
                "incubatee_inside_since_a_day",
                ~Q(state__in=["admitted", "incubating", "graduated"])
                | Q(admitted_on__isnull=False, ends_on__isnull=False),
                "入驻须有入驻日期和孵化期满日期。",
            ),
            check(
                "incubatee_left_on_a_day",
                Q(state__in=LEFT, left_on__isnull=False)
                | ~Q(state__in=LEFT) & Q(left_on__isnull=True),
                "出壳或退出须有日期。",
            ),
            check(
                "incubatee_graduated_with_outcome",
                ~Q(state="graduated") | ~Q(outcome=""),
                "出壳须写明孵化成效。",
            ),
            unique(
                "incubatee_once_at_a_time",
                "该组织已在申请或孵化中。",
                "organization",
                condition=Q(state__in=OPEN),
            ),
        ]

    def __str__(self):
        return f"{self.organization}孵化"


class IncubationDelivery(AreaRecord):
    """A service of the centre's catalogue, given to one organization on one day.

    The database keeps it within the organization's time in the centre (see the migration).
    """

    stands_with = "incubatee"

    incubatee = refers_to(Incubatee, "孵化对象", "deliveries")
    service = refers_to(IncubationService, "孵化服务", "deliveries")
    delivered_on = PastDay("服务日期", default=timezone.localdate)
    content = Line("服务内容", max_length=200)

    owned_by: ClassVar = {"organization": "incubatee__organization_id"}
    named_with: ClassVar = ("service",)

    class Meta:
        verbose_name = verbose_name_plural = "孵化服务记录"
        ordering = ["-delivered_on", "-pk"]

    def __str__(self):
        return f"{self.service}：{self.content}"

    def clean(self):
        """While the organization is in the centre, and the service offered; said at the field."""
        if not (self.incubatee_id and self.service_id and self.delivered_on):
            return
        inside = Incubatee.objects.filter(pk=self.incubatee_id).until(
            self.delivered_on, "admitted_on"
        )
        if not inside.filter(Q(left_on__isnull=True) | Q(left_on__gte=self.delivered_on)).exists():
            raise ValidationError({"delivered_on": WITHIN})
        offered = IncubationService.objects.filter(pk=self.service_id).open_on(self.delivered_on)
        if not offered.exists():
            raise ValidationError({"service": "这一天没有提供这项孵化服务。"})
