"""The bodies of each community, their core first."""

from communities.enums.structure import BodyKind
from communities.models import CoBuildingAgreement, GoverningBody, ServedCompound
from seeds.demo.world import World
from suzhou_portal.areas.models import Area


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    bodies = [body for community in world.communities for body in _bodies(world, community)]
    return f"治理主体{len(world.save(GoverningBody, bodies))}个"


def _bodies(world: World, community: Area) -> list[GoverningBody]:
    short = world.short(community)
    founded_on = world.months_ago(60)
    # Those of whose terms is on record are headed by whoever heads the term.
    fixed = (
        (BodyKind.PARTY_COMMITTEE, f"{short}党委", ""),
        (BodyKind.RESIDENTS_COMMITTEE, f"{short}居民委员会", ""),
        (BodyKind.SUPERVISION, f"{short}居务监督委员会", world.person_name()),
    )
    bodies = [
        GoverningBody(
            area=community,
            kind=kind,
            name=name,
            head_name=head,
            founded_on=founded_on,
        )
        for kind, name, head in fixed
    ]
    return [*bodies, *_on_record(community), *_around(world, community)]


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


def _on_record(community: Area) -> list[GoverningBody]:
    """Companies that serve the community's compounds, and the units it has agreements with."""
    compounds = ServedCompound.objects.filter(area=community).exclude(company=None)
    companies = compounds.select_related("company").order_by("-started_on")
    since = {one.company: one.started_on for one in companies if one.company}
    agreed = CoBuildingAgreement.objects.filter(area=community)
    return [
        *[
            GoverningBody(
                area=community, kind=BodyKind.PROPERTY, company=company, name=company.name,
                founded_on=day,
            )
            for company, day in since.items()
        ],
        *[
            GoverningBody(
                area=community, kind=BodyKind.PARTNER, agreement=one, name=one.unit,
                founded_on=one.signed_on,
            )
            for one in agreed
            if one.signed_on
        ],
    ]  # fmt: skip
