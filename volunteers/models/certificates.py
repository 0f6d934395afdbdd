"""Certificates of service, which anybody can verify by their code."""

import datetime
import secrets
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order
from suzhou_portal.fields import PastDay
from suzhou_portal.formats import date
from volunteers.models.people import Volunteer, hours

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


def new_code() -> str:
    """A code nobody guesses: sixteen of 31 letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))


def in_fours(code: str) -> str:
    """A code as people read and note it down."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


class ServiceCertificate(AreaRecord):
    """What a volunteer gave from day to day, as it was certified on the day of issue.

    It stays as issued: what was corrected later needs another one, and a wrong one is revoked. So the
    services are kept with it as they were (`services`: day, activity, team and minutes of each); one
    issued before they were kept lists none.
    """

    volunteer = refers_to(Volunteer, "志愿者", "certificates")
    from_on = PastDay("起始日期")
    to_on = PastDay("截止日期")
    minutes = models.PositiveIntegerField("认定时长（分钟）", editable=False)
    activities = models.PositiveIntegerField("参加活动（次）", editable=False)
    services = models.JSONField("服务明细", default=list, editable=False)
    code = models.CharField("验证码", max_length=16, unique=True, default=new_code, editable=False)
    issued_on = PastDay("出具日期", default=timezone.localdate, editable=False)
    revoked_on = PastDay("作废日期", null=True, blank=True)

    owned_by: ClassVar = {"team": "volunteer__team_id"}
    named_with: ClassVar = ("volunteer",)

    class Meta:
        verbose_name = verbose_name_plural = "志愿服务证明"
        ordering = ["area_id", "-issued_on", "-pk"]
        constraints = [
            in_order("certificate_span", "from_on", "to_on", "截止日期不能早于起始日期。"),
            in_order("certificate_issued", "to_on", "issued_on", "截止日期不能晚于出具日期。"),
            in_order("certificate_revoked", "issued_on", "revoked_on", "作废不能早于出具。"),
            check(
                "certificate_of_something",
                Q(minutes__gt=0, activities__gt=0),
                "这段时间没有已认定的服务时长。",
            ),
        ]

    def __str__(self):
        return f"{self.volunteer}志愿服务证明"

    @property
    def hours(self) -> str:
        """Certified hours, with one decimal."""
        return hours(self.minutes)

    @property
    def spaced_code(self) -> str:
        """The code in fours, as people read it out."""
        return in_fours(self.code)

    @property
    def listed(self) -> list[dict[str, str]]:
        """Each service as people read it."""
        return [
            one | {
                "day": date(datetime.date.fromisoformat(one["day"])), "hours": hours(one["minutes"]),
            }
            for one in self.services
        ]  # fmt: skip

    def clean(self):
        """What it certifies is counted from the records, once."""
        if self._state.adding and self.volunteer_id and self.from_on and self.to_on:
            if self.to_on > timezone.localdate():
                raise ValidationError({"to_on": "截止日期不能晚于今天。"})
            self._count()
            if not self.minutes and self.from_on <= self.to_on:
                raise ValidationError({"volunteer": "这段时间没有已认定的服务时长。"})

    def save(self, *args, **kwargs):
        """It stands where the volunteer does."""
        if self._state.adding:
            self.area_id = self.volunteer.area_id
            if self.minutes is None:
                self._count()
        super().save(*args, **kwargs)

    def _count(self) -> None:
        given = self.volunteer.services.filter(
            state="certified", held_on__gte=self.from_on, held_on__lte=self.to_on
        ).select_related("activity__team")
        self.services = [
            {
                "day": one.held_on.isoformat(), "activity": one.activity.title,
                "team": one.activity.team.name, "minutes": one.minutes,
            }
            for one in given.order_by("held_on", "starts", "pk")
        ]  # fmt: skip
        self.minutes = sum(one["minutes"] for one in self.services)
        self.activities = len(self.services)


def valid(code: str) -> ServiceCertificate | None:
    """The certificate of a code, however it is typed; None where there is none."""
    typed = "".join(code.upper().split()).replace("-", "")
    return ServiceCertificate.objects.filter(code=typed).select_related("volunteer", "area").first()
