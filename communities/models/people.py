"""Persons, and the communities they serve."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q

from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PersonName, Phone

OFFICES = ("posts", "committee_memberships", "grid_posts")


class PersonQuerySet(AreaRecordQuerySet):
    def past_use(self, day: datetime.date):
        """Persons whose last post ended before that day, and who serve in no committee or grid since: nobody
        needs to call them any more, and nobody gives them work.
        """
        held = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
        offices: Any = [self.model._meta.get_field(name) for name in OFFICES]
        none = [
            ~Exists(one.related_model.objects.filter(held, person=OuterRef("pk")))
            for one in offices
        ]
        ended = offices[0].related_model.objects.filter(person=OuterRef("pk"))
        return self.filter(Exists(ended), *none)

    def why_gone(self, people: Iterable[Any], day: datetime.date) -> dict[Any, str]:
        """Of those among these (records or keys) who had left by that day, by their keys, what to say of it."""
        keys = [getattr(one, "pk", one) for one in people]
        gone = self.filter(pk__in=keys).past_use(day).annotate(left_on=Max("posts__ended_on"))
        return {
            one.pk: f"{one.name}{formats.date(one.left_on)}已离岗，此后没有任职；请先核对任职。"
            for one in gone
        }


def refuse_gone(record: AreaRecord, name: str, day: datetime.date) -> None:
    """Raises ValidationError where the record names somebody in that field, and did not before, who had left
    by that day.
    """
    key = getattr(record, f"{name}_id")
    kept = type(record)._base_manager.filter(pk=record.pk, **{f"{name}_id": key})
    if key is None or kept.exists():
        return
    if why := Person.objects.why_gone([key], day).get(key):
        raise ValidationError({name: why})


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
