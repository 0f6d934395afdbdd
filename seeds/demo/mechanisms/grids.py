"""Grids with their people and branches, and events at every stage."""

import datetime
from itertools import cycle

from communities.enums.grids import EventKind, GridRole
from communities.models import GridBranch, GridEvent, GridPost, Person
from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

# How far an event of the demonstration has come, and how many of a dozen have come that far.
COURSES = (
    (("accept", "close"), 6),
    (("accept", "escalate", "close"), 1),
    (("accept", "escalate", "send_back", "close"), 1),
    (("accept", "escalate"), 1),
    (("accept",), 1),
    (("refuse",), 1),
    ((), 1),
)
NOTES = {
    "escalate": "社区无执法权限，请街道协调有关部门处理。",
    "send_back": "已与主管部门联系，由社区跟进落实。",
    "refuse": "所反映的事项不在本辖区，已告知反映人向有关单位反映。",
}


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
    rows = world.rows("grid_events")
    courses = cycle([course for course, share in reversed(COURSES) for _ in range(share)])
    made = 0
    for grid in grids:
        for _ in range(world.rng.randint(1, 2)):
            course, row = next(courses), world.rng.choice(rows)
            unfinished = not course or course[-1] in ("accept", "escalate")
            reported_on = world.day_between(world.months_ago(1 if unfinished else 12), world.as_of)
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
        filled = {"result": result} if verb == "close" else {}
        take(event, verb, on=day, note=NOTES.get(verb, ""), **filled)
