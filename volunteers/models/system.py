"""M18: the "1+2+4+X" system."""

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.rules import check, unique
from volunteers.enums.base import Segment


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
