"""M6 一核多元: the bodies that govern a community, the party committee at their core."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from communities.enums.structure import CORE, SINGLE, BodyKind
from communities.models.people import Person
from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, one_at_a_time, placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Name, PastDay, PersonName


class GoverningBodyQuerySet(AreaRecordQuerySet):
    def at_work(self, day: datetime.date):
        """Bodies founded by that day and not ended."""
        return self.open_on(day, "founded_on", "ended_on")

    def core(self):
        """The party committees."""
        return self.filter(kind=CORE)

    def without_core(self, day: datetime.date):
        """Bodies at work in a community that has no party committee on that day."""
        core = GoverningBody.objects.core().at_work(day).filter(area=OuterRef("area"))
        return self.at_work(day).exclude(Exists(core))


class GoverningBody(AreaRecord):
    """A body that takes part in governing a community.

    Its head is a person on record, or just a name where the person is none of ours. Heads of the
    party, residents' and supervision committees hold public office and are named in full to
    anybody; the name of any other head is masked.
    """

    kind = models.CharField("类别", max_length=20, choices=BodyKind.choices)
    name = Name("名称", max_length=60)
    head = refers_to(
        Person, "负责人", "headed_bodies", optional=True, help_text="已登记的人员从这里选。"
    )
    head_name = PersonName(
        "负责人姓名", max_length=30, blank=True, help_text="没有登记为人员的，在这里写姓名。"
    )
    founded_on = PastDay("成立（加入）日期")
    ended_on = PastDay("终止（退出）日期", null=True, blank=True)

    objects: ClassVar = GoverningBodyQuerySet.as_manager()
    masked: ClassVar = {"head_name": Mask.NAME}
    used_until = "ended_on"

    class Meta:
        verbose_name = verbose_name_plural = "治理主体"
        ordering = ["area_id", "kind", "pk"]
        constraints = [
            in_order("body_dates", "founded_on", "ended_on", "终止日期不能早于成立日期。"),
            placed("body_stands_at_community", "治理主体属于社区：请选择社区。", Level.COMMUNITY),
            check(
                "body_one_head",
                Q(head__isnull=True) | Q(head_name=""),
                "负责人从人员中选，或者写姓名，只填一处。",
            ),
            unique(
                "body_once",
                "该社区已登记这一主体。",
                "area",
                "kind",
                "name",
                condition=Q(ended_on__isnull=True),
            ),
            *[
                one_at_a_time(
                    f"body_one_{kind.value}",
                    "founded_on",
                    "ended_on",
                    Q(kind=kind.value),
                    f"该社区同一时间只能有一个{kind.label}，请先填原有的终止日期。",
                )
                for kind in SINGLE
            ],
        ]

    @property
    def is_core(self) -> bool:
        """Whether it is the core the others stand round."""
        return self.kind == CORE

    @property
    def public_head(self) -> str:
        """Its head, as anybody may read the name."""
        name = self.head.name if self.head else self.head_name
        return name if self.kind in SINGLE else formats.masked_name(name)
