"""M23 常态化培训、应急演练: what teams gather for in 平时, and who came."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from suzhou_portal import clock
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, unique
from suzhou_portal.fields import Line, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged
from volunteers.enums.trainings import TEAM_TRAINING, Presence, TrainingKind
from volunteers.models.musters import AT_LEAST_ONE
from volunteers.models.people import Volunteer
from volunteers.models.teams import VolunteerTeam, refuse_dissolved, team_members

MORE_DAYS = 24  # hours that no span within a day and its night has


class TeamTraining(Staged):
    """A training or an emergency drill of teams, planned, held, and what it showed.

    A drill of the switch itself is an `Emergency` flagged as a drill; this is practice without it.
    """

    lifecycle = TEAM_TRAINING

    kind = models.CharField(
        "类别", max_length=10, choices=TrainingKind.choices, default=TrainingKind.TRAINING
    )
    title = Line("主题", max_length=60)
    place = Line("地点", max_length=80)
    planned_on = PlannedDay("计划日期")
    starts = models.TimeField("开始时间", null=True, blank=True)
    hours = models.PositiveSmallIntegerField(
        "时长（小时）", default=2, validators=[MinValueValidator(1, "时长至少1小时。")]
    )
    summary = Prose("情况和问题", max_length=1000, blank=True)
    held_on = PastDay("举办日期", null=True, blank=True, editable=False)

    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "队伍培训演练"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            check(
                "team_training_held_with_summary",
                Q(state="held", held_on__isnull=False) & ~Q(summary="")
                | ~Q(state="held") & Q(held_on__isnull=True),
                "举办须有举办日期、情况和问题。",
            ),
            check("team_training_hours", Q(hours__gte=1), "时长至少1小时。"),
        ]

    @property
    def planned(self) -> str:
        """Day and hours for which it is planned."""
        ends = None
        if self.starts and self.hours < MORE_DAYS:
            begun = datetime.datetime.combine(self.planned_on, self.starts)
            ends = (begun + datetime.timedelta(hours=self.hours)).time()
        return clock.text(self.planned_on, self.starts, ends)


class TrainingAttendance(Reasoned, AreaRecord):
    """A team that came to a training or drill, with how many of its people."""

    stands_with = "training"
    written_while = TEAM_TRAINING.open_in

    training = refers_to(TeamTraining, "培训演练", "attendances", on_delete=models.CASCADE)
    team = refers_to(VolunteerTeam, "队伍", "attendances")
    people = models.PositiveSmallIntegerField(
        "到场人数（人）", validators=[MinValueValidator(1, AT_LEAST_ONE)]
    )

    plausible: ClassVar = {"people": team_members}
    owned_by: ClassVar = {"team": "team_id"}
    named_with: ClassVar = ("team",)
    called = "team"

    class Meta:
        verbose_name = verbose_name_plural = "培训演练到场"
        ordering = ["training_id", "pk"]
        constraints = [
            check("attendance_at_least_one", Q(people__gte=1), AT_LEAST_ONE),
            unique("attendance_once", "该队伍已登记到场。", "training", "team"),
        ]

    @property
    def basis(self) -> str:
        """Whether somebody noted who came, or only how many; of prefetched rows without a query."""
        return f"逐人登记{len(self._noted)}人" if self._noted else "只有总数"

    @property
    def _noted(self) -> list["TrainingPresence"]:
        return [one for one in self.training.presences.all() if one.team_id == self.team_id]

    def clean(self):
        """No team comes that is dissolved, and where it is noted who came nobody counts otherwise."""
        super().clean()
        if self._state.adding:
            refuse_dissolved(self)
        if self.training_id is None or self.people is None or not self._noted:
            return
        came = sum(one.presence == Presence.PRESENT for one in self._noted)
        if came != self.people:
            said = f"这支队伍已逐人登记，到场{came}人；人数不同的，请改“到场人员”。"
            raise ValidationError({"people": said})


class TrainingPresence(AreaRecord):
    """Whether a volunteer of a team came. Where there are such rows the database counts the team's people
    by them (see the migration); a team of which nobody came is not there.
    """

    stands_with = "training"
    written_while = TEAM_TRAINING.open_in

    training = refers_to(TeamTraining, "培训演练", "presences", on_delete=models.CASCADE)
    team = refers_to(VolunteerTeam, "队伍", "presences")
    volunteer = refers_to(Volunteer, "志愿者", "presences")
    presence = models.CharField(
        "到场", max_length=10, choices=Presence.choices, default=Presence.PRESENT
    )

    owned_by: ClassVar = {"team": "team_id"}
    named_with: ClassVar = ("training", "volunteer")

    class Meta:
        verbose_name = verbose_name_plural = "到场人员"
        ordering = ["training_id", "team_id", "pk"]
        constraints = [
            unique("presence_once", "这位志愿者已在名单上。", "training", "volunteer"),
            check("presence_known", Q(presence__in=Presence.values), "没有这一种到场情况。"),
        ]

    def __str__(self):
        return f"{self.volunteer}：{self.training}"

    def clean(self):
        """New ones are of the team, which is still there."""
        super().clean()
        if not self._state.adding:
            return
        refuse_dissolved(self)
        if self.volunteer_id and self.volunteer.team_id != self.team_id:
            said = "这位志愿者不是这支队伍的队员；先在“志愿者”中登记所属队伍。"
            raise ValidationError({"volunteer": said})
