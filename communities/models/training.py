"""Courses, contests and classes; who was enrolled in them, came, and did how well."""

import datetime
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from communities.enums.base import CourseKind, Rank
from communities.enums.learning import COURSE, COURSE_HELD, Attendance, Award, CourseState
from communities.models.eligibility import refusal, refusals
from communities.models.learning import TrainingBase
from communities.models.people import Person, refuse_gone
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, together, unique
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay
from suzhou_portal.figures.dates import site_date
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

FULL_SCORE = 100
LONGEST_DAY = 12  # hours of a course in a day that go without saying
HELD = (CourseState.RUNNING, CourseState.ENDED, CourseState.PUBLISHED)


class CourseQuerySet(StagedQuerySet):
    def held(self, day: datetime.date):
        """Courses over by that day that took place."""
        return self.in_state(*COURSE_HELD).until(day, "ends_on")

    def without_attendance(self, day: datetime.date):
        """Courses over by that day, of which somebody's attendance is not written down."""
        waiting = Enrolment.objects.filter(attendance="").values("course")
        return self.in_state(CourseState.ENDED).filter(ends_on__lte=day, pk__in=waiting)


def _most_hours(course: "Course") -> int | None:
    if course.starts_on is None or course.ends_on is None:
        return None
    return LONGEST_DAY * ((course.ends_on - course.starts_on).days + 1)


class Course(Reasoned, Staged):
    """One training, contest or class; a district's is open to its communities."""

    lifecycle = COURSE
    shared = True

    kind = models.CharField("类别", max_length=20, choices=CourseKind.choices)
    name = Name("名称", max_length=80)
    base = refers_to(TrainingBase, "培训基地", "courses", optional=True)
    starts_on = PlannedDay("开始日期")
    ends_on = PlannedDay("结束日期")
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)
    published_on = PastDay("成绩公布日期", null=True, blank=True, editable=False)

    objects: ClassVar = CourseQuerySet.as_manager()
    plausible: ClassVar = {"hours": _most_hours}

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ["-starts_on", "pk"]
        constraints = [
            in_order("course_dates", "starts_on", "ends_on", "结束日期不能早于开始日期。"),
            in_order("course_published", "ends_on", "published_on", "成绩公布不能早于培训结束。"),
            check(
                "course_published_on_a_day",
                Q(state="published", published_on__isnull=False)
                | ~Q(state="published") & Q(published_on__isnull=True),
                "公布成绩须有公布日期。",
            ),
            together("course_id_and_hours", "hours"),
        ]

    @property
    def why_shut(self) -> str:
        """Why nobody enrols; blank where people do."""
        if self.state == CourseState.ENROLLING:
            return ""
        return f"该培训{self.get_state_display()}，不在报名中，不能报名。"

    @property
    def may_be_noted(self) -> bool:
        """Whether who came, and how they did, is written down now."""
        return self.state in (CourseState.RUNNING, CourseState.ENDED)

    @property
    def carries_out(self) -> str:
        """The sessions of plans that it is, for a page."""
        sessions = self.planned_as.select_related("plan__area")
        return "；".join(f"{session.plan}“{session}”" for session in sessions)

    @property
    def is_contest(self) -> bool:
        """Whether people compete in it, and so have ranks."""
        return self.kind == CourseKind.SECRETARY_CONTEST

    def clean(self):
        """Nobody has attended more hours than there are."""
        super().clean()
        most = (
            self.enrolments.aggregate(most=models.Max("attended_hours"))["most"] if self.pk else 0
        )
        if most and most > (self.hours or 0):
            raise ValidationError({"hours": f"已登记有人参训{most}学时，学时不能更少。"})


class EnrolmentQuerySet(AreaRecordQuerySet):
    def section_cadres_in_post_training(self, day: datetime.date):
        """Cadres of rank 科级 who came to post trainings begun by that day."""
        return self.filter(
            attendance=Attendance.PRESENT,
            course__kind=CourseKind.POST,
            course__starts_on__lte=day,
            rank=Rank.SECTION,
        )


class Enrolment(Reasoned, AreaRecord):
    """A person in a course. Area, unit and rank are those of the time, not of today.

    The course's hours are repeated here so that the database itself can refuse more hours attended
    than there were: a composite foreign key keeps them the course's own.
    """

    part_of = "course"
    written_while = (CourseState.PLANNED, CourseState.ENROLLING, *HELD[:2])

    course = refers_to(Course, "培训", "enrolments", on_delete=models.CASCADE)
    person = refers_to(Person, "人员", "enrolments")
    unit = Name("当时所在单位", max_length=60)
    rank = models.CharField("当时职级", max_length=10, choices=Rank.choices)
    attendance = models.CharField("出勤", max_length=10, choices=Attendance.choices, blank=True)
    attended_hours = models.PositiveSmallIntegerField("参训学时", null=True, blank=True)
    course_hours = models.PositiveSmallIntegerField("培训学时", null=True, editable=False)
    absence_reason = Line("缺课原因", max_length=100, blank=True)
    score = models.DecimalField(
        "成绩（分）",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(Decimal(0), "成绩应在0至100分之间。"),
            MaxValueValidator(Decimal(FULL_SCORE), "成绩应在0至100分之间。"),
        ],
    )
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True, editable=False)
    award = models.CharField("奖项", max_length=10, choices=Award.choices, blank=True)

    objects: ClassVar = EnrolmentQuerySet.as_manager()
    outcome = ("attendance", "attended_hours", "absence_reason", "score", "award")
    named_with: ClassVar = ("person", "course")

    class Meta:
        verbose_name = verbose_name_plural = "参训"
        ordering = ["area_id", "course_id", "pk"]
        constraints = [
            unique("enrolment_once", "此人已报名该培训。", "course", "person"),
            check(
                "enrolment_attendance",
                Q(attendance="", attended_hours__isnull=True, absence_reason="")
                | Q(attendance="present", absence_reason="")
                | Q(attendance="absent", attended_hours__isnull=True) & ~Q(absence_reason=""),
                "缺课须写明原因；参训学时只在到课时填写。",
            ),
            check(
                "enrolment_hours_within_course",
                Q(attended_hours__isnull=True)
                | Q(course_hours__isnull=False, attended_hours__lte=F("course_hours")),
                "参训学时不能超过培训的学时。",
            ),
            check(
                "enrolment_score",
                Q(score__isnull=True) | Q(score__gte=0, score__lte=FULL_SCORE),
                "成绩应在0至100分之间。",
            ),
            check("enrolment_place", Q(place__isnull=True) | Q(place__gte=1), "名次从1起。"),
            check(
                "enrolment_absent_without_result",
                ~Q(attendance="absent") | Q(score__isnull=True, place__isnull=True, award=""),
                "缺课的人没有成绩、名次和奖项。",
            ),
        ]

    def __str__(self):
        return f"{self.person}：{self.course}"

    def clean(self):
        """People and hours fit the course; what is published stays until it is withdrawn."""
        super().clean()
        if self.course_id is None:
            return
        self._require_open()
        self.course_hours = self.course.hours
        if self.attended_hours and self.attended_hours > (self.course_hours or 0):
            raise ValidationError(
                {"attended_hours": f"参训学时不能超过培训的学时（{self.course_hours or '未填'}）。"}
            )
        if self.attendance and self.course.state not in HELD:
            raise ValidationError("开班以后才能登记出勤。")
        if self.course.state in (CourseState.PUBLISHED, CourseState.CANCELLED):
            self._refuse_change()

    def refusals(self, name, found):
        """A course may be for some people only."""
        refused = super().refusals(name, found)
        if name == "person" and self.course_id:
            gone = Person.objects.why_gone(found, self.course.starts_on)
            refused |= gone | refusals(self.course.kind, found, self.course.starts_on)
        if name == "course":
            refused |= {one.pk: one.why_shut for one in found if one.why_shut}
        return refused

    def unusual(self):
        """Whoever is enrolled once the course is over is so late that it is asked why."""
        yield from super().unusual()
        if self._state.adding and self.course_id and self.course.ends_on < site_date():
            yield "person", f"培训已于{date(self.course.ends_on)}结束，现在是补录。"

    def _require_open(self) -> None:
        """Raises ValidationError for somebody new where nobody enrols any more, or whom it is not for."""
        stored = type(self)._base_manager.filter(pk=self.pk).values("person", "course").first()
        if stored == {"person": self.person_id, "course": self.course_id}:
            return
        if self.course.why_shut:
            raise ValidationError({"person": self.course.why_shut})
        if self.person_id and (
            why := refusal(self.course.kind, self.person, self.course.starts_on)
        ):
            raise ValidationError({"person": why})
        refuse_gone(self, "person", self.course.starts_on)

    def _refuse_change(self) -> None:
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        if stored is None or any(getattr(self, n) != getattr(stored, n) for n in self.outcome):
            raise ValidationError(
                f"该培训{self.course.get_state_display()}，不能再报名或改动出勤和成绩。"
            )

    def save(self, *args, **kwargs):
        """The course's hours are the course's."""
        self.course_hours = self.course.hours
        super().save(*args, **kwargs)
