"""How communities are governed: mechanisms, the documents they rest on, and whom services reach."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery

from communities.enums.base import DocumentKind, MechanismKind
from communities.models.people import CommunityProfile
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import account
from suzhou_portal.areas.rules import by_another, check, in_order, placed, unique
from suzhou_portal.fields import DocumentNumber, Line, PastDay, Prose

VISITS_EACH = 100  # services to one person in a period that go without saying


class Mechanism(AreaRecord):
    """A governance mechanism set up in an area, with the written rules it stands on."""

    kind = models.CharField("机制", max_length=20, choices=MechanismKind.choices)
    established_on = PastDay("建立日期")
    ended_on = PastDay("终止日期", null=True, blank=True)
    rule_title = Line("制度文件", max_length=100, blank=True)
    summary = Prose("内容", blank=True)
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "治理机制"
        ordering = ["area_id", "kind"]
        constraints = [
            in_order("mechanism_dates", "established_on", "ended_on", "终止日期不能早于建立日期。"),
            unique(
                "mechanism_one_open_per_kind",
                "该地区已有这一机制。",
                "area",
                "kind",
                condition=Q(ended_on__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.area}{self.get_kind_display()}机制"

    def text_in_force(self) -> dict[str, str]:
        """What its next version begins with: the title and text of the one in force, if there is one."""
        current = self.rules.filter(state="in_force").first()
        return {"title": current.title, "text": current.text} if current else {}


class PolicyDocumentQuerySet(AreaRecordQuerySet):
    def in_effect(self, day: datetime.date):
        """Issued by that day (or on a day not known) and not repealed."""
        issued = self.filter(Q(issued_on__isnull=True) | Q(issued_on__lte=day))
        return issued.not_yet(day, "repealed_on")


class PolicyDocument(AreaRecord):
    """A written policy. A title that is not known is kept as 未具名, never invented."""

    kind = models.CharField("类别", max_length=20, choices=DocumentKind.choices)
    title = Line("标题", max_length=120)
    number = DocumentNumber("文号", max_length=40, blank=True)
    issued_on = PastDay("印发日期", null=True, blank=True, help_text="不详则留空。")
    repealed_on = PastDay("废止日期", null=True, blank=True)

    objects: ClassVar = PolicyDocumentQuerySet.as_manager()
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"
        ordering = ["area_id", "kind", "pk"]
        constraints = [
            in_order("document_dates", "issued_on", "repealed_on", "废止日期不能早于印发日期。"),
        ]


class ReachReportQuerySet(AreaRecordQuerySet):
    def latest_by(self, day: datetime.date):
        """Of each area, the report with the latest period that ended by that day.

        People are never added over periods: the same person may be in two of them.
        """
        reported = self.filter(period_end__lte=day)
        latest = (
            ReachReport.objects.filter(area=OuterRef("area"), period_end__lte=day)
            .values("area")
            .annotate(latest=Max("period_end"))
            .values("latest")
        )
        return reported.filter(period_end=Subquery(latest))

    def unreviewed(self):
        """Reports nobody has reviewed yet."""
        return self.filter(reviewed_at__isnull=True)


def _inhabitants(report: "ReachReport") -> int | None:
    profile = CommunityProfile.objects.filter(area=report.area_id)
    return profile.values_list("population", flat=True).first()


def _many_times(report: "ReachReport") -> int | None:
    return None if report.people is None else report.people * VISITS_EACH


class ReachReport(Reasoned, AreaRecord):
    """How many residents a community's services reached in a period, as the community reports it."""

    by_another = True  # reviewed by nobody who wrote it

    period_start = PastDay("统计期起")
    period_end = PastDay("统计期止")
    people = models.PositiveIntegerField("惠及居民（人）", help_text="同一人只计一次。")
    method = Line("去重方法", max_length=100, help_text="怎样保证同一人只计一次。")
    visits = models.PositiveIntegerField("服务人次（人次）", null=True, blank=True)

    reviewed_at = models.DateTimeField("审核时间", null=True, editable=False)
    reviewed_by = account("审核人")

    objects: ClassVar = ReachReportQuerySet.as_manager()
    plausible: ClassVar = {"people": _inhabitants, "visits": _many_times}
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "惠及居民报告"
        ordering = ["area_id", "-period_end"]
        constraints = [
            in_order("reach_dates", "period_start", "period_end", "统计期止不能早于统计期起。"),
            unique("reach_one_per_period", "该社区这一统计期已有报告。", "area", "period_end"),
            placed(
                "reach_stands_at_community", "惠及居民报告只能由社区一级填报。", Level.COMMUNITY
            ),
            check(
                "reach_visits_at_least_people",
                Q(visits__isnull=True) | Q(visits__gte=models.F("people")),
                "服务人次不能少于惠及居民人数。",
            ),
            by_another(
                "reach_reviewed_by_another", "reviewed_by", "entered_by", "不能审核自己录入的报告。"
            ),
        ]

    def placed_on(self):
        """A community reports what it reached while it existed, even after its end."""
        return self.period_end or super().placed_on()

    def __str__(self):
        return f"{self.area} {self.period_start}至{self.period_end}"
