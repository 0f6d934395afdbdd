"""M19, M22: who is there to be mobilized in an emergency, community by community and team by team.

大党委主导、网格党支部纽带: of each community the list shows whether its party committee and the
branches of its grids stand, and how many teams are called and have come.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from communities.enums.structure import CORE
from communities.models import GoverningBody, GridBranch
from suzhou_portal.areas.codes import Level, community_of
from suzhou_portal.areas.models import Area
from suzhou_portal.records.columns import columns, texts
from volunteers.enums.emergencies import MusterState
from volunteers.models import CheckIn, Emergency, Muster, VolunteerTeam


@dataclass(frozen=True)
class Gathering:
    """A muster, and who leads it by which phone, as the person may read it."""

    muster: Muster
    leader: str
    phone: str


@dataclass(frozen=True)
class Place:
    """A community: its committee, its branches and grids, its teams, its musters, and how many people came."""

    area: Area
    committee: bool
    branches: int
    grids: int
    teams: int
    people: int
    musters: list[Gathering]


def places(emergency: Emergency, user: Any) -> list[Place]:
    """The communities of the emergency's area in which the person musters; a fixed cost."""
    existing = Area.objects.inside(emergency.area_id).in_force(timezone.localdate())
    own = existing.filter(user.areas_for(Muster, "add"))
    communities = own.filter(level=Level.COMMUNITY).order_by("code")
    grids = _counted(existing.filter(level=Level.GRID), "code")
    branches = _counted(GridBranch.objects.filter(dissolved_on__isnull=True))
    teams = _counted(VolunteerTeam.objects.filter(dissolved_on__isnull=True))
    cores = GoverningBody.objects.filter(kind=CORE, ended_on__isnull=True)
    led = set(cores.values_list("area_id", flat=True))
    gatherings = _gatherings(emergency, user)
    came: Counter[str] = Counter()
    rows = CheckIn.objects.filter(muster__emergency=emergency).values_list("area_id")
    for code, people in rows.annotate(people=Sum("people")).order_by():
        came[community_of(code)] += people
    return [
        Place(
            area, area.code in led, branches[area.code], grids[area.code], teams[area.code],
            came[area.code], gatherings.get(area.code, []),
        )
        for area in communities
    ]  # fmt: skip


def teams(emergency: Emergency, user: Any) -> QuerySet:
    """The teams of the area that the person sees, by slot of the system; called and present or not."""
    called = Muster.objects.filter(emergency=emergency, teams=OuterRef("pk"))
    came = CheckIn.objects.filter(muster__emergency=emergency, team=OuterRef("pk"))
    seen = VolunteerTeam.objects.visible_to(user).filter(dissolved_on__isnull=True)
    return (
        seen.found_in(emergency.area_id)
        .annotate(called=Exists(called.filter(~Q(state="cancelled"))), present=Exists(came))
        .select_related("area", "slot")
        .order_by("-called", "present", "slot__segment", "slot__position", "area_id", "name", "pk")
    )


def called(page: Iterable[VolunteerTeam]) -> list[tuple[VolunteerTeam, str, str]]:
    """The teams with whom to call and by which phone, as the person may read it."""
    shown = list(page)
    told = texts(columns(VolunteerTeam, ("contact", "phone")), shown)
    return [(team, one[0], one[1]) for team, one in zip(shown, told, strict=True)]


def _gatherings(emergency: Emergency, user: Any) -> dict[str, list[Gathering]]:
    seen = Muster.objects.visible_to(user).filter(emergency=emergency).order_by("pk")
    musters = list(seen.exclude(state=MusterState.CANCELLED))
    told = texts(columns(Muster, ("leader", "phone")), musters)
    found: dict[str, list[Gathering]] = {}
    for muster, (leader, phone) in zip(musters, told, strict=True):
        code = community_of(muster.area_id)
        found.setdefault(code, []).append(Gathering(muster, leader, phone))
    return found


def _counted(records: QuerySet, column: str = "area_id") -> Counter[str]:
    codes = records.order_by().values_list(column, flat=True)
    return Counter(map(community_of, codes))
