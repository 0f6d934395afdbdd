"""M21: the pairing of party bodies and members with communities and grids."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.rules import check, in_order, stands_at, unique
from suzhou_portal.fields import Name, PastDay, PlannedDay
from volunteers.enums.base import PairingTier


class PairingLink(AreaRecord):
    """A party body or member paired with a community or a grid, which is the home area."""

    tier = models.CharField("层级", max_length=15, choices=PairingTier.choices)
    party_body = Name("包联党组织", max_length=60)
    started_on = PastDay("开始日期")
    ended_on = PlannedDay("结束日期", null=True, blank=True)
    named_with: ClassVar = ("area",)

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
