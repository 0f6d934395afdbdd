"""M21: the pairing of party bodies and members with communities and grids, and what they do there."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from communities.enums.thresholds import ThresholdKind
from communities.models import Threshold
from suzhou_portal.areas.codes import Level, district_of
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import any_blank, check, in_order, stands_at, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.formats import date
from volunteers.enums.base import PairingTier

MOST_PEOPLE = 1_000  # whom one activity reached, that go without saying
REACHED = "服务人次至少为1；没有统计的留空。"


class PairingLink(Reasoned, AreaRecord):
    """A party body or member paired with a community or a grid, which is the home area."""

    tier = models.CharField("层级", max_length=15, choices=PairingTier.choices)
    party_body = Name("包联党组织", max_length=60)
    contact = PersonName("联系人", max_length=30, blank=True)
    position = Line("联系人职务", max_length=40, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)
    started_on = PastDay("开始日期")
    ended_on = PlannedDay("结束日期", null=True, blank=True)

    named_with: ClassVar = ("area",)
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")
    used_until = "ended_on"

    class Meta:
        verbose_name = verbose_name_plural = "三级包联"
        ordering = ["area_id", "tier", "pk"]
        constraints = [
            in_order("pairing_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"),
            check(
                "pairing_level_fits_tier",
                Q(tier=PairingTier.BRANCH_GRID) & stands_at(Level.GRID)
                | ~Q(tier=PairingTier.BRANCH_GRID) & stands_at(Level.COMMUNITY),
                "内设机构党支部包联网格，其余两级包联社区：请选择相应级别的地区。",
            ),
            unique(
                "pairing_once",
                "这个党组织已经在这一层级包联这里；原来的包联结束以后才能重新登记。",
                "area",
                "tier",
                "party_body",
                condition=Q(ended_on=None),
                at="party_body",
            ),
        ]

    def __str__(self):
        return f"{self.party_body}—{self.area}"

    @property
    def done(self) -> str:
        """How many activities there were, and the latest day, for a page."""
        days = [one.held_on for one in self.activities.all()]
        return f"{len(days)}次，最近{date(max(days))}" if days else ""

    def unusual(self):
        """A body that holds more places at once in the district than is usual there is asked why."""
        yield from super().unusual()
        if not (self.area_id and self.party_body and self.started_on):
            return
        most = Threshold.objects.value(ThresholdKind.PAIRING, self.area_id, self.started_on)
        held = self._beside().count() + 1
        if held > most:
            yield "party_body", f"这个党组织同时包联{held}处，超出一般情况（{most}处以内）。"

    def _beside(self) -> models.QuerySet:
        """What the same body is paired with in the district at the same time."""
        others = PairingLink.objects.within(district_of(self.area_id))
        others = others.filter(party_body=self.party_body).exclude(pk=self.pk)
        others = others.filter(any_blank("ended_on") | Q(ended_on__gte=self.started_on))
        return others.filter(started_on__lte=self.ended_on) if self.ended_on else others

    def clean(self):
        """Its term holds what was done in it."""
        super().clean()
        held = PairingActivity.objects.filter(link=self.pk)
        days = held.aggregate(first=models.Min("held_on"), last=models.Max("held_on"))
        first, last = days["first"], days["last"]
        if first and self.started_on and self.started_on > first:
            said = f"{date(first)}已有包联活动，开始日期不能更晚。"
            raise ValidationError({"started_on": said})
        if last and self.ended_on and self.ended_on < last:
            raise ValidationError({"ended_on": f"{date(last)}还有包联活动，结束日期不能更早。"})


class PairingActivity(Reasoned, AreaRecord):
    """What a party body did where it is paired: the day, what, for how many, and what came of it."""

    stands_with = "link"

    link = refers_to(PairingLink, "三级包联", "activities")
    held_on = PastDay("活动日期")
    content = Line("开展的活动", max_length=100)
    people = models.PositiveIntegerField(
        "服务人次（人次）", null=True, blank=True, validators=[MinValueValidator(1, REACHED)]
    )
    result = Prose("成效", max_length=500, blank=True)

    called = "content"
    plausible: ClassVar = {"people": MOST_PEOPLE}

    class Meta:
        verbose_name = verbose_name_plural = "包联活动"
        ordering = ["area_id", "-held_on", "pk"]
        constraints = [
            unique(
                "pairing_activity_once", "这天的这项活动已经登记。", "link", "held_on", "content"
            ),
            check("pairing_activity_people", Q(people__isnull=True) | Q(people__gte=1), REACHED),
        ]

    def clean(self):
        """Done while they were paired."""
        super().clean()
        if self.link_id is None or self.held_on is None:
            return
        start, end = self.link.started_on, self.link.ended_on or datetime.date.max
        if not start <= self.held_on <= end:
            until = f"至{date(end)}" if self.link.ended_on else "起"
            said = f"包联自{date(start)}{until}，活动日期须在其间。"
            raise ValidationError({"held_on": said})
