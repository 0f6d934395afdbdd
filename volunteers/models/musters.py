"""M22 急时闻令而动: musters of teams, who checked in, and what they are told to do."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from volunteers.enums.emergencies import MUSTER, MUSTER_TASK, EmergencyState, MusterState
from volunteers.models.emergencies import Emergency
from volunteers.models.teams import VolunteerTeam, refuse_dissolved, team_members

AT_LEAST_ONE = "人数至少为1。"
# A team is called wherever it belongs; a grid worker to what musters around the grid.
CALLED = (Role.TEAM, Role.GRID_WORKER)


class MusterQuerySet(StagedQuerySet):
    def unanswered(self):
        """Musters that gather and miss a team that was called; those to which no team was called too."""
        came = CheckIn.objects.filter(muster=OuterRef(OuterRef("pk")), team=OuterRef("pk"))
        called = VolunteerTeam.objects.filter(musters=OuterRef("pk"))
        missed = Exists(called.exclude(Exists(came))) | ~Exists(called)
        return self.in_state(MusterState.GATHERING).filter(missed)


class Muster(Staged):
    """Teams called to a place in an emergency: they gather, carry out tasks, and stand down.

    Who leads it, and by which phone, is read by whoever keeps it and whoever is called.
    """

    lifecycle = MUSTER

    emergency = refers_to(Emergency, "平急转换", "musters")
    place = Line("集结地点", max_length=80)
    teams = models.ManyToManyField(
        VolunteerTeam,
        blank=True,
        limit_choices_to={"dissolved_on": None},
        related_name="musters",
        verbose_name="通知的队伍",
    )
    leader = PersonName("负责人", max_length=30, blank=True, help_text="现场由谁指挥。")
    phone = Phone(
        "负责人电话",
        max_length=20,
        blank=True,
        help_text="通知到的队伍和网格员能看到全号。",
    )
    called_at = models.DateTimeField("通知时间", null=True, editable=False)
    summary = Prose("撤收情况", max_length=1000, blank=True)
    stood_down_on = PastDay("撤收日期", null=True, blank=True, editable=False)

    masked: ClassVar = {"leader": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("leader", "phone")
    used_until = "emergency__ended_on"
    comes_to = CALLED
    owned_by: ClassVar = {"team": "teams__pk"}
    called = "place"

    objects: ClassVar = MusterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "集结"
        ordering = ["-pk"]
        constraints = [
            check(
                "muster_stood_down_with_summary",
                Q(state="stood_down", stood_down_on__isnull=False) & ~Q(summary="")
                | ~Q(state="stood_down") & Q(stood_down_on__isnull=True),
                "撤收须有撤收日期和撤收情况。",
            ),
            unique(
                "muster_once_a_place",
                "这次行动在该地区的这个地点已有集结。",
                "emergency",
                "area",
                "place",
                condition=~Q(state="cancelled"),
            ),
        ]

    def clean(self):
        """Inside the emergency's area, and begun while it lasts."""
        super().clean()
        if self.emergency_id is None:
            return
        if self._state.adding and self.emergency.state != EmergencyState.ACTIVE:
            raise ValidationError("这次平急转换不在急时状态，不能集结。")
        if self.area_id and not contains(self.emergency.area_id, self.area_id):
            raise ValidationError({"area": f"集结须在“{self.emergency.area}”范围内。"})

    @property
    def people(self) -> int:
        """How many people have checked in; of prefetched ones without a query."""
        return sum(one.people for one in self.check_ins.all())

    @property
    def teams_named(self) -> str:
        """The teams called, in a line."""
        return "、".join(team.name for team in self.teams.all())


class CheckInQuerySet(AreaRecordQuerySet):
    def by(self, day: datetime.date, *, drill: bool):
        """Check-ins by that day, of drills or of real events."""
        return self.filter(checked_in_at__date__lte=day, muster__emergency__is_drill=drill)


class CheckIn(Reasoned, AreaRecord):
    """A team with its people, or one person of no team, arrived at a muster.

    The name may be blanked past its term, so the database can't ask for it; the form does.
    """

    stands_with = "muster"
    written_while = (MusterState.GATHERING, MusterState.ON_DUTY)

    muster = refers_to(Muster, "集结", "check_ins", on_delete=models.CASCADE)
    team = refers_to(VolunteerTeam, "队伍", "check_ins", optional=True)
    people = models.PositiveSmallIntegerField(
        "到场人数（人）", default=1, validators=[MinValueValidator(1, AT_LEAST_ONE)]
    )
    name = PersonName("个人姓名", max_length=30, blank=True, help_text="不随队伍来的，填姓名。")
    phone = Phone("个人电话", max_length=20, blank=True)
    checked_in_at = models.DateTimeField("签到时间", default=timezone.now, editable=False)

    objects: ClassVar = CheckInQuerySet.as_manager()
    plausible: ClassVar = {"people": team_members}
    masked: ClassVar = {"name": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("name", "phone")
    comes_to = CALLED
    used_until = "muster__stood_down_on"
    owned_by: ClassVar = {"team": "team_id"}
    named_with: ClassVar = ("team",)

    class Meta:
        verbose_name = verbose_name_plural = "签到"
        ordering = ["muster_id", "pk"]
        constraints = [
            check(
                "check_in_team_or_person",
                Q(team__isnull=True, people=1) | Q(team__isnull=False, name="", phone=""),
                "随队伍签到不填个人姓名、电话；个人签到只计1人。",
            ),
            check("check_in_at_least_one", Q(people__gte=1), AT_LEAST_ONE),
            unique("check_in_team_once", "该队伍已在这次集结签到。", "muster", "team"),
            unique(
                "check_in_person_once",
                "此人已在这次集结签到。",
                "muster",
                "name",
                "phone",
                condition=~Q(name=""),
            ),
            unique(
                "check_in_phone_once",
                "这个电话已在这次集结签到。",
                "muster",
                "phone",
                condition=~Q(phone=""),
            ),
        ]

    def __str__(self):
        return str(self.team) if self.team_id else "个人签到"

    def clean(self):
        """Somebody arrived."""
        super().clean()
        if not self._state.adding:
            return
        refuse_dissolved(self)
        if self.team_id is None and not self.name:
            raise ValidationError({"team": "请选择队伍；不随队伍来的，填个人姓名。"})


class MusterTask(Staged):
    """What a muster's team is told to do, and what came of it."""

    stands_with = "muster"
    lifecycle = MUSTER_TASK

    muster = refers_to(Muster, "集结", "tasks", on_delete=models.CASCADE)
    title = Line("任务", max_length=100)
    team = refers_to(VolunteerTeam, "承担队伍", "muster_tasks", optional=True)
    assigned_on = PastDay("交办日期", default=timezone.localdate, editable=False)
    result = Prose("完成情况", max_length=500, blank=True)
    done_on = PastDay("完成日期", null=True, blank=True, editable=False)

    comes_to = CALLED
    owned_by: ClassVar = {"team": "team_id"}
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "应急任务"
        ordering = ["muster_id", "pk"]
        constraints = [
            in_order("muster_task_done", "assigned_on", "done_on", "完成日期不能早于交办日期。"),
            check(
                "muster_task_done_with_result",
                Q(state="done", done_on__isnull=False) & ~Q(result="")
                | ~Q(state="done") & Q(done_on__isnull=True),
                "完成须有完成日期和完成情况。",
            ),
        ]

    def clean(self):
        """Given while the muster is open."""
        super().clean()
        if self._state.adding:
            refuse_dissolved(self)
        if self._state.adding and self.above is not None and self.above.state in MUSTER.closed:
            raise ValidationError("这次集结已经撤收或取消，不能再交办任务。")
