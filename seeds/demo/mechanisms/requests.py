"""Requests of two years in every state, uneven as life is; who says they can serve them, and the rules."""

import datetime
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from organizations.models import ServiceItem, SocialOrganization
from seeds.demo.walking import Walked, walk
from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.enums.requests import KIND_OF, Channel, OnBehalf, RequestState, Score
from suzhou_portal.linkage.models import RequestRules, ServiceCapacity, ServiceRequest
from suzhou_portal.linkage.residents import RESIDENT
from volunteers.enums.visits import ResidentNeedKind
from volunteers.models import Volunteer, VolunteerTeam

WANTED = 360
ONE = datetime.timedelta(days=1)
CHANNELS: dict[str, int] = {
    Channel.ONLINE: 38, Channel.PHONE: 27, Channel.WALK_IN: 23, Channel.HOTLINE: 8, Channel.GRID: 4,
}  # fmt: skip
# How requests end that are older than some weeks, by weight.
ENDS: dict[str, int] = {
    "rated": 52, "unrated": 24, "objected": 7, "redone": 3, "rejected": 5, "cancelled": 6, "unmet": 2,
    "matched": 1,
}  # fmt: skip
FRESH = {"submitted": 3, "to_dispatch": 5}  # days since they came; others came in some two weeks
RECENT = (
    "submitted",
    "to_dispatch",
    "dispatched",
    "accepted",
    "in_service",
    "done",
    "follow_up",
    "escalated",
    "unmet",
    "declined",
)
STARS: dict[int, int] = {Score.FIVE: 55, Score.FOUR: 33, Score.THREE: 12}
REFUSED = ("不属于本社区，已告知现住地社区电话。", "要求不在服务范围内，已说明原因和其他途径。")
NOBODY = "辖区内没有能办这一类的组织和队伍。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    RequestRules(
        area=world.district,
        effective_from=world.months_ago(30),
        basis="服务请求办理办法（试行）",
        is_demo=True,
    ).save()
    RequestRules(
        area=world.district, effective_from=world.months_ago(6), claims=True,
        basis="关于开展抢单试点的通知", is_demo=True,
    ).save()  # fmt: skip
    capacities = _capacities(world)
    maker = _Maker(world, capacities)
    walk(world, [maker.one(number) for number in range(WANTED)])
    _with_volunteers(world)
    return f"服务请求{WANTED}件、承接能力{len(capacities)}条"


def _capacities(world: World) -> list[ServiceCapacity]:
    kinds = cycle(ResidentNeedKind.values[:-1])
    made: list[ServiceCapacity] = []
    able = SocialOrganization.objects.filter(is_demo=True, deregistered_on__isnull=True)
    registered = able.exclude(credit_code="").order_by("pk")[:24]
    made += [_capacity(world, next(kinds), organization=one) for one in registered]
    for community in world.communities:
        teams = VolunteerTeam.objects.filter(area=community).active(world.as_of).order_by("pk")
        made += [_capacity(world, next(kinds), team=team) for team in teams[:2]]
    return world.save(ServiceCapacity, made)


def _capacity(world: World, kind: str, **provider: Any) -> ServiceCapacity:
    [one] = provider.values()
    area = one.area if "team" in provider else world.district
    return ServiceCapacity(
        area=area, kind=kind, monthly=world.rng.choice((5, 8, 10, 20, 30)),
        days=world.rng.choice((None, 3, 5, 7)), since=world.months_ago(26), **provider,
    )  # fmt: skip


class _Maker:
    """Draws requests, each with the steps it took."""

    def __init__(self, world: World, capacities: list[ServiceCapacity]):
        self.world, self.rng, self.capacities = world, world.rng, capacities
        rows: dict[str, list[dict[str, str]]] = {}
        for row in world.rows("requests"):
            rows.setdefault(row["kind"], []).append(row)
        self.rows = rows
        self.services = list(
            ServiceItem.objects.filter(is_demo=True, withdrawn_on__isnull=True).order_by("pk")
        )

    def one(self, number: int) -> tuple[ServiceRequest, list[Walked]]:
        """A request and its history; the last sixty or so are still under way."""
        world, recent = self.world, number >= WANTED - 60
        end = RECENT[number % len(RECENT)] if recent else self._drawn(ENDS)
        area = world.some_communities(1)[0]
        kind = self.rng.choice(list(self.rows))
        row = self.rng.choice(self.rows[kind])
        asked_on = (
            world.as_of - self.rng.randint(0, FRESH.get(end, 12)) * ONE if recent
            else world.day_between(world.months_ago(24), world.months_ago(1) - 14 * ONE)
            if world.chance(0.35)
            else world.day_between(world.months_ago(9), world.months_ago(1) - 14 * ONE)
        )  # fmt: skip
        channel = self._drawn(CHANNELS)
        if channel == Channel.GRID and recent:
            channel = Channel.PHONE
        offered = [
            one
            for one in self.services
            if KIND_OF[one.category] == kind and one.area_id in (area.code, world.district.code)
        ]
        request = ServiceRequest(
            area=area, channel=channel, kind=kind, content=row["content"],
            service=self.rng.choice(offered) if offered and world.chance(0.6) else None,
            wished_on=asked_on + self.rng.randint(1, 6) * ONE if world.chance(0.4) else None,
            wished_at=self.rng.choice(("", "上午", "下午")), name=world.person_name(),
            phone=world.phone(), address=f"{self.rng.randint(1, 30)}号楼{self.rng.randint(1, 4)}单元201",
            on_behalf=self.rng.choices(OnBehalf.values, (60, 20, 6, 6, 5, 3))[0], agreed=True,
            asked_on=asked_on,
        )  # fmt: skip
        request.due_on = request.first_due
        return request, list(self._course(request, row, end))

    def _drawn(self, weights: dict[Any, int]) -> Any:
        return self.rng.choices([*weights], [*weights.values()])[0]

    def _course(self, request: ServiceRequest, row: dict[str, str], end: str) -> Iterator[Walked]:
        clock = _Clock(self.world, request.asked_on)
        office = f"{request.area}工作人员"
        if end == "rejected":
            yield Walked("reject", clock.later(0, 2), note=self.rng.choice(REFUSED), by=office)
        if end in ("submitted", "rejected"):
            return
        yield Walked("admit", clock.later(0, 1), by=office)
        if end == "cancelled":
            yield Walked("cancel", clock.later(0, 3), note="居民取消。", by=RESIDENT)
        if end in ("escalated", "unmet", "matched"):
            yield from self._nobody(clock, end)
        if end not in ("to_dispatch", "cancelled", "escalated", "unmet"):
            yield from self._sent(request, row, end, clock, office)

    def _sent(
        self, request: ServiceRequest, row: dict[str, str], end: str, clock: "_Clock", office: str
    ) -> Iterator[Walked]:
        yield Walked("dispatch", clock.later(0, 3), by=office, filled=self._provider(request))
        if end == "declined":
            yield Walked("decline", clock.later(0, 2), note="人手排满，这周去不了。", by="承接方")
        elif end != "dispatched":
            yield from self._serve(request, row, end, clock, office)

    def _nobody(self, clock: "_Clock", end: str) -> Iterator[Walked]:
        yield Walked("escalate", clock.later(1, 4), note=NOBODY, by="社区工作人员")
        if end != "escalated":
            yield Walked("list_unmet", clock.later(1, 5), note=NOBODY, by="街道工作人员")

    def _serve(
        self, request: ServiceRequest, row: dict[str, str], end: str, clock: "_Clock", office: str
    ) -> Iterator[Walked]:
        yield Walked("accept", clock.later(0, 2), by="承接方")
        if end == "accepted":
            return
        yield Walked("start", clock.later(0, 6), by="承接方")
        if end == "in_service":
            return
        slow = self.world.chance(0.14)
        yield Walked(
            "finish",
            clock.later(0, 25 if slow else 4),
            by="承接方",
            filled={"result": row["result"], "people": 1},
        )
        if end == "done":
            return
        if end in ("objected", "redone", "follow_up"):
            yield from self._object(request, row, end, clock, office)
        elif end == "unrated":
            yield Walked("close_unrated", clock.later(9, 14), note="期限内没有评价。")
        else:
            score = self._drawn(STARS)
            comment = row["praise"] if score > Score.THREE else ""
            filled = {"rating": score, "comment": comment}
            yield Walked("rate", clock.later(0, 5), by=RESIDENT, filled=filled)
            yield Walked("close", clock.later(0, 0))

    def _object(
        self, request: ServiceRequest, row: dict[str, str], end: str, clock: "_Clock", office: str
    ) -> Iterator[Walked]:
        undone = self.world.chance(0.4)
        said = {"not_done": True} if undone else {"rating": self.rng.choice((Score.ONE, Score.TWO))}
        yield Walked(
            "object", clock.later(0, 4), by=RESIDENT, filled={**said, "comment": row["complaint"]}
        )
        if end == "objected":
            yield Walked(
                "settle",
                clock.later(1, 4),
                by=office,
                filled={"follow_up": "电话回访，已说明情况，居民表示理解。"},
            )
        elif end == "redone":
            yield Walked(
                "redo", clock.later(1, 4), by=office, filled={"follow_up": "属实，重新安排。"}
            )
            yield Walked("dispatch", clock.later(0, 1), by=office, filled=self._provider(request))
            yield Walked("accept", clock.later(0, 1), by="承接方")
            yield Walked(
                "finish",
                clock.later(0, 3),
                by="承接方",
                filled={"result": row["result"], "people": 1},
            )
            yield Walked("rate", clock.later(0, 3), by=RESIDENT, filled={"rating": Score.FOUR})
            yield Walked("close", clock.later(0, 0))

    def _provider(self, request: ServiceRequest) -> dict[str, Any]:
        able = [
            one for one in self.capacities
            if one.kind == request.kind and request.area_id.startswith(one.area_id)
        ]  # fmt: skip
        if not able or self.world.chance(0.25):
            return {
                "handler": self.rng.choice(
                    ("社区民政专干", "社区网格员", "物业公司", "便民服务窗口")
                )
            }
        chosen = self.rng.choice(able)
        return {"team": chosen.team} if chosen.team_id else {"organization": chosen.organization}


class _Clock:
    """The day of the last step, which only moves on, and not past the demonstration's day."""

    def __init__(self, world: World, day: datetime.date):
        self.world, self.day = world, day

    def later(self, least: int, most: int) -> datetime.date:
        """A day so many days on."""
        self.day = min(self.world.as_of, self.day + self.world.rng.randint(least, most) * ONE)
        return self.day


def _with_volunteers(world: World) -> None:
    """A few that teams finish now, naming who came: their hours wait for another person's word."""
    under_way = ServiceRequest.objects.filter(is_demo=True, state=RequestState.IN_SERVICE)
    for request in under_way.filter(team__isnull=False).order_by("pk")[:3]:
        known = Volunteer.objects.filter(team=request.team, left_on__isnull=True).order_by("pk")
        if request.team and (came := list(known[:2])):
            take(
                request, "finish", on=world.as_of, result="两名志愿者上门办好。", people=1,
                began=datetime.time(9), ended=datetime.time(11), volunteers=came,
            )  # fmt: skip
