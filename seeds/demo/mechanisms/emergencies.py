"""Emergencies and drills at every stage of 平急转换, with musters, check-ins and tasks at every stage.

Steps taken on the demonstration's last day stand at it; the one in force is a drill of one community.
"""

import datetime
from typing import Any

from communities.enums.rules import PlanKind, ResponseLevel
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from volunteers.models import CheckIn, Emergency, Muster, MusterTask, VolunteerTeam

# Where each stands, whether it is a drill, since how many days, its level, its steps with the days
# between them, and how far its musters have come.
ENDED = ("begin", "stand_down")
COURSES = (
    ("district", False, 280, "3", (("activate", 0), ("adjust", 1), ("restore", 2), ("review", 6)),
     (ENDED, ENDED, ENDED)),
    ("street", False, 55, "4", (("activate", 1), ("restore", 1)), (ENDED, ENDED)),
    ("community", True, 120, "4", (("activate", 0), ("restore", 0), ("review", 5)), (ENDED, ("cancel",))),
    ("community", True, 0, "4", (("activate", 0),), (("begin",), ())),
    ("street", False, 150, "4", (("call_off", 1),), ()),
    ("street", True, 0, "4", (), ()),
)  # fmt: skip
NOTES = {
    "adjust": "雨势加强，请各街道提前转移低洼处住户。",
    "call_off": "预报的大风减弱，未达到启动标准。",
    "cancel": "改在社区广场集结。",
}
REVIEW = "队伍到位及时。问题：部分楼栋联络人电话未更新，沙袋储备不足；已列入整改，月底前完成。"
SUMMARY = "任务完成，人员清点无误，物资已归库。"
RESULT = "已完成，无人员受伤。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    rows = world.rows("emergencies")
    people = 0
    for number, course in enumerate(COURSES):
        people += _emergency(world, number, rows[number % len(rows)], course)
    musters = Muster.objects.filter(is_demo=True).count()
    return f"平急转换{len(COURSES)}次、集结{musters}处、签到{people}人次"


def _emergency(world: World, number: int, row: dict[str, str], course: tuple) -> int:
    place, is_drill, days, level, steps, musters = course
    area = _place(world, place, number)
    day = world.as_of - datetime.timedelta(days=days)
    [emergency] = world.save(
        Emergency,
        [
            Emergency(
                area=area,
                kind=PlanKind(row["kind"]),
                title=row["title"],
                is_drill=is_drill,
                level=ResponseLevel(level),
                ordered_by="区应急指挥部",
                measures=row["measures"],
                expected_until=day + datetime.timedelta(days=3),
                standby_on=day,
            )
        ],
    )
    people = 0
    for verb, later in steps:
        if verb == "restore":  # musters stand down before the area is back in 平时
            people += _musters(world, emergency, musters, row, day)
        day = min(world.as_of, day + datetime.timedelta(days=later))
        emergency = take(
            emergency, verb, on=day, note=NOTES.get(verb, ""), **_filled(verb, emergency)
        )
    if emergency.state == "active":
        people += _musters(world, emergency, musters, row, day)
    return people


def _filled(verb: str, emergency: Emergency) -> dict[str, Any]:
    if verb == "adjust":
        until = emergency.expected_until + datetime.timedelta(days=1)
        return {"level": ResponseLevel.TWO, "measures": emergency.measures, "expected_until": until}
    return {"review": REVIEW} if verb == "review" else {}


def _place(world: World, level: str, number: int) -> Area:
    if level == "district":
        return world.district
    places = world.streets if level == "street" and world.streets else world.communities
    return places[number % len(places)]


def _musters(
    world: World, emergency: Emergency, courses: tuple, row: dict[str, str], day: datetime.date
) -> int:
    inside = [c for c in world.communities if c.code.startswith(emergency.area_id)]
    people = 0
    for number, course in enumerate(courses):
        community = inside[number % len(inside)]
        place = f"{world.short(community)}{'广场' if number % 2 else '党群服务中心'}"
        muster = _ordered(world, emergency, community, place)
        muster.teams.set(_teams(muster, day))
        muster = take(
            muster, "call", on=day, called_at=world.moment(day, 7, 30), place=place,
            leader=muster.leader or world.person_name(), phone=muster.phone or world.phone(),
        )  # fmt: skip
        people += _carry(world, muster, course, row, day)
    return people


def _ordered(world: World, emergency: Emergency, community: Area, place: str) -> Muster:
    """The muster that the activation ordered there; another one where it was called already."""
    ordered = emergency.musters.in_state("ordered").filter(area=community).first()
    made = Muster(emergency=emergency, area=community, place=place)
    return ordered or world.save(Muster, [made])[0]


def _teams(muster: Muster, day: datetime.date) -> list[VolunteerTeam]:
    return list(VolunteerTeam.objects.within(muster.area_id).active(day).order_by("pk")[:6])


def _carry(
    world: World, muster: Muster, course: tuple, row: dict[str, str], day: datetime.date
) -> int:
    teams = _teams(muster, day)
    if course == ("cancel",):
        take(muster, "cancel", on=day, note=NOTES["cancel"])
        return 0
    came = _check_ins(world, muster, teams if course else teams[:1], day)
    if course:
        muster = take(muster, "begin", on=day)
        _tasks(world, muster, teams, row, day, settled=course == ENDED)
    if course == ENDED:
        take(muster, "stand_down", on=day, summary=SUMMARY)
    return came


def _check_ins(world: World, muster: Muster, teams: list[VolunteerTeam], day: datetime.date) -> int:
    check_ins = [
        CheckIn(
            area=muster.area,
            muster=muster,
            team=team,
            people=world.rng.randint(2, 9),
            checked_in_at=world.moment(day, 8, world.rng.randint(0, 50)),
        )
        for team in teams
        if world.chance(0.85) or team is teams[0]
    ]
    check_ins.append(
        CheckIn(
            area=muster.area,
            muster=muster,
            name=world.person_name(),
            phone=world.phone(),
            checked_in_at=world.moment(day, 8, 55),
        )
    )
    return sum(one.people for one in world.save(CheckIn, check_ins))


def _tasks(
    world: World,
    muster: Muster,
    teams: list[VolunteerTeam],
    row: dict[str, str],
    day: datetime.date,
    *,
    settled: bool,
) -> None:
    for number, title in enumerate(row["tasks"].split("；")):
        team = teams[number % len(teams)] if teams else None
        [task] = world.save(
            MusterTask,
            [MusterTask(area=muster.area, muster=muster, title=title, team=team, assigned_on=day)],
        )
        if settled and number == 2:
            take(task, "cancel", on=day, note="现场已不需要。")
        elif settled or number == 0:
            take(task, "finish", on=day, result=RESULT)
        elif number == 1:
            take(task, "start", on=day)
