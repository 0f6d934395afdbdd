"""What the law wants disclosed of a charity project, and by when."""

import datetime
from collections.abc import Iterator
from itertools import count
from typing import Any, ClassVar, NamedTuple

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


class Owed(NamedTuple):
    """Something to be disclosed by a day."""

    kind: str
    due_on: datetime.date


def owed(project: CharityProject, day: datetime.date) -> list[Owed]:
    """All that a project owes by its own dates: what was due while it ran, up to that day and the next
    time after it, and in full once it has ended.
    """
    if project.started_on is None:
        return []
    found = []
    for one in _periodic(project, project.ended_on or day):
        if project.ended_on and one.due_on > project.ended_on:
            break
        found.append(one)
        if one.due_on > day:
            break
    if project.ended_on:
        found.append(Owed(DutyKind.FINAL, months_before(project.ended_on, -FINAL_MONTHS)))
    return found


def missing(project: CharityProject, day: datetime.date) -> list[DisclosureDuty]:
    """What the project owes and no duty is on record for, not yet saved. One due nearer to a day than to the
    time before or after stands for it.
    """
    known = list(project.duties.all())
    return [
        DisclosureDuty(
            area_id=project.area_id, project=project, kind=one.kind, due_on=one.due_on,
            is_demo=project.is_demo,
        )
        for one in owed(project, day)
        if not any(_stands_for(duty, one) for duty in known)
    ]  # fmt: skip


def _stands_for(duty: DisclosureDuty, one: Owed) -> bool:
    if one.kind == DutyKind.FINAL:
        return duty.kind == DutyKind.FINAL
    days = EMERGENCY_DAYS if one.kind == DutyKind.EMERGENCY else PROGRESS_MONTHS * 30
    return duty.kind == one.kind and 2 * abs((duty.due_on - one.due_on).days) < days


def _periodic(project: CharityProject, until: datetime.date) -> Iterator[Owed]:
    """Every time at which a running project reports, without end."""
    began: Any = project.started_on
    if project.emergency:
        for number in count(1):
            due_on = began + datetime.timedelta(days=EMERGENCY_DAYS * number)
            yield Owed(DutyKind.EMERGENCY, due_on)
    grown = months_before(began, -LONG_MONTHS)
    # Without a planned end it is taken for a long one, the stricter reading; one that outgrows its
    # plan is a long one from then on.
    planned = project.planned_to is None or project.planned_to > grown
    if planned or until > grown:
        for number in count(1):
            due_on = months_before(began, -PROGRESS_MONTHS * number)
            if planned or due_on > grown:
                yield Owed(DutyKind.PROGRESS, due_on)
