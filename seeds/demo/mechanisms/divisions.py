"""Grids that were renamed and merged: streets and communities are real, and stay as they are."""

from django.utils import timezone

from seeds.demo.world import World
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.areas.models import Area

FORMER = "099"  # the digits of a grid that has ended


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    community = world.communities[0]
    first, second = Area.objects.filter(parent=community, level=Level.GRID).order_by("code")[:2]
    day = world.months_ago(6)
    former = Area(
        code=f"{community.code}{FORMER}", name=f"{world.short(community)}零散楼院网格", parent=community,
        level=Level.GRID, valid_to=day, successor=first,
    )  # fmt: skip
    world.save(Area, [former])
    acts = [
        (ChangeKind.MERGED, former, first, ""),
        (ChangeKind.RENAMED, second, None, f"{world.short(community)}西片网格"),
    ]
    made = [
        DivisionChange(
            kind=kind, area=area, other=other, effective_on=day, name_before=before,
            name_after=area.name, document="网格调整方案（演示）",
        )
        for kind, area, other, before in acts
    ]  # fmt: skip
    mistaken = DivisionChange(
        kind=ChangeKind.RENAMED, area=second, effective_on=day, name_before=second.name,
        name_after=f"{world.short(community)}东片网格", document="网格调整方案（演示，误录）",
        withdrawn_at=timezone.now(),
    )  # fmt: skip
    made.append(mistaken)
    world.save(DivisionChange, made)
    return f"区划变更{len(made)}项"
