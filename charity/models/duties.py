"""What the law wants disclosed of a charity project, and by when."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from charity.enums.tracing import DUTY, DutyKind
from charity.models.records import CharityProject
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, unique
from suzhou_portal.fields import PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.months import months_before

LONG_MONTHS, PROGRESS_MONTHS, FINAL_MONTHS, EMERGENCY_DAYS = 6, 3, 3, 5


class DisclosureDuty(Staged):
    """One disclosure of one project, with the day it is due, and what was disclosed.

    Source: 慈善法 (2023): a project of more than six months at least every three months, and in full
    within three months of its end; in an emergency the donations raised at least every five days.
    """

    lifecycle = DUTY

    project = refers_to(CharityProject, "慈善项目", "duties")
    kind = models.CharField("公开什么", max_length=10, choices=DutyKind.choices)
    due_on = PlannedDay("期限")
    report = Prose("公开内容", max_length=3000, blank=True)
    disclosed_on = PastDay("公开日期", null=True, editable=False)

    named_with: ClassVar = ("project",)

    class Meta:
        verbose_name = verbose_name_plural = "慈善信息公开"
        ordering = ["area_id", "due_on", "pk"]
        constraints = [
            check(
                "duty_disclosed_with_report",
                ~Q(state="disclosed") | Q(disclosed_on__isnull=False) & ~Q(report=""),
                "公开须有公开日期和公开内容。",
            ),
            unique("duty_once", "该项目这一期限的公开已有。", "project", "kind", "due_on"),
            unique(
                "duty_final_once", "该项目的全面公开已有。", "project", condition=Q(kind="final")
            ),
        ]

    def __str__(self):
        return f"{self.project}：{self.get_kind_display()}"

    @property
    def late(self) -> str:
        """That it came late, for a page."""
        return "逾期" if self.disclosed_on and self.disclosed_on > self.due_on else ""


def next_duty(project: CharityProject, after: datetime.date) -> DisclosureDuty | None:
    """What is to be disclosed next of a project under way; None for a short one."""
    if project.emergency:
        due_on, kind = after + datetime.timedelta(days=EMERGENCY_DAYS), DutyKind.EMERGENCY
    elif _is_long(project):
        due_on, kind = months_before(after, -PROGRESS_MONTHS), DutyKind.PROGRESS
    else:
        return None
    return DisclosureDuty(
        area_id=project.area_id, project=project, kind=kind, due_on=due_on, is_demo=project.is_demo
    )


def final_duty(project: CharityProject, ended_on: datetime.date) -> DisclosureDuty:
    """The full report after a project's end."""
    return DisclosureDuty(
        area_id=project.area_id, project=project, kind=DutyKind.FINAL,
        due_on=months_before(ended_on, -FINAL_MONTHS), is_demo=project.is_demo,
    )  # fmt: skip


def _is_long(project: CharityProject) -> bool:
    """A project without a planned end is taken for a long one: the stricter reading."""
    if project.started_on is None or project.planned_to is None:
        return True
    return project.planned_to > months_before(project.started_on, -LONG_MONTHS)
