"""Secretaries' projects of last year and this year, at every stage, and the places for the criteria."""

import datetime
from typing import Any

from communities.enums.committees import Position
from communities.enums.secretary import CRITERIA, SCORES
from communities.enums.thresholds import ThresholdKind
from communities.models import (
    CommitteeMember,
    Criterion,
    ProjectProgress,
    SecretaryProject,
    Threshold,
)
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

# How far a project has come, each with the days from one step to the next.
LAST_YEAR = (
    (("file", 10), ("approve", 20), ("finish", 200), ("accept", 20)),
    (("file", 15), ("approve", 15), ("finish", 180), ("continue", 15), ("finish", 60), ("accept", 15)),
    (("file", 10), ("send_back", 15), ("file", 20), ("approve", 10), ("finish", 190), ("accept", 30)),
    (("file", 10), ("approve", 25)),
)  # fmt: skip
THIS_YEAR = (
    (),
    (("file", 12),),
    (("file", 10), ("send_back", 15)),
    (("file", 10), ("approve", 15)),
    (("file", 8), ("approve", 12), ("finish", 50)),
)
NOTES = {
    "send_back": "破题措施不够具体，请明确责任分工和时间安排后重新报送。",
    "continue": "居民满意度回访未达到预期，请继续实施，两个月后再报验收。",
}
PROGRESS = (
    (20, "入户走访、开议事会，摸清底数，明确各方分工。"),
    (60, "措施逐项落实，居民代表现场监督。"),
)
OPINION = "查看现场、回访居民，措施已落实，成效与申报一致，同意通过验收。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    world.save(Criterion, [Criterion(area=world.district, position=n) for n in CRITERIA])
    world.save(
        Threshold,
        [
            Threshold(
                area=world.district, kind=ThresholdKind.SECRETARY_PROJECT, value=value,
                effective_from=datetime.date(world.as_of.year - ago, 1, 1), basis=f"{basis}（演示）",
            )
            for value, ago, basis in ((60, 2, "书记破题试行办法"), (65, 0, "书记破题年度通知"))
        ],
    )  # fmt: skip
    made = 0
    for courses, year, share in (
        (LAST_YEAR, world.as_of.year - 1, 0.7),
        (THIS_YEAR, world.as_of.year, 0.9),
    ):
        communities = [community for community in world.communities if world.chance(share)]
        for number, community in enumerate(communities):
            _project(world, community, year, courses[number % len(courses)])
        made += len(communities)
    return f"书记破题项目{made}个"


def _project(world: World, community: Area, year: int, course: tuple[tuple[str, int], ...]) -> None:
    row = world.rng.choice(world.rows("secretary_projects"))
    secretary = CommitteeMember.objects.select_related("person").get(
        area=community, position=Position.SECRETARY, ended_on__isnull=True
    )
    begun = datetime.date(year, 1, 10) + datetime.timedelta(days=world.rng.randint(0, 20))
    [project] = world.save(
        SecretaryProject,
        [
            SecretaryProject(
                area=community,
                year=year,
                title=row["title"],
                problem=row["problem"],
                measures=row["measures"],
                responsible=secretary.person,
                planned_from=datetime.date(year, 3, 1),
                planned_to=datetime.date(year, 11, 30),
            )
        ],
    )
    day = begun
    for verb, days in course:
        day = min(world.as_of, day + datetime.timedelta(days=days))
        take(project, verb, on=day, note=NOTES.get(verb, ""), **_filled(world, verb, row))
        if verb == "approve":
            _report(world, project, day)


def _report(world: World, project: SecretaryProject, begun: datetime.date) -> None:
    """What was done by several days, as far as they have come."""
    days = [begun + datetime.timedelta(days=30 * (number + 1)) for number in range(len(PROGRESS))]
    world.save(
        ProjectProgress,
        [
            ProjectProgress(
                area=project.area, project=project, reported_on=day, done=done, percent=percent
            )
            for day, (percent, done) in zip(days, PROGRESS, strict=True)
            if day <= world.as_of
        ],
    )


def _filled(world: World, verb: str, row: dict[str, str]) -> dict[str, Any]:
    if verb == "approve":
        return {score: world.rng.randint(17, 25) for score in SCORES}
    if verb == "accept":
        return {"opinion": OPINION}
    return {"result": row["result"]} if verb == "finish" else {}
