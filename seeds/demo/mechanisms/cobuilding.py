"""Agreements of co-building at every stage, with needs, resources and projects."""

import datetime
from decimal import Decimal

from communities.enums.cobuilding import NeedState
from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before

# How many months ago the term of a year began, for each stage an agreement has come to, and how far
# its projects have come.
STAGES = (
    ("signed", 5, ("complete", "start", "plan")),
    ("ending", 11, ("complete", "complete", "start")),
    ("draft", -1, ()),
    ("renewed", 14, ("complete", "complete", "start")),
    ("signed", 3, ("complete", "plan")),
    ("terminated", 8, ("complete", "terminate")),
    ("signed", 7, ("complete", "complete", "terminate")),
    ("expired", 15, ("complete", "complete")),
)
ON_EACH_LIST = 3
DAY = datetime.timedelta(days=1)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    units = world.rows("units")
    for number, community in enumerate(world.communities):
        for turn in range(2):
            unit = units[(2 * number + turn) % len(units)]["name"]
            _agreement(world, community, unit, STAGES[(2 * number + turn) % len(STAGES)])
    return (
        f"共建协议{CoBuildingAgreement.objects.count()}份、"
        f"共建项目{CoBuildingProject.objects.count()}个"
    )


def _agreement(world: World, community: Area, unit: str, stage: tuple) -> None:
    name, months, courses = stage
    begins = world.months_ago(months)
    [agreement] = world.save(
        CoBuildingAgreement,
        [
            CoBuildingAgreement(
                area=community,
                unit=unit,
                contact=world.person_name(),
                phone=world.phone(),
                content="党建联抓、活动联办、服务联做：按需求、资源、项目三张清单逐项落实。",
                valid_from=begins,
                valid_to=months_before(begins, -12) - DAY,
            )
        ],
    )
    signed_on = min(begins, world.as_of) - 4 * DAY
    entries = _lists(world, agreement, signed_on)
    if name == "draft":
        return
    agreement = take(agreement, "sign", on=signed_on)
    for (row, need, resource), course in zip(entries, courses, strict=False):
        _project(world, row, need, resource, course)
    if name == "renewed":
        longer = months_before(agreement.valid_to, -12)
        take(agreement, "renew", on=agreement.valid_to - 20 * DAY, valid_to=longer)
    if name == "terminated":
        note = "单位职能调整，经双方协商提前终止。"
        take(agreement, "terminate", on=begins + 150 * DAY, note=note)


def _lists(world: World, agreement: CoBuildingAgreement, day: datetime.date) -> list[tuple]:
    """Entries of the lists of needs and resources, as listed before the agreement was signed."""
    shared = {"agreement": agreement, "area": agreement.area, "listed_on": day}
    rows = world.rng.sample(world.rows("cobuilding"), ON_EACH_LIST)
    needs = [
        CoBuildingNeed(
            title=row["need"], kind=row["need_kind"], description=row["description"], **shared
        )
        for row in rows
    ]
    resources = [
        CoBuildingResource(
            title=row["resource"],
            kind=row["resource_kind"],
            quantity=_number(row["quantity"]),
            unit=row["unit"],
            **shared,
        )
        for row in rows
    ]
    needs, resources = world.save(CoBuildingNeed, needs), world.save(CoBuildingResource, resources)
    return list(zip(rows, needs, resources, strict=True))


def _project(
    world: World,
    row: dict[str, str],
    need: CoBuildingNeed,
    resource: CoBuildingResource,
    course: str,
) -> None:
    planned_on = need.listed_on + world.rng.randint(8, 20) * DAY
    project = CoBuildingProject(
        agreement=need.agreement,
        area=need.area,
        name=row["project"],
        need=need,
        resource=resource,
        quantity=_number(row["used"]),
        planned_on=planned_on,
    )
    [project] = world.save(CoBuildingProject, [project])
    if course == "plan":
        return
    starts_on = planned_on + world.rng.randint(3, 10) * DAY
    take(project, "start", on=starts_on)
    ends_on = starts_on + world.rng.randint(15, 45) * DAY
    if course == "complete":
        take(project, course, on=ends_on, reached=int(row["reached"]), result=row["result"])
    if course == "terminate":
        used = None if resource.quantity is None else Decimal(0)
        take(project, course, on=ends_on, note="场地维修，双方商定改期另行安排。", quantity=used)
        if world.chance(0.3):
            note = "已由其他单位帮助解决。"
            need.refresh_from_db()
            assert need.state == NeedState.OPEN  # noqa: S101 - the workflow opened it again
            take(need, "withdraw", on=ends_on + 5 * DAY, note=note)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
