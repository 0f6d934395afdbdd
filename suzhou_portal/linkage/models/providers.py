"""Who can serve requests, how many and how fast; and the rules a district sets for all of them."""

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from organizations.models import SocialOrganization
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, unique
from suzhou_portal.fields import Line, PlannedDay, WorkingDays
from volunteers.enums.visits import ResidentNeedKind
from volunteers.models import VolunteerTeam


@dataclass(frozen=True)
class DistrictRules:
    """What a district decides about requests: working days for each step, and whether providers may take
    open requests themselves (抢单).
    """

    dispatch_days: int = 2
    accept_days: int = 1
    serve_days: int = 10
    rate_days: int = 7
    follow_up_days: int = 3
    claims: bool = False


PUBLISHED = DistrictRules()  # what holds where a district has decided nothing


class RequestRulesQuerySet(AreaRecordQuerySet):
    def term(self, area: str, day: datetime.date) -> DistrictRules:
        """What holds on that day where the area lies: as its district decided, else as published."""
        decided = self.covering(area).filter(effective_from__lte=day)
        latest = decided.order_by("-effective_from", "-pk").values(
            *DistrictRules.__dataclass_fields__
        )
        found = latest.first()
        return DistrictRules(**found) if found else PUBLISHED


class RequestRules(AreaRecord):
    """How many working days each step of a request may take, from a day until the district decides anew."""

    shared = True

    effective_from = PlannedDay("执行日期")
    dispatch_days = WorkingDays("派单（工作日）", default=PUBLISHED.dispatch_days)
    accept_days = WorkingDays("接单（工作日）", default=PUBLISHED.accept_days)
    serve_days = WorkingDays("服务（工作日）", default=PUBLISHED.serve_days)
    rate_days = WorkingDays("等待评价（工作日）", default=PUBLISHED.rate_days)
    follow_up_days = WorkingDays("回访（工作日）", default=PUBLISHED.follow_up_days)
    claims = models.BooleanField(
        "允许抢单",
        default=PUBLISHED.claims,
        help_text="允许的，社会组织和志愿队伍可以自己认领待派单的请求，先到先得。",
    )
    basis = Line("依据", max_length=100, blank=True)

    objects: ClassVar = RequestRulesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务请求办理规则"
        ordering = ["area_id", "-effective_from"]
        constraints = [
            placed("request_rules_at_district", "办理规则由区级确定：请选择区。", Level.DISTRICT),
            unique("request_rules_once_a_day", "该日期已有办理规则。", "area", "effective_from"),
            check(
                "request_rules_in_range",
                Q(**{
                    f"{name}__range": (1, WorkingDays.MOST)
                    for name in ("dispatch_days", "accept_days", "serve_days", "rate_days", "follow_up_days")
                }),
                WorkingDays.SAID,
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.area}办理规则（{self.effective_from}起）"


class CapacityQuerySet(AreaRecordQuerySet):
    def on(self, day: datetime.date):
        """What providers that are still there can do on that day."""
        gone = Q(organization__deregistered_on__lt=day) | Q(team__dissolved_on__lt=day)
        return self.open_on(day, "since", "until").exclude(gone)


class ServiceCapacity(AreaRecord):
    """What an organization or a team says it can do in an area: which needs, how many a month."""

    shared = True

    organization = refers_to(SocialOrganization, "社会组织", "capacities", optional=True)
    team = refers_to(VolunteerTeam, "志愿队伍", "capacities", optional=True)
    kind = models.CharField("需求类别", max_length=10, choices=ResidentNeedKind.choices)
    monthly = models.PositiveSmallIntegerField(
        "每月可承接（件）",
        validators=[MinValueValidator(1, "至少1件。"), MaxValueValidator(1000, "不超过1000件。")],
    )
    days = WorkingDays(
        "多少个工作日内完成", null=True, blank=True, help_text="留空的按区级办理规则。"
    )
    since = PlannedDay("起始日期")
    until = PlannedDay("截止日期", null=True, blank=True)

    objects: ClassVar = CapacityQuerySet.as_manager()
    owned_by: ClassVar = {"team": "team_id", "organization": "organization_id"}
    named_with: ClassVar = ("organization", "team")
    offered: ClassVar = {
        "organization": Q(deregistered_on__isnull=True),
        "team": Q(dissolved_on__isnull=True),
    }
    offered_because: ClassVar = {"organization": "已注销", "team": "已解散"}

    class Meta:
        verbose_name = verbose_name_plural = "承接能力"
        ordering = ["area_id", "kind", "pk"]
        constraints = [
            check(
                "capacity_of_one",
                Q(organization__isnull=False, team__isnull=True)
                | Q(organization__isnull=True, team__isnull=False),
                "请选择社会组织或志愿队伍，只选一个。",
                at="organization",
            ),
            in_order("capacity_dates", "since", "until", "截止日期不能早于起始日期。"),
            check(
                "capacity_in_range",
                Q(monthly__range=(1, 1000)) & (Q(days__isnull=True) | Q(days__range=(1, WorkingDays.MOST))),
                "每月1至1000件，工作日1至60天。",
            ),
            unique(
                "capacity_once_organization", "这里的这一类已经登记，请修改原有的一条。",
                "area", "organization", "kind",
                condition=Q(until__isnull=True, organization__isnull=False),
            ),
            unique(
                "capacity_once_team", "这里的这一类已经登记，请修改原有的一条。",
                "area", "team", "kind", condition=Q(until__isnull=True, team__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.provider}：{self.get_kind_display()}"

    @property
    def provider(self) -> Any:
        """The organization or the team."""
        return self.organization or self.team
