"""Demonstration of communities: profiles, grids, mechanisms, documents, whom services reached."""

import datetime
from decimal import Decimal

from django.utils import timezone

from communities.enums.base import DocumentKind, MechanismKind
from communities.models import CommunityProfile, Mechanism, PolicyDocument, ReachReport
from seeds.demo.amounts import split
from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area

METHODS = ("按身份证件尾号和姓名核对去重", "按居民服务台账逐人核对去重", "按一户一档人员名单去重")
NUMERALS = "一二三四五六七八九十"
UNTITLED = "未具名"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    reports = _reach(world)
    _profiles(world, reports)
    grids = _grids(world)
    mechanisms = world.save(Mechanism, list(_mechanisms(world)))
    documents = world.save(PolicyDocument, list(_documents(world)))
    return (
        f"社区概况{len(world.communities)}份、网格{len(grids)}个、治理机制{len(mechanisms)}项、"
        f"政策文件{len(documents)}个、惠及居民报告{len(reports)}份"
    )


def _reach(world: World) -> list[ReachReport]:
    """Two yearly periods; the earlier one must not be added to the later."""
    latest = split(Decimal(world.targets.count("residents_benefited")), world.sizes(), Decimal(1))
    reports = []
    for community, people in zip(world.communities, latest, strict=True):
        method = world.rng.choice(METHODS)
        for years_ago, share in ((1, world.rng.uniform(0.6, 0.85)), (0, 1)):
            start = world.months_ago(12 * (years_ago + 1)) + datetime.timedelta(days=1)
            reached = int(people * Decimal(share))
            visits = int(reached * world.rng.uniform(1.6, 3.4))
            reports.append(
                ReachReport(
                    area=community,
                    period_start=start,
                    period_end=world.months_ago(12 * years_ago),
                    people=reached,
                    method=method,
                    visits=visits,
                    # Last period's still waits for a review, as it would.
                    reviewed_at=timezone.now() if years_ago else None,
                )
            )
    return world.save(ReachReport, reports)


def _profiles(world: World, reports: list[ReachReport]) -> None:
    reached = {report.area_id: report.people for report in reports}
    profiles = []
    for community in world.communities:
        population = int(reached[community.code] * world.rng.uniform(1.2, 1.6))
        profiles.append(
            CommunityProfile(
                area=community,
                address=f"{world.short(community)}党群服务中心（演示地址）",
                phone=world.phone(),
                office_hours="周一至周五 8:30—12:00、14:30—18:00，周末值班 9:00—17:00",
                population=population,
                households=int(population / world.rng.uniform(2.3, 2.9)),
            )
        )
    world.save(CommunityProfile, profiles)


def _grids(world: World) -> list[Area]:
    grids = [
        Area(
            code=f"{community.code}{number:03d}",
            name=f"{world.short(community)}第{NUMERALS[number - 1]}网格",
            level=Level.GRID,
            parent=community,
        )
        for community in world.communities
        for number in range(1, min(10, 3 + round(world.size(community) * 3)) + 1)
    ]
    return world.save(Area, grids)


def _mechanisms(world: World):
    rows = world.rows("mechanisms")
    for community in world.communities:
        for kind in MechanismKind.values:
            if world.chance(0.12):  # not every community has set up every one
                continue
            row = world.rng.choice([row for row in rows if row["kind"] == kind])
            established_on = world.day_between(world.months_ago(60), world.months_ago(3))
            yield Mechanism(
                area=community,
                kind=kind,
                established_on=established_on,
                rule_title=row["rule_title"],
                summary=row["summary"],
            )


def _documents(world: World):
    """Titles the source gives, then as many without a title as it counts."""
    wanted = {
        DocumentKind.VOLUNTEER_GUIDANCE: world.targets.count("guiding_documents"),
        DocumentKind.PURCHASE_REGULATION: world.targets.count("purchase_regulation"),
    }
    for kind, count in wanted.items():
        titles = [row["title"] for row in world.rows("documents") if row["kind"] == kind]
        for title in (titles + [UNTITLED] * count)[:count]:
            yield PolicyDocument(
                area=world.district, kind=kind, title=title.format(district=world.district)
            )
