"""Demonstration of charity: foundations, partnerships, resources that add up, projects."""

from decimal import Decimal
from itertools import islice

from charity.enums.base import ResourceKind
from charity.enums.tracing import CharityProjectState, PartnershipState
from charity.models import CharityProject, CharityResource, Foundation, Partnership
from seeds.demo.amounts import split
from seeds.demo.world import World
from suzhou_portal.areas import codes

WEIGHTS = {ResourceKind.FUNDS: 3.0, ResourceKind.GOODS: 1.0, ResourceKind.SERVICES: 0.7}
STEP = Decimal(100)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    partnerships = _partnerships(world)
    resources = _resources(world, partnerships)
    projects = _projects(world, partnerships)
    return f"基金会合作{len(partnerships)}项、慈善资源{len(resources)}笔、慈善项目{len(projects)}个"


def _partnerships(world: World) -> list[Partnership]:
    province = codes.lineage(world.district.code)[1]
    rows = world.rows("foundations")
    foundations = world.save(
        Foundation,
        [
            Foundation(
                area_id=province if row["area"] == "province" else row["area"], name=row["name"]
            )
            for row in rows
        ],
    )
    return world.save(
        Partnership,
        [
            Partnership(
                area=world.district,
                foundation=foundation,
                state=PartnershipState.AGREED,
                valid_to=world.months_ago(-2 - 10 * number),
                started_on=world.day_between(world.months_ago(40), world.months_ago(30)),
                summary=row["summary"],
            )
            for number, (foundation, row) in enumerate(zip(foundations, rows, strict=True))
        ],
    )


def _resources(world: World, partnerships: list[Partnership]) -> list[CharityResource]:
    rows = world.rows("charity_resources")
    weights = [WEIGHTS[ResourceKind(row["kind"])] * world.rng.uniform(0.4, 2.2) for row in rows]
    values = split(world.targets.value("charity_value"), weights, STEP)
    resources = []
    for row, value in zip(rows, values, strict=True):
        funds = row["kind"] == ResourceKind.FUNDS
        partnership = world.rng.choice(partnerships) if funds and world.chance(0.5) else None
        resources.append(
            CharityResource(
                area=world.place(district=0.35, street=0.1),
                name=row["name"],
                kind=row["kind"],
                value=value,
                valued_by=row["valued_by"],
                quantity=value if funds else Decimal(world.rng.randint(20, 400)),
                unit=row["unit"],
                donor_public=partnership.foundation.name if partnership else row["donor_public"],
                partnership=partnership,
                received_on=world.day_between(world.months_ago(28), world.as_of),
            )
        )
    return world.save(CharityResource, resources)


def _projects(world: World, partnerships: list[Partnership]) -> list[CharityProject]:
    rows = islice(world.cycle("charity_projects"), world.targets.count("charity_projects"))
    projects = []
    for row in rows:
        started_on = world.day_between(world.months_ago(28), world.months_ago(1))
        over = started_on < world.months_ago(14)
        projects.append(
            CharityProject(
                area=world.place(district=0.2, street=0.15),
                name=row["name"],
                mode=row["mode"],
                field=row["field"],
                amount=Decimal(world.rng.randint(20, 160) * 500),
                summary=row["summary"],
                partnership=world.rng.choice(partnerships) if world.chance(0.3) else None,
                started_on=started_on,
                planned_to=world.months_ago(-6) if not over else world.months_ago(2),
                ended_on=world.months_ago(2) if over else None,
                result="受益居民反映良好。" if over else "",
                state=CharityProjectState.DONE if over else CharityProjectState.RUNNING,
            )
        )
    # What is planned counts nowhere yet.
    projects.append(
        CharityProject(
            area=world.some_communities(1)[0], name="冬季暖心包", mode="relief", field="relief",
            amount=Decimal(20000), planned_to=world.months_ago(-9), summary="为困难家庭准备过冬物资",
        )
    )  # fmt: skip
    return world.save(CharityProject, projects)
