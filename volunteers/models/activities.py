"""Activities of volunteers, who signed up, and the hours they gave."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThan, LessThanOrEqual
from django.utils import timezone

from suzhou_portal import clock
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import by_another, check, in_hours, no_overlap, together, unique
from suzhou_portal.fields import Line, PlannedDay, Prose
from suzhou_portal.figures.dates import site_date
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from volunteers.enums.service import ACTIVITY, SERVICE, ServiceState
from volunteers.models.people import Volunteer, hours
from volunteers.models.teams import VolunteerTeam, refuse_dissolved

# Minutes after an activity's start: until its own end, and until somebody came and left.
LASTS, CAME, LEFT = (clock.sql_minutes(F("starts"), F(name)) for name in ("ends", "began", "ended"))
TAKING_PLACES = Q(state__in=[state for state in ServiceState if state != ServiceState.WITHDRAWN])


class Activity(Staged):
    """What a team does on one day, from hour to hour, with so many places."""

    lifecycle = ACTIVITY

    team = refers_to(VolunteerTeam, "组织队伍", "activities")
    title = Line("活动名称", max_length=60)
    place = Line("地点", max_length=80)
    held_on = PlannedDay("活动日期")
    starts = models.TimeField("开始时间")
    ends = clock.EndTime("结束时间")
    places = models.PositiveSmallIntegerField(
        "名额（人）", validators=[MinValueValidator(1, "至少1人。")]
    )
    content = Prose("活动内容", max_length=500, blank=True)
    result = Prose("活动情况", max_length=1000, blank=True)

    owned_by: ClassVar = {"team": "team_id"}
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "志愿活动"
        ordering = ["area_id", "-held_on", "pk"]
        constraints = [
            in_hours("activity_hours", "starts", "ends"),
            check("activity_places", Q(places__gte=1), "名额至少1人。"),
            together("activity_id_and_hours", "area", "held_on", "starts", "ends"),
        ]

    @property
    def when(self) -> str:
        """Day and hours, for a page."""
        return clock.text(self.held_on, self.starts, self.ends)

    @property
    def free(self) -> int:
        """Places nobody has taken."""
        return self.places - self.services.filter(TAKING_PLACES).count()

    def recruiting(self) -> str:
        """Whether people may still sign up that day, for a page."""
        if self.state != "open":
            return str(self.get_state_display())
        if self.held_on < timezone.localdate():
            return "报名截止"
        taken = sum(one.state != ServiceState.WITHDRAWN for one in self.services.all())
        return f"报名中，余{self.places - taken}人" if taken < self.places else "已满"

    @property
    def begins(self) -> datetime.datetime:
        """When it starts, without a time zone: the district has one."""
        return datetime.datetime.combine(self.held_on, self.starts)

    @property
    def finishes(self) -> datetime.datetime:
        """When it ends, which may be on the next day."""
        return clock.moment(self.held_on, self.starts, self.ends)

    def clean(self):
        """Not fewer places than people have taken, and of a team that is still there."""
        super().clean()
        if self._state.adding:
            refuse_dissolved(self)
        if self.pk and self.places is not None and self.free < 0:
            taken = self.places - self.free
            raise ValidationError({"places": f"已有{taken}人报名，名额不能少于{taken}人。"})


class ServiceQuerySet(StagedQuerySet):
    def certified(self, day: datetime.date):
        """Services certified, of activities held by that day."""
        return self.filter(state=ServiceState.CERTIFIED, held_on__lte=day)


class Service(Staged):
    """One volunteer's part in one activity, from signing up to certified minutes.

    Area, day and hours of the activity are repeated here, kept equal by a composite foreign key, so that
    the database itself refuses more than the activity lasted, and two at once. Source for recording
    and certifying by different people: 志愿服务记录与证明出具办法（试行）, 2020.
    """

    lifecycle = SERVICE
    derived = ("held_on", "starts", "ends")
    stands_with = "activity"

    activity = refers_to(Activity, "志愿活动", "services")
    volunteer = refers_to(Volunteer, "志愿者", "services")
    held_on = PlannedDay("活动日期", editable=False)
    starts = models.TimeField("活动开始", editable=False)
    ends = clock.EndTime("活动结束", editable=False)
    began = models.TimeField("到岗时间", null=True, blank=True)
    ended = clock.EndTime("离岗时间", null=True, blank=True)
    minutes = models.GeneratedField(
        expression=clock.sql_minutes(F("began"), F("ended")),
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name="服务时长（分钟）",
    )
    by_hand = models.BooleanField("时长为补录", default=False, editable=False)
    noted_by = account("补录人")
    confirmed_by = account("确认人")

    objects: ClassVar = ServiceQuerySet.as_manager()
    owned_by: ClassVar = {"team": "activity__team_id"}
    named_with: ClassVar = ("activity", "volunteer")

    class Meta:
        verbose_name = verbose_name_plural = "志愿服务记录"
        ordering = ["area_id", "-held_on", "pk"]
        constraints = [
            check(
                "service_in_order",
                Q(ended__isnull=True) | Q(began__isnull=False) & Q(LessThan(CAME, LEFT)),
                "离岗时间应晚于到岗时间。",
                at="ended",
            ),
            check(
                "service_within_activity",
                (Q(began__isnull=True) | Q(LessThan(CAME, LASTS)))
                & (Q(ended__isnull=True) | Q(LessThanOrEqual(LEFT, LASTS))),
                "到岗、离岗时间须在活动时间之内。",
                at="began",
            ),
            check(
                "service_certified_has_hours",
                ~Q(state__in=["certified", "to_confirm"])
                | Q(began__isnull=False, ended__isnull=False),
                "认定时长须有到岗和离岗时间。",
            ),
            by_another(
                "service_confirmed_by_another",
                "confirmed_by",
                "noted_by",
                "补录的时长须由另一人确认。",
            ),
            unique(
                "service_once",
                "这位志愿者已经报名。",
                "activity",
                "volunteer",
                condition=TAKING_PLACES,
            ),
            no_overlap(
                "service_one_at_a_time",
                "volunteer",
                "held_on",
                ("starts", "began", "ended"),
                ~Q(state="void"),
                "这段时间他（她）已在另一活动中服务，时长不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.volunteer}：{self.activity}"

    @property
    def source(self) -> str:
        """Where the hours come from."""
        return "补录" if self.by_hand else "签到" if self.began else ""

    @property
    def hours_given(self) -> str:
        """Hours with one decimal; blank while nobody knows."""
        return "" if self.minutes is None else hours(self.minutes)

    def clean(self):
        """A place is free, the activity is not over, and the volunteer has not left."""
        self._follow()
        if self._state.adding and self.activity_id:
            self._require_open(self.activity)
        if self._state.adding and self.volunteer_id and self.volunteer.left_on is not None:
            raise ValidationError({"volunteer": "这位志愿者已注销，不能报名。"})

    @staticmethod
    def _require_open(activity: Activity) -> None:
        """Raises ValidationError where nobody signs up any more, by its state, its day or its places."""
        if activity.state != "open":
            raise ValidationError({"volunteer": "活动不在报名中，不能报名。"})
        if activity.held_on < site_date():
            raise ValidationError(
                {"volunteer": f"活动已于{date(activity.held_on)}举行，不能再报名。"}
            )
        if activity.free < 1:
            raise ValidationError({"volunteer": f"名额{activity.places}人，已满。"})

    def save(self, *args, **kwargs):
        """Day and hours are the activity's."""
        self._follow()
        super().save(*args, **kwargs)

    def _follow(self) -> None:
        if self.activity_id:
            activity = self.activity
            self.held_on, self.starts, self.ends = activity.held_on, activity.starts, activity.ends
