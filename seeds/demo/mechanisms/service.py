"""Volunteers, their activities at every stage, hours by check-in and by hand, and certificates."""

import datetime

from seeds.demo.world import World
from suzhou_portal.areas.codes import Level
from suzhou_portal.lifecycle.moves import take
from volunteers.enums.service import PUBLISHED_HOURS, STARS, ActivityState, ServiceState
from volunteers.models import (
    Activity,
    Service,
    ServiceCertificate,
    StarLevel,
    Volunteer,
    VolunteerApplication,
    VolunteerTeam,
)

TITLES = (
    ("社区环境整治", "清理楼道杂物和小广告"), ("敬老助老服务", "为独居老人理发、量血压"),
    ("文明交通劝导", "路口劝导，维护秩序"), ("青少年课后托管", "辅导作业，组织游戏"),
    ("反诈宣传", "入户讲解常见骗局"), ("垃圾分类指导", "在投放点指导分类"),
)  # fmt: skip
NINE, NOON = datetime.time(9), datetime.time(11, 30)
TEN_PM, TWO_AM = datetime.time(22), datetime.time(2)
CARRIED = 12  # communities whose activities go through every step, with its history


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    levels = zip(STARS, PUBLISHED_HOURS, strict=True)
    world.save(
        StarLevel, [StarLevel(area=world.district, stars=n, hours=given) for n, given in levels]
    )
    _applications(world)
    teams = _teams(world)
    volunteers = {code: _volunteers(world, team) for code, team in teams.items()}
    held = world.save(Activity, [one for team in teams.values() for one in _held(world, team)])
    services = world.save(Service, [one for a in held for one in _given(world, a, volunteers)])
    for number, (code, team) in enumerate(list(teams.items())[:CARRIED]):
        _carry(world, team, volunteers[code], number)
    issued = world.save(ServiceCertificate, list(_certificates(world, services)))
    people = sum(map(len, volunteers.values()))
    return f"志愿者{people}人、志愿活动{Activity.objects.count()}场、志愿服务证明{len(issued)}份"


def _applications(world: World) -> None:
    """One that waits in each of a few communities."""
    world.save(
        VolunteerApplication,
        [
            VolunteerApplication(
                area=community, name=world.person_name(), phone=world.phone(), agreed=True,
                applied_on=world.as_of,
            )
            for community in world.communities[:4]
        ],
    )  # fmt: skip


def _teams(world: World) -> dict[str, VolunteerTeam]:
    """The first team of each community."""
    standing = VolunteerTeam.objects.active(world.as_of).filter(area__level=Level.COMMUNITY)
    return {team.area_id: team for team in standing.select_related("area").order_by("-pk")}


def _volunteers(world: World, team: VolunteerTeam) -> list[Volunteer]:
    return world.save(
        Volunteer,
        [
            Volunteer(
                area=team.area,
                name=world.person_name(),
                phone=world.phone(),
                team=team,
                skills=world.rng.choice(("", "", "理发", "急救", "水电维修", "心理疏导")),
                registered_on=world.day_between(team.founded_on, world.months_ago(2)),
            )
            for _ in range(world.rng.randint(4, 8))
        ],
    )


def _activity(world: World, team: VolunteerTeam, day: datetime.date) -> Activity:
    title, content = world.rng.choice(TITLES)
    return Activity(
        area=team.area, team=team, title=title, content=content, held_on=day, starts=NINE,
        ends=NOON, places=20, place=f"{world.short(team.area)}广场",
    )  # fmt: skip


def _held(world: World, team: VolunteerTeam):
    """One to three in the last year, months apart, so that nobody is at two at once."""
    for number in range(world.rng.randint(1, 3)):
        earlier, later = world.months_ago(11 - 3 * number), world.months_ago(9 - 3 * number)
        activity = _activity(world, team, world.day_between(earlier, later))
        activity.state, activity.result = ActivityState.FINISHED, "按计划完成，居民反映良好。"
        yield activity


def _given(world: World, activity: Activity, volunteers: dict[str, list[Volunteer]]):
    """Who came; one in eight did not."""
    for volunteer in volunteers[activity.area_id]:
        if volunteer.registered_on > activity.held_on:
            continue
        came = not world.chance(0.125)
        yield Service(
            area_id=activity.area_id, activity=activity, volunteer=volunteer,
            held_on=activity.held_on, starts=NINE, ends=NOON,
            began=datetime.time(9, world.rng.randint(0, 20)) if came else None,
            ended=datetime.time(11, world.rng.randint(0, 30)) if came else None,
            state=ServiceState.CERTIFIED if came else ServiceState.ABSENT,
        )  # fmt: skip


def _carry(world: World, team: VolunteerTeam, volunteers: list[Volunteer], number: int) -> None:
    """One activity as people carry it, so far as this community's has come."""
    recent = world.as_of - datetime.timedelta(days=3 + number)
    ahead = world.as_of + datetime.timedelta(days=5 + number)
    stage = number % 4
    [activity] = world.save(Activity, [_activity(world, team, ahead if stage < 2 else recent)])
    before = recent - datetime.timedelta(days=7)
    if stage == 0:  # a night watch, still to be announced
        activity.title, activity.content = "节前夜间巡逻", "防火防盗，看望值守人员"
        activity.starts, activity.ends = TEN_PM, TWO_AM
        activity.save()
        return
    take(activity, "publish", on=before)
    services = world.save(
        Service,
        [
            Service(
                area_id=activity.area_id, activity=activity, volunteer=one,
                held_on=activity.held_on, starts=NINE, ends=NOON,
            )
            for one in volunteers[:6]
        ],
    )  # fmt: skip
    if stage == 1:
        take(services[0], "withdraw", on=before, note="临时有事。")
        return
    _attended(services, recent)
    if stage == 3:
        take(activity, "finish", on=recent, result="清理杂物两车，居民参与踊跃。")


def _attended(services: list[Service], day: datetime.date) -> None:
    """Two checked in and out, one still to leave; by hand one confirmed, one disputed, one to confirm."""
    first, second, third, *rest = services
    for service in (first, second):
        take(service, "check_in", on=day, began=datetime.time(9, 5))
        take(service, "check_out", on=day, ended=datetime.time(11, 20))
    take(third, "check_in", on=day, began=datetime.time(9, 10))
    for service in rest:
        take(
            service, "enter", on=day, note="现场信号不好，没有签到。",
            began=datetime.time(9, 30), ended=datetime.time(11),
        )  # fmt: skip
    for service in rest[:2]:
        take(service, "confirm", on=day)
    for service in rest[1:2]:
        take(service, "dispute", on=day, note="本人：我九点就到了。")


def _certificates(world: World, services: list[Service]):
    """For one in twenty who gave anything."""
    given: dict[int, list[Service]] = {}
    for service in services:
        if service.state == ServiceState.CERTIFIED:
            given.setdefault(service.volunteer_id, []).append(service)
    for theirs in list(given.values())[::20]:
        days = sorted(one.held_on for one in theirs)
        certificate = ServiceCertificate(
            volunteer=theirs[0].volunteer, area_id=theirs[0].area_id, from_on=days[0],
            to_on=days[-1], issued_on=world.as_of,
        )  # fmt: skip
        certificate.clean()
        yield certificate
