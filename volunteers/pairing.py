"""M21 三级包联: what is paired, and what is not."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area, AreaQuerySet
from volunteers.enums.base import PairingTier
from volunteers.models import PairingLink


@dataclass(frozen=True)
class Paired:
    """A community: how many units and sinking members, its grids, and those without a branch."""

    area: Area
    units: int
    nearby: int
    grids: int
    unpaired: list[Area]

    @property
    def complete(self) -> bool:
        """Whether no tier is missing; a community without grids has nothing to pair below it."""
        return bool(self.units and self.nearby and not self.unpaired)


def paired(communities: Sequence[Area], day: datetime.date) -> list[Paired]:
    """The communities with what is paired on that day; two queries for any number."""
    grids = Area.objects.filter(parent__in=communities, level=Level.GRID).in_force(day)
    below: dict[str, list[Area]] = {area.code: [] for area in communities}
    for grid in grids.order_by("code"):
        below[str(grid.parent_id)].append(grid)
    places = [*below, *(grid.code for inside in below.values() for grid in inside)]
    links = PairingLink.objects.open_on(day).filter(area__in=places)
    count = Counter(links.order_by().values_list("area_id", "tier"))
    return [
        Paired(
            area=area,
            units=count[area.code, PairingTier.UNIT_COMMUNITY],
            nearby=count[area.code, PairingTier.MEMBER_NEARBY],
            grids=len(below[area.code]),
            unpaired=[g for g in below[area.code] if not count[g.code, PairingTier.BRANCH_GRID]],
        )
        for area in communities
    ]


def incomplete(communities: AreaQuerySet, day: datetime.date) -> AreaQuerySet:
    """Of these communities those of which a tier is missing."""
    held = PairingLink.objects.open_on(day).filter(area=OuterRef("pk"))
    grids = Area.objects.filter(parent=OuterRef("pk"), level=Level.GRID).in_force(day)
    alone = grids.exclude(Exists(held.filter(tier=PairingTier.BRANCH_GRID)))
    return communities.exclude(
        ~Exists(alone),
        Exists(held.filter(tier=PairingTier.UNIT_COMMUNITY)),
        Exists(held.filter(tier=PairingTier.MEMBER_NEARBY)),
    )


def paired_with(code: str, day: datetime.date) -> list[tuple[str, list[PairingLink]]]:
    """Who pairs with a community and its grids, or with a grid, on that day, by tier: one query."""
    links = PairingLink.objects.open_on(day).within(code).select_related("area")
    ordered = sorted(links, key=lambda link: (PairingTier.values.index(link.tier), link.area_id))
    return [
        (PairingTier(tier).label, [*held]) for tier, held in groupby(ordered, lambda one: one.tier)
    ]
