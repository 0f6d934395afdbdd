"""Grids with their people and branches, and events at every stage."""

import datetime
from itertools import cycle

from communities.enums.grids import EventKind, GridRole
from communities.models import GridBranch, GridEvent, GridPost, MediationCase, Person
from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

# How far an event of the demonstration has come, and how many of some fifteen have come that far.
COURSES = (
    (("dispatch", "finish", "check"), 4),
    (("finish", "check"), 2),
    (("dispatch", "finish", "rework", "finish", "check"), 1),
    (("dispatch", "escalate", "finish", "check"), 1),
    (("dispatch", "escalate", "send_back", "finish", "check"), 1),
    (("mediate", "check"), 1),
    (("mediate",), 1),
    (("dispatch", "escalate"), 1),
    (("finish",), 1),
    (("refuse",), 1),
    (("dispatch",), 1),
    ((), 1),
)
NOTES = {
    "escalate": "社区无执法权限，请街道协调有关部门处理。",
    "send_back": "已与主管部门联系，由社区跟进落实。",
    "refuse": "所反映的事项不在本辖区，已告知反映人向有关单位反映。",
    "rework": "现场看仍有遗留，请处理完再报。",
}
UNFINISHED = (None, "dispatch", "escalate", "finish", "mediate")
IN_FIRST_GRID = 8  # where the account of a grid worker tries things out


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    grids = list(Area.objects.inside(world.district.code).filter(level=Level.GRID).order_by("code"))
    posts = _posts(world, grids)
    branches = world.save(GridBranch, [_branch(world, grid) for grid in grids if world.chance(0.9)])
    events = _events(world, grids)
    return f"网格岗位{posts}个、网格党支部{len(branches)}个、网格事件{events}件"


def _posts(world: World, grids: list[Area]) -> int:
    started_on = world.months_ago(20)
    wanted = [
        (grid, role)
        for grid in grids
        for role in GridRole.values
        if role != GridRole.SECRETARY or world.chance(0.9)
    ]
    people = world.save(
        Person,
        [
            Person(area=grid.parent, name=world.person_name(), phone=world.phone())
            for grid, _ in wanted
        ],
    )
    posts = [
        GridPost(area=grid, person=person, role=role, started_on=started_on)
        for (grid, role), person in zip(wanted, people, strict=True)
    ]
    return len(world.save(GridPost, posts))


def _branch(world: World, grid: Area) -> GridBranch:
    return GridBranch(
        area=grid,
        name=f"{grid.name}党支部",
        members=world.rng.randint(8, 40),
        founded_on=world.months_ago(30),
    )


def _events(world: World, grids: list[Area]) -> int:
    courses = cycle([course for course, share in reversed(COURSES) for _ in range(share)])
    made = 0
    for grid in grids:
        for _ in range(IN_FIRST_GRID if grid == grids[0] else world.rng.randint(1, 2)):
            course = next(courses)
            kinds = [EventKind.DISPUTE] if "mediate" in course else EventKind.values
            row = world.rng.choice(
                [one for one in world.rows("grid_events") if one["kind"] in kinds]
            )
            last = course[-1] if course else None
            begun = world.months_ago(1 if last in UNFINISHED else 12)
            reported_on = world.day_between(begun, world.as_of)
            [event] = world.save(GridEvent, [_event(world, grid, row, reported_on)])
            _carry(world, event, course, row["result"])
            made += 1
    return made


def _event(world: World, grid: Area, row: dict[str, str], reported_on: datetime.date) -> GridEvent:
    event = GridEvent(
        area=grid,
        kind=EventKind(row["kind"]),
        title=row["title"],
        place=row["place"],
        description=row["description"],
        contact=f"{world.person_name()[0]}先生" if world.chance(0.5) else "",
        phone=world.phone() if world.chance(0.5) else "",
        reported_on=reported_on,
        due_on=world.workday_after(reported_on, 5),
    )
    event.contact = event.contact or ("居民" if event.phone else "")
    return event


def _carry(world: World, event: GridEvent, course: tuple[str, ...], result: str) -> None:
    day = event.reported_on
    for verb in course:
        day = min(world.as_of, day + datetime.timedelta(days=world.rng.randint(0, 2)))
        filled = {"result": result} if verb == "finish" else {}
        take(event, verb, on=day, note=NOTES.get(verb, ""), **filled)
        if verb == "mediate":
            day = _mediated(world, event, day, result, carried_out=verb != course[-1])


def _mediated(
    world: World, event: GridEvent, day: datetime.date, result: str, *, carried_out: bool
) -> datetime.date:
    """Carry the case that the event became through, or leave it as it was made; returns the last day."""
    case = MediationCase.objects.get(event=event)
    if not carried_out:
        return day
    case.party_a, case.party_b = case.party_a or world.person_name(), world.person_name()
    case.save()
    case.mediators.set(Person.objects.filter(grid_posts__area=event.area)[:1])
    agreed = {"agreement_form": "oral", "agreement": result}
    for verb, filled in (("accept", {}), ("agree", agreed), ("fulfil", {})):
        day = min(world.as_of, day + datetime.timedelta(days=1))
        take(case, verb, on=day, **filled)
    return day
