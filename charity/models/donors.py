"""Donors, named to the public only as they agreed to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from charity.enums.tracing import DonorKind
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.rules import check
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import PastDay, PersonName, Phone


class Donor(Reasoned, AreaRecord):
    """Who gives. Without consent the public reads 爱心人士 and the like, never the name.

    Source: 慈善法 (2023), by which the identity of a donor who objects is not made public.
    """

    shared = True

    kind = models.CharField("类型", max_length=10, choices=DonorKind.choices)
    name = PersonName("捐赠人", max_length=60)
    phone = Phone("联系电话", max_length=20, blank=True)
    consented_on = PastDay(
        "同意公开姓名的日期", null=True, blank=True, help_text="没有同意，或撤回同意的，留空。"
    )

    # Never past its use: what was given stays on record with its giver.
    masked: ClassVar = {"name": Mask.NAME, "phone": Mask.PHONE}
    alike: ClassVar = (("name", "phone"),)

    class Meta:
        verbose_name = verbose_name_plural = "捐赠人"
        ordering = ["area_id", "pk"]  # not by a name that its owner hides
        constraints = [
            check("donor_has_name", ~Q(name=""), "请填写捐赠人。"),
        ]

    def __str__(self):
        return f"{self.public_name}（第{self.pk or 0}号）"

    @property
    def public_name(self) -> str:
        """The name, where its owner agreed; else what such a donor is called."""
        return self.name if self.consented_on else self.get_kind_display()
