"""Door visits and needs, cadres' days, trainings and drills of teams, each at every stage.

Also leaves gaps in the pairing, and puts the emergency teams into X of "1+2+4+X": the demonstration
shows both a filled place and empty ones.
"""

import datetime
from itertools import cycle
from typing import Any

from communities.enums.grids import EventKind
from seeds.demo.walking import Walked, walk
from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.enums.requests import Score
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.workflow.doors import asked_at
from volunteers.enums.base import PairingTier, Segment, TeamKind
from volunteers.enums.trainings import Presence
from volunteers.enums.visits import VisitReason
from volunteers.models import (
    CadreDay,
    CadreFinding,
    DoorVisit,
    PairingLink,
    SystemSlot,
    TeamTraining,
    TrainingAttendance,
    TrainingPresence,
    VisitTarget,
    Volunteer,
    VolunteerTeam,
)

_SERVED, _RATED = ("admit", "dispatch", "accept", "finish"), ("rate", "close")
# What visits of some weeks ago found is mostly over; of a few nobody took care.
NEEDS = (
    *[(*_SERVED, *_RATED)] * 24,
    *[(*_SERVED, "object", "redo", "dispatch", "accept", "finish", *_RATED)] * 4,
    *[(*_SERVED, "close_unrated")] * 10, *[("reject",)] * 5,
    _SERVED, ("admit", "dispatch", "accept"), (),
)  # fmt: skip
DAYS = (
    ("arrange", "finish"),
    ("arrange", "finish"),
    ("arrange", "finish"),
    ("arrange",),
    ("cancel",),
    (),
)
AGREED = (
    (VisitReason.ALONE, "每周三上午敲门，不应门时打电话", 7),
    (VisitReason.DISABLED, "每月初上门，带好血压计", 30),
)
TRAININGS = (("hold",), ("hold",), ("hold",), ("cancel",), ())
NOTES = {
    "close_unrated": "期限内没有评价。",
    "reject": "住户已搬离本社区，已告知现住地社区。",
    "cancel": "与中心工作时间冲突，另行安排。",
}


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    slots = SystemSlot.objects.filter(area=world.district, segment=Segment.X)
    emergency = VolunteerTeam.objects.filter(kind=TeamKind.EMERGENCY, is_demo=True)
    emergency.update(slot=slots.first())
    _gaps(world)
    grids = list(Area.objects.inside(world.district.code).filter(level=Level.GRID).order_by("code"))
    visits, needs = _visits(world, grids)
    days = _cadre_days(world, grids)
    trainings = _trainings(world)
    return f"敲门走访{visits}户次、由此而来的服务请求{needs}件、干部一日体验{days}人次、队伍培训演练{trainings}场"


def _gaps(world: World) -> None:
    """Of a few grids and one community the pairing came to an end."""
    ended_on = world.months_ago(2)
    for tier, every in ((PairingTier.BRANCH_GRID, 9), (PairingTier.UNIT_COMMUNITY, 19)):
        links = PairingLink.objects.filter(tier=tier, is_demo=True).order_by("area_id", "pk")
        areas = list(dict.fromkeys(links.values_list("area_id", flat=True)))[every - 1 :: every]
        links.filter(area__in=areas).update(ended_on=ended_on)


def _visits(world: World, grids: list[Area]) -> tuple[int, int]:
    rows, courses = cycle(world.rows("door_visits")), cycle(world.rng.sample(NEEDS, len(NEEDS)))
    visits, found = [], []
    for grid in grids:
        team = VolunteerTeam.objects.filter(area=grid).active(world.as_of).order_by("pk").first()
        for number in range(world.rng.randint(2, 6)):
            row = next(rows)
            absent = not row["need"] and world.chance(0.2)
            address = f"{world.rng.randint(1, 30)}号楼{number + 1}单元{world.rng.randint(1, 6)}01"
            target = _target(world, grid, address, number) if number < len(AGREED) else None
            visit = DoorVisit(
                area=grid,
                target=target,
                address=address,
                outcome="absent" if absent else "met",
                situation="" if absent else row["situation"],
                need_kind=row["need_kind"],
                need=row["need"],
                resident_name=world.person_name() if row["need"] else "",
                phone=world.phone() if row["need"] else "",
                team=team,
                visited_on=world.day_between(world.months_ago(10), world.months_ago(1)),
            )
            visits.append(visit)
            if row["need"]:
                found.append((visit, row, next(courses)))
    world.save(DoorVisit, visits)
    walk(world, [_asked(world, *one) for one in found])
    return len(visits), len(found)


def _target(world: World, grid: Area, address: str, number: int) -> VisitTarget:
    reason, agreed, every_days = AGREED[number]
    [target] = world.save(
        VisitTarget,
        [
            VisitTarget(
                area=grid, address=address, reason=reason, agreed=agreed, every_days=every_days,
                resident_name=world.person_name(), phone=world.phone(),
                since=world.months_ago(11),
            )
        ],
    )  # fmt: skip
    return target


def _asked(
    world: World, visit: DoorVisit, row: dict[str, str], course: tuple[str, ...]
) -> tuple[ServiceRequest, list[Walked]]:
    """What the visit found is needed, and the steps that it took."""
    filled: dict[str, dict[str, Any]] = {
        "dispatch": {"team": visit.team} if visit.team else {"handler": row["handler"]},
        "finish": {"result": row["result"]},
        "rate": {"rating": Score.FIVE},
        "object": {"rating": Score.TWO, "comment": "只来过一次"},
        "redo": {"follow_up": "居民反映只来过一次，请按约定时间继续。"},
    }
    day, steps = visit.visited_on, []
    for verb in course:
        later = {"close": 0, "close_unrated": 10}.get(verb, world.rng.randint(1, 6))
        day = min(world.as_of, day + datetime.timedelta(days=later))
        steps.append(Walked(verb, day, NOTES.get(verb, ""), "社区工作人员", filled.get(verb, {})))
    asked = asked_at(visit)
    asked.due_on = asked.first_due
    return asked, steps


def _cadre_days(world: World, grids: list[Area]) -> int:
    rows, courses, units = world.rows("cadre_days"), cycle(DAYS), world.rows("units")
    wanted = 3 * len(world.communities)
    for number in range(wanted):
        row, course = rows[number % len(rows)], next(courses)
        waiting = course in ((), ("arrange",))
        planned_on = (
            world.as_of + datetime.timedelta(days=world.rng.randint(1, 20))
            if waiting
            else world.day_between(world.months_ago(11), world.months_ago(1))
        )
        area = world.rng.choice(grids if row["kind"] == "grid" else world.communities)
        [day] = world.save(
            CadreDay,
            [
                CadreDay(
                    area=area,
                    kind=row["kind"],
                    unit=world.rng.choice(units)["name"],
                    name=world.person_name(),
                    phone=world.phone(),
                    planned_on=planned_on,
                )
            ],
        )
        _carry_day(world, day, row, course)
    return wanted


def _carry_day(world: World, day: CadreDay, row: dict[str, str], course: tuple) -> None:
    filled: dict[str, dict[str, Any]] = {
        "arrange": {"planned_on": day.planned_on, "host": f"{world.person_name()[0]}网格员"},
        "finish": {"diary": row["diary"]},
    }
    for verb in course:
        on = day.planned_on if verb != "arrange" else min(world.as_of, day.planned_on)
        take(day, verb, on=on, note=NOTES.get(verb, ""), **filled.get(verb, {}))
    if "finish" in course and row["finding"]:
        CadreFinding(
            area=day.area, day=day, kind=EventKind(row["finding_kind"]), title=row["finding"],
            place=row["place"], found_on=day.planned_on, is_demo=True,
        ).save()  # fmt: skip


def _trainings(world: World) -> int:
    rows, courses, made = world.rows("team_trainings"), cycle(TRAININGS), 0
    for number, community in enumerate(world.communities):
        teams = list(VolunteerTeam.objects.within(community.code).active(world.months_ago(6))[:8])
        for _ in range(2):
            row, course = rows[made % len(rows)], next(courses)
            day = world.day_between(world.months_ago(6), world.months_ago(1))
            if not course:
                day = world.as_of + datetime.timedelta(days=7 + number)
            [training] = world.save(
                TeamTraining,
                [
                    TeamTraining(
                        area=community, kind=row["kind"], title=row["title"], place=row["place"],
                        planned_on=day, hours=world.rng.randint(1, 4),
                    )
                ],
            )  # fmt: skip
            if course == ("hold",) and teams:
                _attendance(world, training, teams)
                _names(world, training)
                take(training, "hold", on=day, summary=row["summary"])
            elif course == ("cancel",):
                take(training, "cancel", on=day, note=NOTES["cancel"])
            made += 1
    return made


def _attendance(world: World, training: TeamTraining, teams: list[VolunteerTeam]) -> None:
    came = world.rng.sample(teams, world.rng.randint(1, len(teams)))
    world.save(
        TrainingAttendance,
        [
            TrainingAttendance(
                area=training.area, training=training, team=team, people=world.rng.randint(2, 15)
            )
            for team in came
        ],
    )


def _names(world: World, training: TeamTraining) -> None:
    """Who came of the team whose roster is known; of the others there is only a total."""
    known = Volunteer.objects.filter(area=training.area_id, registered_on__lte=training.planned_on)
    presences = cycle(
        (Presence.PRESENT, Presence.PRESENT, Presence.EXCUSED, Presence.PRESENT, Presence.ABSENT)
    )
    world.save(
        TrainingPresence,
        [
            TrainingPresence(
                area=training.area, training=training, team=one.team, volunteer=one,
                presence=next(presences),
            )
            for one in known.filter(team__isnull=False).select_related("team").order_by("pk")
        ],
    )  # fmt: skip
