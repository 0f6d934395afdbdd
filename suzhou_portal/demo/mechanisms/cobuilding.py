"""Agreements with their three lists at every stage, property companies and their ratings."""

import datetime

from communities.enums import RatingGrade, ResourceKind
from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
    PropertyCompany,
    PropertyRating,
)
from suzhou_portal.areas.models import Area
from suzhou_portal.demo.world import World
from suzhou_portal.lifecycle.moves import take

# How far a project of the demonstration comes.
COURSES = (("start", "finish"), ("start", "finish"), ("start",), (), ("start", "drop"))
GRADES = ((90, RatingGrade.EXCELLENT), (80, RatingGrade.GOOD), (60, RatingGrade.PASS))
COMPANIES = ("安居", "绿洲", "祁连", "沁园", "宏达", "新城")


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    agreements = [one for community in world.communities for one in _agreements(world, community)]
    companies = [_company(world, community) for community in world.communities]
    return f"共建协议{len(agreements)}份、物业服务企业{len(companies)}家次"


def _agreements(world: World, community: Area) -> list[CoBuildingAgreement]:
    units = world.rng.sample(world.rows("units"), 3)
    made = world.save(
        CoBuildingAgreement,
        [
            CoBuildingAgreement(
                area=community,
                unit=unit["name"],
                contact=f"{world.person_name()[0]}主任",
                phone=world.phone(),
                summary="场地和设施共享、党员到社区报到、为居民提供专业服务。",
            )
            for unit in units
        ],
    )
    signed = [
        _sign(world, agreement, months) for agreement, months in zip(made, (20, 10), strict=False)
    ]
    for agreement in signed:
        for row in world.rng.sample(world.rows("cobuilding"), 2):
            _project(world, agreement, row)
    if world.chance(0.2):
        take(made[1], "end", on=world.months_ago(1), note="单位搬迁，双方协商终止。")
    return made


def _sign(world: World, agreement: CoBuildingAgreement, months: int) -> CoBuildingAgreement:
    """The older one has been renewed, or is about to end."""
    signed_on = world.months_ago(months)
    until = world.months_ago(months - 24) if months < 20 else world.as_of + datetime.timedelta(40)
    agreement = take(agreement, "sign", on=signed_on, valid_from=signed_on, valid_to=until)
    if months == 20 and world.chance(0.5):
        later = until + datetime.timedelta(days=365)
        agreement = take(agreement, "renew", on=world.months_ago(1), valid_to=later)
    return agreement


def _project(world: World, agreement: CoBuildingAgreement, row: dict[str, str]) -> None:
    area = agreement.area
    [need] = world.save(
        CoBuildingNeed, [CoBuildingNeed(area=area, agreement=agreement, title=row["need"])]
    )
    counted = bool(row["quantity"])
    [resource] = world.save(
        CoBuildingResource,
        [
            CoBuildingResource(
                area=area,
                agreement=agreement,
                kind=ResourceKind(row["kind"]),
                title=row["resource"],
                quantity=int(row["quantity"]) if counted else None,
                unit=row["unit"],
            )
        ],
    )
    if world.chance(0.15):  # a need nobody has taken up yet
        return
    [project] = world.save(
        CoBuildingProject,
        [
            CoBuildingProject(
                area=area,
                agreement=agreement,
                title=row["project"],
                need=need,
                resource=resource,
                quantity=int(row["quantity"]) // 2 if counted else None,
            )
        ],
    )
    day = world.day_between(world.months_ago(8), world.months_ago(3))
    for verb in world.rng.choice(COURSES):
        filled = {"outcome": row["outcome"]} if verb == "finish" else {}
        note = "单位人员调整，暂不再开展。" if verb == "drop" else ""
        take(project, verb, on=day, note=note, **filled)
        day = world.day_between(day, world.months_ago(1))


def _company(world: World, community: Area) -> PropertyCompany:
    started_on = world.day_between(world.months_ago(70), world.months_ago(26))
    linked = world.chance(0.7)
    [company] = world.save(
        PropertyCompany,
        [
            PropertyCompany(
                area=community,
                name=f"{world.rng.choice(COMPANIES)}物业{world.short(community)}项目部",
                compounds=f"{world.short(community)}一区、{world.short(community)}二区",
                households=world.rng.randint(600, 2600),
                contact=f"{world.person_name()[0]}经理",
                phone=world.phone(),
                started_on=started_on,
                has_branch=linked,
                cross_posted=linked and world.chance(0.6),
                linked_on=world.months_ago(15) if linked else None,
            )
        ],
    )
    year = world.as_of.year - 1
    [rating] = world.save(PropertyRating, [_rating(world, company, year)])
    if world.chance(0.7):
        take(rating, "review", on=datetime.date(year + 1, 1, 20))
    elif world.chance(0.5):
        take(rating, "send_back", on=datetime.date(year + 1, 1, 20), note="请附业主满意度调查。")
    return company


def _rating(world: World, company: PropertyCompany, year: int) -> PropertyRating:
    score = world.rng.randint(66, 97)
    grade = next(grade for least, grade in GRADES if score >= least)
    return PropertyRating(
        area=company.area,
        company=company,
        period_start=datetime.date(year, 1, 1),
        period_end=datetime.date(year, 12, 31),
        score=score,
        grade=grade,
        opinion="据日常巡查和业主反映评价（演示）。",
    )
