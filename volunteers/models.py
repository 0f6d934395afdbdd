"""Volunteer teams, the system they form, and the pairing of party bodies with communities."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from communities.models.people import phone_validator
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order, stands_at
from suzhou_portal.audit.enums import Mask
from volunteers.enums import PairingTier, Segment, TeamKind


class SystemSlot(AreaRecord):
    """A place in the "1+2+4+X" system, empty until the district says what it means."""

    shared = True

    segment = models.CharField("部分", max_length=1, choices=Segment.choices)
    position = models.PositiveSmallIntegerField("序号", default=1)
    title = models.CharField("名称", max_length=60, blank=True)
    meaning = models.TextField("内涵", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "“1+2+4+X”体系构成"
        ordering = ["area_id", "segment", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "segment", "position"],
                name="slot_once",
                violation_error_message="该部分的这一序号已存在。",
            ),
            models.CheckConstraint(
                name="slot_within_segment",
                condition=Q(segment=Segment.X)
                | Q(segment=Segment.ONE, position=1)
                | Q(segment=Segment.TWO, position__gte=1, position__lte=2)
                | Q(segment=Segment.FOUR, position__gte=1, position__lte=4),
                violation_error_message="序号超出该部分的数目。",
            ),
        ]

    def __str__(self):
        return self.title or f"“{self.segment}”之{self.position}"


class VolunteerTeamQuerySet(AreaRecordQuerySet):
    """Teams."""

    def active(self, day: datetime.date):
        """Those founded by that day and not dissolved."""
        return self.open_on(day, "founded_on", "dissolved_on")

    def past_use(self, day: datetime.date):
        """Those dissolved before that day."""
        return self.filter(dissolved_on__lt=day)


class VolunteerTeam(AreaRecord):
    """A team of volunteers, standing in the area it belongs to."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=15, choices=TeamKind.choices)
    slot = models.ForeignKey(
        SystemSlot,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="teams",
        verbose_name="在体系中的位置",
    )
    founded_on = models.DateField("组建日期")
    dissolved_on = models.DateField("解散日期", null=True, blank=True)
    members = models.PositiveIntegerField("登记人数（人）", null=True, blank=True)
    contact = models.CharField("联系人", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True, validators=[phone_validator])

    objects: ClassVar = VolunteerTeamQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    owned_by: ClassVar = {"team": "pk"}

    class Meta:
        verbose_name = verbose_name_plural = "志愿服务队伍"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("team_dates", "founded_on", "dissolved_on", "解散日期不能早于组建日期。"),
            models.UniqueConstraint(
                fields=["area", "name"],
                name="team_name_once_per_area",
                violation_error_message="该地区已有同名队伍。",
            ),
        ]

    def __str__(self):
        return self.name


class PairingLink(AreaRecord):
    """A party body or member paired with a community or a grid, which is the home area."""

    tier = models.CharField("层级", max_length=15, choices=PairingTier.choices)
    party_body = models.CharField("包联党组织", max_length=60)
    started_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "三级包联"
        ordering = ["area_id", "tier", "pk"]
        constraints = [
            in_order("pairing_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"),
            models.CheckConstraint(
                name="pairing_level_fits_tier",
                condition=Q(tier=PairingTier.BRANCH_GRID) & stands_at(Level.GRID)
                | ~Q(tier=PairingTier.BRANCH_GRID) & stands_at(Level.COMMUNITY),
                violation_error_message="内设机构党支部包联网格，其余两级包联社区：请选择相应级别的地区。",
            ),
        ]

    def __str__(self):
        return f"{self.party_body}—{self.area}"
