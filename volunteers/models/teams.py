"""Teams of volunteers."""

import datetime
from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models

from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import in_order, phone_validator, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.search import Characters
from volunteers.enums.base import TeamKind
from volunteers.models.system import SystemSlot


class VolunteerTeamQuerySet(AreaRecordQuerySet):
    def active(self, day: datetime.date):
        """Teams founded by that day and not dissolved."""
        return self.open_on(day, "founded_on", "dissolved_on")


class VolunteerTeam(AreaRecord):
    """A team of volunteers, standing in the area it belongs to."""

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=15, choices=TeamKind.choices)
    slot = refers_to(
        SystemSlot, "在体系中的位置", "teams", optional=True, on_delete=models.SET_NULL
    )
    founded_on = models.DateField("组建日期")
    dissolved_on = models.DateField("解散日期", null=True, blank=True)
    members = models.PositiveIntegerField("登记人数（人）", null=True, blank=True)
    contact = models.CharField("联系人", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True, validators=[phone_validator])

    objects: ClassVar = VolunteerTeamQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
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


def refuse_dissolved(record: Any) -> None:
    """A team that is no more takes no part in anything new. Raises ValidationError at the team."""
    if record.team_id and record.team.dissolved_on is not None:
        raise ValidationError({"team": "这支队伍已解散，请选择别的队伍。"})
