"""Demonstration of volunteers: the empty places of "1+2+4+X", teams, and three tiers of pairing."""

from itertools import count, islice

from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from volunteers.enums.base import PairingTier, Segment, TeamKind
from volunteers.models import PairingLink, SystemSlot, VolunteerTeam

PLACES = {Segment.ONE: 1, Segment.TWO: 2, Segment.FOUR: 4, Segment.X: 1}
GRID_KINDS = (TeamKind.PARTY, TeamKind.NEIGHBOURHOOD, TeamKind.EMERGENCY)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    world.save(
        SystemSlot,
        [
            SystemSlot(area=world.district, segment=segment, position=position)
            for segment, places in PLACES.items()
            for position in range(1, places + 1)
        ],
    )
    wanted = world.targets.count("volunteer_teams")
    teams = [_team(world, *place) for place in islice(_places(world), wanted + wanted // 40)]
    for team in teams[wanted:]:  # dissolved ones are on record and not counted
        team.dissolved_on = world.day_between(team.founded_on, world.months_ago(1))
    world.save(VolunteerTeam, teams)
    links = world.save(PairingLink, list(_pairings(world)))
    return f"志愿服务队伍{len(teams)}支、包联关系{len(links)}条"


def _places(world: World):
    """Where teams stand, what they are called and of which kind, without end and without repeat."""
    for unit in world.rows("units"):
        yield world.district, f"{unit['name']}志愿服务队", TeamKind.UNIT
    for grid in _grids(world):
        yield grid, f"{grid.name}志愿服务队", world.rng.choice(GRID_KINDS)
    stems = world.rows("team_stems")
    for round_number in count(1):
        pairs = [
            (area, row)
            for area in [*world.communities, *world.streets]
            for row in stems
            if round_number > 1 or world.chance(min(0.95, 0.5 * _size(world, area)))
        ]
        world.rng.shuffle(pairs)
        suffix = "" if round_number == 1 else f"（{round_number}分队）"
        for area, row in pairs:
            yield area, f"{world.short(area)}{row['stem']}{suffix}", row["kind"]


def _size(world: World, area: Area) -> float:
    return world.size(area) if area.level == Level.COMMUNITY else 0.3


def _grids(world: World):
    return Area.objects.inside(world.district.code).filter(level=Level.GRID).order_by("code")


def _team(world: World, area: Area, name: str, kind: str) -> VolunteerTeam:
    return VolunteerTeam(
        area=area,
        name=name,
        kind=kind,
        founded_on=world.day_between(world.months_ago(48), world.months_ago(2)),
        members=world.rng.randint(6, 60),
        contact=f"{world.person_name()[0]}队长",
        phone=world.phone(),
    )


def _pairings(world: World):
    units = [row["name"] for row in world.rows("units")]
    started_on = world.months_ago(24)
    for community in world.communities:
        paired = world.rng.sample(units, world.rng.choice((1, 1, 2)))
        for unit in paired:
            yield _link(community, PairingTier.UNIT_COMMUNITY, f"{unit}机关党委", started_on)
        for unit in world.rng.sample(units, 2):
            yield _link(community, PairingTier.MEMBER_NEARBY, f"{unit}在职党员", started_on)
    for grid in _grids(world):
        body = f"{world.rng.choice(units)}第{world.rng.choice('一二三')}党支部"
        yield _link(grid, PairingTier.BRANCH_GRID, body, started_on)


def _link(area: Area, tier: PairingTier, party_body: str, started_on) -> PairingLink:
    return PairingLink(area=area, tier=tier, party_body=party_body, started_on=started_on)
