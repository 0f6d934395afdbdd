"""Training courses and who was enrolled in them."""

import datetime
from typing import ClassVar

from django.db import models

from communities.enums import CourseKind, Rank
from communities.models.people import Person
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order


class Course(AreaRecord):
    """One training, contest or class; a district's is open to its communities."""

    shared = True

    kind = models.CharField("类别", max_length=20, choices=CourseKind.choices)
    name = models.CharField("名称", max_length=80)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    hours = models.PositiveSmallIntegerField("学时", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering = ["-starts_on", "pk"]
        constraints = [
            in_order("course_dates", "starts_on", "ends_on", "结束日期不能早于开始日期。"),
        ]

    def __str__(self):
        return self.name


class EnrolmentQuerySet(AreaRecordQuerySet):
    """Enrolments, by what the course was for and who was enrolled."""

    def section_cadres_in_post_training(self, day: datetime.date):
        """Cadres of rank 科级 in post trainings begun by that day."""
        return self.filter(
            course__kind=CourseKind.POST, course__starts_on__lte=day, rank=Rank.SECTION
        )


class Enrolment(AreaRecord):
    """A person in a course. Area, unit and rank are those of the time, not of today."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name="培训", related_name="enrolments"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", related_name="enrolments"
    )
    unit = models.CharField("当时所在单位", max_length=60)
    rank = models.CharField("当时职级", max_length=10, choices=Rank.choices)

    objects: ClassVar = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "参训"
        ordering = ["area_id", "course_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                name="enrolment_once",
                violation_error_message="此人已报名该培训。",
            ),
        ]

    def __str__(self):
        return f"{self.person}：{self.course}"
