"""M10 社区干部培训基地 and the training plan; M11 the seasons of the national examination."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear

from communities.enums.base import CourseKind
from communities.enums.learning import (
    COURSE_HELD,
    TRAINING_PLAN,
    CourseState,
    PlanState,
    Quarter,
)
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area, AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import YEARS, check, in_order, unique
from suzhou_portal.fields import Line, Name, PastDay, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged


def plausible_year(name: str) -> models.CheckConstraint:
    """A year, not a number that was mistyped."""
    return check(name, Q(year__gte=YEARS[0], year__lte=YEARS[1]), "年度应在2000年至2100年之间。")


class TrainingBase(AreaRecord):
    """A place where cadres of communities are trained; a district's is open to its communities."""

    shared = True

    name = Name("名称", max_length=60)
    address = Line("地址", max_length=100)
    capacity = models.PositiveSmallIntegerField(
        "容纳人数（人）", validators=[MinValueValidator(1, "容纳人数至少为1人。")]
    )
    areas_served = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name="服务地区",
        limit_choices_to={"level__in": [Level.STREET, Level.COMMUNITY]},
        help_text="主要面向哪些街道、社区；留空为所属地区全域。",
    )
    specialty = Line("教学特色", max_length=200, blank=True)
    phone = Phone("预约电话", max_length=20, blank=True)
    opened_on = PastDay("启用日期")
    closed_on = PastDay("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训基地"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("base_dates", "opened_on", "closed_on", "停用日期不能早于启用日期。"),
            check("base_holds_somebody", Q(capacity__gte=1), "容纳人数至少为1人。"),
            unique("base_name_once", "本地区已有这个名称的培训基地。", "area", "name"),
        ]

    @property
    def served(self) -> str:
        """Whom it is mainly for."""
        return "、".join(area.name for area in self.areas_served.all()) or f"{self.area}全域"


class TrainingPlan(Staged):
    """What a division trains its cadres and workers in during a year."""

    lifecycle = TRAINING_PLAN
    shared = True

    year = models.PositiveSmallIntegerField("年度")
    aim = Prose("目标和要求", blank=True, max_length=1000)
    approved_on = PastDay("批准日期", null=True, blank=True, editable=False)
    finished_on = PastDay("完成日期", null=True, blank=True, editable=False)
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "培训计划"
        ordering = ["-year", "area_id", "pk"]
        constraints = [
            plausible_year("plan_year"),
            in_order("plan_dates", "approved_on", "finished_on", "完成日期不能早于批准日期。"),
            check(
                "plan_runs_once_approved",
                Q(state__in=["draft", "submitted"], approved_on__isnull=True)
                | Q(
                    state__in=["running", "done", "revising", "revised"], approved_on__isnull=False
                ),
                "计划经批准才执行，批准后须有批准日期。",
            ),
            unique("plan_one_a_year", "该地区这一年度已有培训计划。", "area", "year"),
        ]

    def __str__(self):
        return f"{self.area}{self.year}年度培训计划"

    @property
    def progress(self) -> str:
        """How many of its sessions took place and how many were dropped, of how many."""
        sessions = self.sessions.all()
        held = sum(one.took_place for one in sessions)
        dropped = sum(bool(one.dropped_because) for one in sessions)
        return f"计划{len(sessions)}场，已办{held}场" + (f"，未实施{dropped}场" if dropped else "")


class PlannedSessionQuerySet(AreaRecordQuerySet):
    def of_the_year(self, day: datetime.date):
        """Planned sessions of plans for that day's year, approved by that day."""
        return self.filter(plan__year=day.year, plan__approved_on__lte=day)

    def unsettled(self):
        """Planned sessions with neither a reason why there was none nor a course, but for one called off."""
        without = Q(course__isnull=True) | Q(course__state=CourseState.CANCELLED)
        return self.filter(without, dropped_because="")

    def unfinished(self):
        """Planned sessions that have neither taken place nor a reason why there was none."""
        return self.exclude(course__state__in=COURSE_HELD).filter(dropped_because="")


class PlannedSession(AreaRecord):
    """One training a plan intends; later, the course that carried it out, or why there was none."""

    stands_with = "plan"
    written_while, written_later = TRAINING_PLAN.open_in, ("course", "dropped_because")

    plan = refers_to(TrainingPlan, "培训计划", "sessions", on_delete=models.CASCADE)
    kind = models.CharField("类别", max_length=20, choices=CourseKind.choices)
    name = Name("培训内容", max_length=80)
    quarter = models.PositiveSmallIntegerField("计划季度", choices=Quarter.choices)
    target_people = models.PositiveSmallIntegerField("计划人数（人）")
    planned_hours = models.PositiveSmallIntegerField("计划学时")
    course = models.ForeignKey(
        "communities.Course",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="实施的培训",
        related_name="planned_as",
        help_text="计划批准后填写：哪一期培训落实了这一项。",
    )
    dropped_because = Line("未实施的原因", max_length=200, blank=True)

    objects: ClassVar = PlannedSessionQuerySet.as_manager()

    @property
    def may_be_held(self) -> bool:
        """Whether a course is still to be made of it: its plan is carried out, and nothing settled it."""
        return self.plan.state == PlanState.RUNNING and not (self.dropped_because or self.settled)

    @property
    def settled(self) -> bool:
        """Whether a course carries it out that was not called off."""
        return self.course is not None and self.course.state != CourseState.CANCELLED

    @property
    def took_place(self) -> bool:
        """Whether its course is over and was not called off."""
        return self.course is not None and self.course.state in COURSE_HELD

    class Meta:
        verbose_name = verbose_name_plural = "计划场次"
        ordering = ["plan_id", "quarter", "pk"]
        constraints = [
            check(
                "session_for_people_and_hours",
                Q(target_people__gte=1, planned_hours__gte=1),
                "计划人数和计划学时至少为1。",
            ),
            check(
                "session_in_a_quarter",
                Q(quarter__gte=1, quarter__lte=4),
                "计划季度应为第一至第四季度。",
            ),
            check(
                "session_held_or_dropped",
                Q(course__isnull=True) | Q(dropped_because=""),
                "已有实施的培训，不再填未实施的原因。",
            ),
        ]

    def clean(self):
        """What was approved stays; a course carries out what it is of the kind of, in its year."""
        super().clean()
        if self.plan_id is None:
            return
        if self.course is not None and self.plan.approved_on is None:
            raise ValidationError({"course": "计划批准后才能登记实施的培训。"})
        if self.course is not None and self.course.kind != self.kind:
            raise ValidationError({"course": "实施的培训与计划的类别不同。"})


class ExamSeason(AreaRecord):
    """The national social-work examination of one year, as the district organizes it.

    Source of the order of its days: the yearly notice of the 社会工作者职业资格考试.
    """

    shared = True

    year = models.PositiveSmallIntegerField("考试年度")
    opens_on = PlannedDay("报名开始")
    closes_on = PlannedDay("报名截止")
    exam_on = PlannedDay("考试日期")
    results_on = PlannedDay("成绩公布日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考试年度安排"
        ordering = ["-year", "area_id"]
        constraints = [
            plausible_year("season_year"),
            in_order("season_opens", "opens_on", "closes_on", "报名截止不能早于报名开始。"),
            in_order("season_closes", "closes_on", "exam_on", "考试日期不能早于报名截止。"),
            in_order("season_results", "exam_on", "results_on", "成绩公布日期不能早于考试日期。"),
            check(
                "season_exam_in_its_year",
                Q(year=ExtractYear("exam_on")),
                "考试日期应在考试年度内。",
            ),
            unique("season_once_a_year", "该地区这一年度已有考试安排。", "area", "year"),
        ]

    def __str__(self):
        return f"{self.year}年社会工作者职业资格考试"
