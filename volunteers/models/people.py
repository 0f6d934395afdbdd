"""Volunteers, known by a number of the portal's own and never by an identity number."""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone
from suzhou_portal.formats import date, masked_name
from suzhou_portal.lists import key_of
from suzhou_portal.merging.models import stands_for
from volunteers.enums.trainings import Presence
from volunteers.models.teams import VolunteerTeam


class VolunteerQuerySet(AreaRecordQuerySet):
    def registered(self, day: datetime.date):
        """Volunteers registered by that day who have not left."""
        return self.open_on(day, "registered_on", "left_on")

    def numbered(self, number: str):
        """The one of that number, or into which it was merged; none where it is not a number at all."""
        key = key_of(number.strip().upper().removeprefix("V"))
        return self.filter(pk=stands_for(self.model, key) or key)


class Volunteer(Reasoned, AreaRecord):
    """A person who volunteers: a name, a phone, and the number they are known by."""

    name = PersonName("姓名", max_length=30)
    phone = Phone("电话", max_length=20)
    team = refers_to(VolunteerTeam, "所属队伍", "volunteers", optional=True)
    skills = Line("服务特长", max_length=100, blank=True)
    registered_on = PastDay("注册日期")
    left_on = PastDay("注销日期", null=True, blank=True)

    objects: ClassVar = VolunteerQuerySet.as_manager()
    masked: ClassVar = {"phone": Mask.PHONE}
    contact_columns = ("phone",)
    alike: ClassVar = (("name", "phone"), ("area", "name"))
    used_until = "left_on"
    owned_by: ClassVar = {"team": "team_id"}

    class Meta:
        verbose_name = verbose_name_plural = "志愿者"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("volunteer_dates", "registered_on", "left_on", "注销日期不能早于注册日期。"),
            unique(
                "volunteer_once",
                "这位志愿者已经注册。",
                "name",
                "phone",
                condition=Q(left_on__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.name}（{self.number}）"

    @property
    def number(self) -> str:
        """The volunteer's number, kept for good: V and eight digits."""
        return f"V{self.pk or 0:08d}"

    @property
    def trained(self) -> str:
        """The trainings and drills that the volunteer came to, latest first, for a page."""
        came = self.presences.filter(presence=Presence.PRESENT, training__held_on__isnull=False)
        came = came.select_related("training").order_by("-training__held_on", "-pk")
        return "；".join(
            f"{date(one.training.held_on)}{one.training}（{one.training.hours}小时）"
            for one in came
        )

    @property
    def public_name(self) -> str:
        """The name as anybody may read it."""
        return masked_name(self.name)


class StarLevel(AreaRecord):
    """From how many certified hours on a volunteer has so many stars; each district says."""

    shared = True

    stars = models.PositiveSmallIntegerField("星级", choices=[(n, f"{n}星") for n in range(1, 6)])
    hours = models.PositiveIntegerField("累计时长（小时）")

    class Meta:
        verbose_name = verbose_name_plural = "星级志愿者标准"
        ordering = ["area_id", "stars"]
        constraints = [
            unique("star_once", "这一星级的标准已有，请修改原有的一条。", "area", "stars"),
            unique("star_hours_once", "另一星级已是这一时长。", "area", "hours"),
            placed("star_stands_at_district", "星级标准由区级确定：请选择区。", Level.DISTRICT),
            check(
                "star_one_to_five",
                Q(stars__gte=1, stars__lte=5, hours__gte=1),
                "星级为一至五星，时长至少1小时。",
            ),
        ]

    def __str__(self):
        return f"{self.get_stars_display()}：{self.hours}小时"


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal, cut off: nobody is credited what they did not give."""
    return f"{minutes // 6 / 10:.1f}"


def stars(volunteer: Any, minutes: int) -> int:
    """How many stars so many minutes earn where the volunteer stands; 0 for none."""
    around = StarLevel.objects.covering(volunteer.area_id).filter(hours__lte=minutes // 60)
    return around.aggregate(most=models.Max("stars"))["most"] or 0
