"""点单—派单—接单—评单: what a resident asks for, from whichever door, until the resident says it is done."""

import datetime
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.models import DeliberationMeeting, GridEvent
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal import clock
from suzhou_portal.accounts.roles import OWNERS, Role
from suzhou_portal.areas.codes import Level, community_of
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_hours, in_order, stands_at
from suzhou_portal.audit.enums import Mask
from suzhou_portal.calendars import workdays
from suzhou_portal.calendars.workdays import Taken
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.linkage.enums.requests import (
    KIND_OF,
    REQUEST,
    SERVED,
    WITH_PROVIDER,
    Channel,
    OnBehalf,
    RequestState,
    Score,
)
from suzhou_portal.linkage.models.providers import RequestRules
from volunteers.enums.visits import ResidentNeedKind
from volunteers.models import Activity, DoorVisit, Volunteer, VolunteerTeam
from volunteers.models.certificates import in_fours, new_code

ACTIVE = (RequestState.ACCEPTED, RequestState.IN_SERVICE)
BY_STAFF = (RequestState.TO_DISPATCH, RequestState.FOLLOW_UP)


class ServiceRequestQuerySet(StagedQuerySet):
    def received(self, day: datetime.date):
        """Requests that came by that day and were not refused or called off."""
        return self.until(day, "asked_on").exclude(state__in=REQUEST.bad)

    def served(self, day: datetime.date):
        """Requests of which somebody said by that day that they were done."""
        return self.until(day, "done_on").in_state(*SERVED)

    def overdue(self, day: datetime.date):
        """Requests on which somebody was to act before that day."""
        return self.filter(due_on__lt=day)


class ServiceRequest(Staged):
    """What somebody asks for, from whichever door it came.

    "Done" is a claim of whoever served; only the resident's word, or silence past its term, closes it.
    The code, on the receipt, leads who has no phone to the request.
    """

    lifecycle = REQUEST

    channel = models.CharField("来源", max_length=15, choices=Channel.choices)
    kind = models.CharField("类别", max_length=10, choices=ResidentNeedKind.choices)
    service = refers_to(ServiceItem, "服务项目", "requests", optional=True)
    content = Prose("需要什么", max_length=1000)
    wished_on = PlannedDay("希望哪天", null=True, blank=True, ahead=1)
    wished_at = Line("希望什么时间", max_length=30, blank=True, help_text="如：上午、15:00以后。")
    name = PersonName("姓名", max_length=30, blank=True)
    phone = Phone("电话", max_length=20, blank=True)
    address = Line("住址", max_length=60, blank=True, help_text="如：2号楼3单元501。")
    on_behalf = models.CharField(
        "为谁提出", max_length=10, choices=OnBehalf.choices, default=OnBehalf.SELF
    )
    agreed = models.BooleanField("同意为办理这件事使用上述信息", default=False)
    asked_on = PastDay("提出日期", default=timezone.localdate)
    visit = models.OneToOneField(
        DoorVisit, models.PROTECT, null=True, editable=False, related_name="found_request",
        verbose_name="走访",
    )  # fmt: skip
    event = models.OneToOneField(
        GridEvent, models.PROTECT, null=True, editable=False, related_name="found_request",
        verbose_name="网格事件",
    )  # fmt: skip
    meeting = refers_to(DeliberationMeeting, "议事会", "requests", optional=True)

    organization = refers_to(SocialOrganization, "承接组织", "requests", optional=True)
    team = refers_to(VolunteerTeam, "承接队伍", "requests", optional=True)
    handler = Name(
        "承办人（单位）", max_length=40, blank=True, help_text="如：社区民政专干、某某物业。"
    )
    due_on = PlannedDay("本步期限", null=True, blank=True, editable=False)
    promised_on = PlannedDay("应完成日期", null=True, blank=True, editable=False)
    appointed_on = PlannedDay("约定日期", null=True, blank=True, ahead=1)
    appointed_at = models.TimeField("约定时间", null=True, blank=True)
    started_on = PastDay("开始日期", null=True, blank=True, editable=False)
    result = Prose("办理情况", max_length=1000, blank=True)
    began = models.TimeField("服务开始时间", null=True, blank=True)
    ended = clock.EndTime("服务结束时间", null=True, blank=True)
    people = models.PositiveSmallIntegerField(
        "服务人数（人）", null=True, blank=True, validators=[MinValueValidator(1, "至少1人。")]
    )
    volunteers = models.ManyToManyField(
        Volunteer, blank=True, verbose_name="参加的志愿者", related_name="requests"
    )
    activities = models.ManyToManyField(Activity, verbose_name="记时长的活动", editable=False)
    done_on = PastDay("完成日期", null=True, blank=True, editable=False)
    rating = models.PositiveSmallIntegerField(
        "满意程度", choices=Score.choices, null=True, blank=True
    )
    not_done = models.BooleanField("居民说没有办", default=False)
    comment = Line("居民的话", max_length=500, blank=True)
    rated_on = PastDay("评价日期", null=True, blank=True, editable=False)
    follow_up = Line("回访情况", max_length=500, blank=True)
    unmet_on = PastDay("列为未满足日期", null=True, blank=True, editable=False)
    closed_on = PastDay("办结日期", null=True, blank=True, editable=False)
    code = models.CharField("回执码", max_length=16, unique=True, default=new_code, editable=False)
    sent = models.UUIDField("提交编号", unique=True, default=uuid.uuid4, editable=False)

    objects: ClassVar = ServiceRequestQuerySet.as_manager()
    # Of an address, too, the first character alone is for everybody.
    masked: ClassVar = {
        "name": Mask.NAME, "phone": Mask.PHONE, "address": Mask.NAME, "code": Mask.SECRET,
    }  # fmt: skip
    contact_columns = ("name", "phone", "address")
    used_until = "closed_on"
    owned_by: ClassVar = {"team": "team_id", "organization": "organization_id"}
    comes_to = (Role.TEAM, Role.ORGANIZATION)
    deadlines: ClassVar = {name: Taken("asked_on", name) for name in ("due_on", "promised_on")}
    offered: ClassVar = {
        "organization": Q(deregistered_on__isnull=True), "team": Q(dissolved_on__isnull=True),
        "volunteers": Q(left_on__isnull=True), "service": Q(withdrawn_on__isnull=True),
    }  # fmt: skip
    offered_because: ClassVar = {"organization": "已注销", "team": "已解散", "service": "已停止"}

    class Meta:
        verbose_name = verbose_name_plural = "服务请求"
        ordering = ["-asked_on", "-pk"]
        indexes = [
            models.Index(fields=["due_on", "state"], name="request_by_due"),
            models.Index(fields=["-asked_on", "-id"], name="request_asked"),
        ]
        constraints = [
            check(
                "request_in_community_or_grid",
                stands_at(Level.COMMUNITY, Level.GRID),
                "服务请求属于社区或网格：请选择社区或网格。",
                at="area",
            ),
            check(
                "request_online_agreed",
                ~Q(channel=Channel.ONLINE)
                | Q(agreed=True) & (Q(closed_on__isnull=False) | ~Q(phone="") & ~Q(name="")),
                "网上提出的须有姓名、电话，并同意为办理使用。",
                at="agreed",
            ),
            check(
                "request_one_provider",
                ~Q(organization__isnull=False, team__isnull=False),
                "承接组织和承接队伍只能选一个。",
                at="organization",
            ),
            check(
                "request_provider_known",
                ~Q(state__in=[*WITH_PROVIDER, *SERVED])
                | Q(organization__isnull=False)
                | Q(team__isnull=False)
                | ~Q(handler=""),
                "派单须有承接组织、队伍或承办人。",
            ),
            check(
                "request_served_with_result",
                Q(state__in=SERVED, done_on__isnull=False) & ~Q(result="")
                | ~Q(state__in=SERVED) & Q(done_on__isnull=True),
                "完成须有日期和办理情况，没有完成的不填。",
            ),
            check(
                "request_closed_with_date",
                Q(state__in=REQUEST.closed, closed_on__isnull=False)
                | ~Q(state__in=REQUEST.closed) & Q(closed_on__isnull=True),
                "办结、拒绝和取消须有日期。",
            ),
            check(
                "request_rated_with_score",
                ~Q(state=RequestState.RATED) | Q(rating__isnull=False),
                "评价须有满意程度。",
                at="rating",
            ),
            in_hours("request_hours", "began", "ended"),
            in_order("request_wished", "asked_on", "wished_on", "希望的日期不能早于提出日期。"),
            in_order("request_due", "asked_on", "due_on", "期限不能早于提出日期。"),
            in_order("request_promised", "asked_on", "promised_on", "应完成不能早于提出日期。"),
            in_order("request_appointed", "asked_on", "appointed_on", "约定不能早于提出日期。"),
            in_order("request_unmet", "asked_on", "unmet_on", "列为未满足不能早于提出日期。"),
            in_order("request_started", "asked_on", "started_on", "开始不能早于提出日期。"),
            in_order("request_done", "asked_on", "done_on", "完成不能早于提出日期。"),
            in_order("request_served", "started_on", "done_on", "完成不能早于开始。"),
            in_order("request_rated", "asked_on", "rated_on", "评价不能早于提出日期。"),
            in_order("request_closed", "asked_on", "closed_on", "办结不能早于提出日期。"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}（单号{self.number}）"

    def clean(self):
        """What is asked for comes from a service that is offered, and is of its kind."""
        super().clean()
        if self.channel == Channel.DELIBERATION and self.meeting is None:
            raise ValidationError({"meeting": "来自议事协商的，请选择是哪一次议事会。"})
        # A form that asks for no day of asking leaves the database's rule out.
        if self._state.adding and self.wished_on and self.wished_on < self.asked_on:
            raise ValidationError({"wished_on": "希望的日期不能早于提出日期。"})

    def save(self, *args, **kwargs):
        """The first deadline counts from the day of asking; the kind follows from the service."""
        if not self.kind and self.service is not None:
            self.kind = KIND_OF[self.service.category]
        if self._state.adding and self.due_on is None and self.state == self.lifecycle.start:
            self.due_on = self.first_due
        super().save(*args, **kwargs)

    @property
    def first_due(self) -> datetime.date:
        """Until when it is to be looked at, from the day of asking."""
        return workdays.after(self.asked_on, self.term(self.asked_on).dispatch_days)

    def term(self, day: datetime.date):
        """What its district decided about requests, as of that day."""
        return RequestRules.objects.term(self.area_id, day)

    @property
    def number(self) -> str:
        """The number by which a resident asks for it: eight digits."""
        return f"{self.pk or 0:08d}"

    @property
    def community_code(self) -> str:
        """The code of the community it stands in, whose office is called."""
        return community_of(str(self.area_id))

    @property
    def spaced_code(self) -> str:
        """The receipt's code in fours, as people read it."""
        return in_fours(self.code)

    @property
    def provider(self) -> Any:
        """Who serves it: an organization, a team, or whom the community named; blank while nobody does."""
        return self.organization or self.team or self.handler

    @property
    def hours(self) -> str:
        """From when to when it was served, for a page."""
        return clock.text(self.done_on, self.began, self.ended) if self.began else ""

    @property
    def rated(self) -> str:
        """What the resident said, for a page: silence is never contentment."""
        if self.not_done:
            return "没有办"
        if self.rating:
            return str(self.get_rating_display())
        return "未评价" if self.state == RequestState.CLOSED else ""

    def gone(self, day: datetime.date) -> str:
        """That its provider is no more on that day; blank where it is there, or there is none."""
        organization, team = self.organization, self.team
        if organization and organization.deregistered_on and organization.deregistered_on < day:
            return f"“{organization}”已注销"
        if team and team.dissolved_on and team.dissolved_on < day:
            return f"“{team}”已解散"
        return ""

    def dated_remark(self, day: datetime.date) -> str:
        """That its provider is no more, or that somebody is late, by calendar days."""
        gone = self.state in WITH_PROVIDER and self.gone(day)
        late = (day - self.due_on).days if self.due_on else 0
        return f"{gone}，请另派" if gone else f"超期{late}天" if late > 0 else ""

    def opens_files_to(self, user: Any) -> bool:
        """What somebody sent along is for the office that decides, and for who serves while it is active."""
        offices = (one for one in user.current_assignments if one.role not in OWNERS)
        decides = user.is_superuser or any(one.reaches(self) for one in offices)
        return decides or self.state in ACTIVE

    def opens_contacts_to(self, user: Any) -> bool:
        """Whether the person serves it now: whoever accepted it, while it is active; the community where it
        serves itself, and while it decides or calls back.
        """
        if not super().opens_contacts_to(user):
            return False
        served = self.organization_id or self.team_id
        if any(one.role in OWNERS and one.reaches(self) for one in user.current_assignments):
            return self.state in ACTIVE
        return self.state in (BY_STAFF if served else (*BY_STAFF, RequestState.SUBMITTED, *ACTIVE))
