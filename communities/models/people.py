"""Persons, and the communities they serve."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PersonName, Phone


class PersonQuerySet(AreaRecordQuerySet):
    def past_use(self, day: datetime.date):
        """Persons whose last post ended before that day: nobody needs to call them any more."""
        return self.filter(posts__isnull=False).exclude(
            Q(posts__ended_on__isnull=True)
            | Q(posts__ended_on__gte=day)
            | Q(committee_memberships__isnull=False, committee_memberships__ended_on__isnull=True)
        )


class Person(Reasoned, AreaRecord):
    """One human being, shared by every role: worker, cadre, examinee."""

    name = PersonName("姓名", max_length=30)
    phone = Phone("电话", max_length=20, blank=True)

    objects: ClassVar = PersonQuerySet.as_manager()
    masked: ClassVar = {"phone": Mask.PHONE}
    contact_columns = ("phone",)
    alike: ClassVar = (("name", "phone"), ("area", "name"))

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["area_id", "name", "pk"]
        indexes = [models.Index(fields=["name"])]

    @property
    def masked_name(self) -> str:
        """The name as the public sees it: 张*."""
        return formats.masked_name(self.name)


class CommunityProfile(AreaRecord):
    """What a resident wants to know of a community, and how large it is."""

    address = Line("地址", max_length=100, blank=True)
    phone = Phone("服务电话", max_length=20, blank=True)
    office_hours = Line("办公时间", max_length=60, blank=True)
    population = models.PositiveIntegerField("常住人口（人）", null=True, blank=True)
    households = models.PositiveIntegerField("户数（户）", null=True, blank=True)
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "社区概况"
        ordering = ["area_id"]
        constraints = [
            unique("profile_one_per_area", "该社区已有概况。", "area"),
            placed("profile_stands_at_community", "社区概况只能属于社区一级。", Level.COMMUNITY),
        ]

    def __str__(self):
        return f"{self.area}概况"
