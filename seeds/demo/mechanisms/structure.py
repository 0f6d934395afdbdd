"""The bodies of each community, their core first."""

from communities.enums.committees import Position
from communities.enums.structure import BodyKind
from communities.models import CommitteeMember, GoverningBody, Person
from seeds.demo.world import World
from suzhou_portal.areas.models import Area


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    bodies = [body for community in world.communities for body in _bodies(world, community)]
    return f"治理主体{len(world.save(GoverningBody, bodies))}个"


def _bodies(world: World, community: Area) -> list[GoverningBody]:
    short = world.short(community)
    founded_on = world.months_ago(60)
    fixed = (
        (BodyKind.PARTY_COMMITTEE, f"{short}党委", _head(community, Position.SECRETARY)),
        (BodyKind.RESIDENTS_COMMITTEE, f"{short}居民委员会", _head(community, Position.DIRECTOR)),
        (BodyKind.SUPERVISION, f"{short}居务监督委员会", None),
    )
    bodies = [
        GoverningBody(
            area=community,
            kind=kind,
            name=name,
            head=head,
            head_name="" if head else world.person_name(),
            founded_on=founded_on,
        )
        for kind, name, head in fixed
    ]
    return [*bodies, *_around(world, community)]


def _around(world: World, community: Area) -> list[GoverningBody]:
    bodies = []
    for row in world.rows("governing_bodies"):
        if not world.chance(float(row["share"])):
            continue
        founded_on = world.day_between(world.months_ago(48), world.months_ago(2))
        gone = world.chance(0.06)
        bodies.append(
            GoverningBody(
                area=community,
                kind=BodyKind(row["kind"]),
                name=row["name"].format(community=world.short(community)),
                head_name=world.person_name(),
                founded_on=founded_on,
                ended_on=world.day_between(founded_on, world.as_of) if gone else None,
            )
        )
    return bodies


def _head(community: Area, position: Position) -> Person:
    member = CommitteeMember.objects.filter(
        area=community, position=position, ended_on__isnull=True
    ).select_related("person")
    return member.get().person
