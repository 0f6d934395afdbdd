"""Teams of volunteers, and M18: the "1+2+4+X" system in which they have their places."""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, Prose
from suzhou_portal.search import Characters
from volunteers.enums.base import Segment, TeamKind

MOST_MEMBERS = 1_000  # of one team that go without saying


class SystemSlot(AreaRecord):
    """A place in the "1+2+4+X" system, empty until the district says what it means."""

    shared = True

    segment = models.CharField("部分", max_length=1, choices=Segment.choices)
    position = models.PositiveSmallIntegerField("序号", default=1)
    title = Line("名称", max_length=60, blank=True)
    meaning = Prose("内涵", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "“1+2+4+X”体系构成"
        ordering = ["area_id", "segment", "position"]
        constraints = [
            unique("slot_once", "该部分的这一序号已存在。", "area", "segment", "position"),
            check(
                "slot_within_segment",
                Q(segment=Segment.X)
                | Q(segment=Segment.ONE, position=1)
                | Q(segment=Segment.TWO, position__gte=1, position__lte=2)
                | Q(segment=Segment.FOUR, position__gte=1, position__lte=4),
                "序号超出该部分的数目。",
            ),
        ]

    def __str__(self):
        return self.title or f"“{self.segment}”之{self.position}"


class VolunteerTeamQuerySet(AreaRecordQuerySet):
    def active(self, day: datetime.date):
        """Teams founded by that day and not dissolved."""
        return self.open_on(day, "founded_on", "dissolved_on")


class VolunteerTeam(Reasoned, AreaRecord):
    """A team of volunteers, standing in the area it belongs to."""

    name = Name("名称", max_length=60)
    kind = models.CharField("类型", max_length=15, choices=TeamKind.choices)
    slot = refers_to(SystemSlot, "在体系中的位置", "teams", optional=True)
    founded_on = PastDay("组建日期")
    dissolved_on = PastDay("解散日期", null=True, blank=True)
    members = models.PositiveIntegerField("登记人数（人）", null=True, blank=True)
    contact = PersonName("联系人", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)

    objects: ClassVar = VolunteerTeamQuerySet.as_manager()
    plausible: ClassVar = {"members": MOST_MEMBERS}
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")
    alike: ClassVar = (("name", "phone"), ("name", "contact"))
    used_until = "dissolved_on"
    owned_by: ClassVar = {"team": "pk"}
    shared = True  # a team of the district helps in its communities

    class Meta:
        verbose_name = verbose_name_plural = "志愿服务队伍"
        ordering = ["area_id", "name", "pk"]
        indexes = [GinIndex(Characters("name"), name="team_name")]
        constraints = [
            in_order("team_dates", "founded_on", "dissolved_on", "解散日期不能早于组建日期。"),
            unique("team_name_once_per_area", "该地区已有同名队伍。", "area", "name"),
        ]


def team_members(record: Any) -> int | None:
    """How many people can have come with a record's team; None where nobody has said."""
    return record.team.members if record.team_id else None


def refuse_dissolved(record: Any) -> None:
    """A team that is no more takes no part in anything new. Raises ValidationError at the team."""
    if record.team_id and record.team.dissolved_on is not None:
        raise ValidationError({"team": "这支队伍已解散，请选择别的队伍。"})
