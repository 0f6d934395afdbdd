"""Mediation cases and deliberation meetings at every stage."""

import datetime
from itertools import cycle
from typing import Any

from communities.models import (
    DeliberationMeeting,
    MediationCase,
    MediationSession,
    MeetingTask,
    Person,
)
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

# How far a case of the demonstration has come; the more frequent courses stand there more often.
CASES = (
    *[("accept", "agree", "fulfil")] * 4,
    ("accept", "agree", "ask_court", "record_ruling", "fulfil"),
    ("accept", "agree"),
    ("accept", "agree", "ask_court"),
    ("accept",),
    ("accept", "fail"),
    ("accept", "end"),
    ("refuse",),
    (),
)
RECENT = ((), ("accept",), ("accept", "agree"), ("accept", "agree", "ask_court"))
NOTES = {
    "refuse": "当事人已向法院起诉，不属于人民调解范围，已作说明。",
    "end": "一方当事人明确表示不愿继续调解，已告知其他解决途径。",
    "cancel": "议题所涉事项已由物业解决，取消会议。",
    "postpone": "当日大风沙尘预警，另行公告时间。",
}
MEETINGS = (
    *[("announce", "hold", "resolve", "perform", "finish")] * 4,
    ("announce", "hold", "resolve", "perform"),
    ("announce", "hold", "resolve"),
    ("announce", "hold", "not_pass"),
    ("announce", "hold"),
    ("announce",),
    ("announce", "postpone"),
    ("announce", "cancel"),
    (),
)
BEFORE_IT = ((), ("announce",), ("announce", "postpone"), ("announce", "cancel"))
ONE = datetime.timedelta(days=1)
EVENING = datetime.time(19)
COURT = "{district}人民法院"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    mediators = {
        community.code: world.save(
            Person,
            [
                Person(area=community, name=world.person_name(), phone=world.phone())
                for _ in range(2)
            ],
        )
        for community in world.communities
    }
    courses, made = cycle(reversed(CASES)), 0
    for community in world.communities:
        for _ in range(_many(world, community, 4)):
            _case(world, community, mediators[community.code], next(courses))
            made += 1
    meetings, held = cycle(reversed(MEETINGS)), 0
    for community in world.communities:
        for _ in range(_many(world, community, 3)):
            _meeting(world, community, next(meetings))
            held += 1
    return f"人民调解案件{made}件、议事协商会议{held}次"


def _many(world: World, community: Area, most: int) -> int:
    """How many; in the first community, where its account tries things out, one of each stage."""
    return 9 if community == world.communities[0] else world.rng.randint(1, most)


# --- mediation


def _case(world: World, community: Area, mediators: list[Person], course: tuple[str, ...]) -> None:
    row = world.rng.choice(world.rows("mediation_cases"))
    applied_on = world.day_between(
        world.months_ago(1 if course in RECENT else 14),
        world.as_of - (20 if course in RECENT else 60) * ONE,
    )
    case = MediationCase(
        area=community,
        origin=world.rng.choice(("applied", "applied", "offered")),
        kind=row["kind"],
        subject=row["subject"],
        party_a=world.person_name(),
        phone_a=world.phone(),
        party_b=world.person_name(),
        applied_on=applied_on,
    )
    world.save(MediationCase, [case])
    case.mediators.set(mediators[: world.rng.randint(1, 2)])
    day = applied_on
    for verb in course:
        day += world.rng.randint(1, 4) * ONE
        filled = _filled(world, verb, row, day)
        case = take(case, verb, on=day, note=_note(verb, row), **filled)
        if verb == "accept":
            day += ONE
            _session(world, case, row, day)


def _session(world: World, case: MediationCase, row: dict[str, str], day: datetime.date) -> None:
    world.save(
        MediationSession,
        [
            MediationSession(
                area=case.area, case=case, held_on=day, said=row["said"], next_step=row["next_step"]
            )
        ],
    )


def _filled(world: World, verb: str, row: dict[str, str], day: datetime.date) -> dict[str, Any]:
    if verb == "agree":
        form = world.rng.choice(("oral", "written"))
        return {
            "agreement_form": form,
            "agreement": row["agreement"],
            "perform_by": day + world.rng.randint(7, 20) * ONE,
        }
    if verb == "ask_court":
        return {"court": COURT.format(district=world.district)}
    return {"ruling": "valid"} if verb == "record_ruling" else {}


def _note(verb: str, row: dict[str, str]) -> str:
    return row["failed"] if verb == "fail" else NOTES.get(verb, "")


# --- deliberation


def _meeting(world: World, community: Area, course: tuple[str, ...]) -> None:
    row = world.rng.choice(world.rows("meetings"))
    if course in BEFORE_IT:
        held_on = world.as_of + world.rng.randint(1, 12) * ONE
    else:
        held_on = world.day_between(world.months_ago(15), world.as_of - 60 * ONE)
    [meeting] = world.save(
        DeliberationMeeting,
        [
            DeliberationMeeting(
                area=community,
                kind=row["kind"],
                topic=row["topic"],
                agenda=row["agenda"],
                planned_on=held_on,
                starts=EVENING,
                ends=datetime.time(21),
                place=f"{world.short(community)}党群服务中心会议室",
            )
        ],
    )
    day = held_on
    for verb in course:
        day = _day(world, verb, held_on, day)
        meeting = take(
            meeting, verb, on=day, note=NOTES.get(verb, ""), **_values(world, verb, meeting, row)
        )
        if verb == "resolve":
            _task(world, meeting, row, day, done="finish" in course)


def _day(world: World, verb: str, held_on: datetime.date, before: datetime.date) -> datetime.date:
    if verb == "announce":
        return min(world.as_of, held_on - world.rng.randint(4, 8) * ONE)
    if verb in ("postpone", "cancel"):
        return min(world.as_of, held_on - ONE)
    if verb == "hold":
        return held_on
    return before + {"perform": 2, "finish": 25}.get(verb, 0) * ONE


def _values(
    world: World, verb: str, meeting: DeliberationMeeting, row: dict[str, str]
) -> dict[str, Any]:
    if verb == "hold":
        entitled = world.rng.randint(30, 90)
        attended = world.rng.randint(entitled // 2 + 1, entitled)
        late = datetime.time(20, world.rng.randint(10, 59))
        return {"entitled": entitled, "attended": attended, "began": EVENING, "ended": late}
    if verb == "resolve":
        return {"resolution": row["resolution"], **_votes(world, meeting, passed=True)}
    if verb == "not_pass":
        return _votes(world, meeting, passed=False)
    return {"outcome": row["outcome"]} if verb == "finish" else {}


def _votes(world: World, meeting: DeliberationMeeting, *, passed: bool) -> dict[str, Any]:
    attended = meeting.attended or 0
    half = attended // 2
    agreed = world.rng.randint(half + 1, attended) if passed else world.rng.randint(half // 2, half)
    against = world.rng.randint(0, attended - agreed)
    return {"agreed": agreed, "against": against, "abstained": attended - agreed - against}


def _task(
    world: World,
    meeting: DeliberationMeeting,
    row: dict[str, str],
    day: datetime.date,
    *,
    done: bool,
) -> None:
    due_on = world.workday_after(day, 10)
    world.save(
        MeetingTask,
        [
            MeetingTask(
                area=meeting.area,
                meeting=meeting,
                what=row["task"],
                who=row["who"],
                assigned_on=day,
                due_on=due_on,
                done_on=due_on if done else None,
                result=row["result"] if done else "",
            )
        ],
    )
