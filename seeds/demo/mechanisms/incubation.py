"""备案→孵化→登记: filings of every kind, organizations in the centre, and the green channel."""

import datetime
from itertools import count
from typing import Any

from organizations.enums.base import OrganizationKind
from organizations.enums.incubation import ServiceTier
from organizations.enums.registration import FilingState
from organizations.models import (
    Filing,
    Incubatee,
    IncubationDelivery,
    IncubationService,
    IncubationTrack,
    Registration,
    SocialOrganization,
)
from organizations.models.incubation import TRACKS
from seeds.demo.organizations import spare_code
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import take

DAY = datetime.timedelta(days=1)
# How far each organization has come in the centre, and since how many months it had applied.
COURSES = (
    (22, ("approve", "admit", "incubate", "graduate")),
    (20, ("approve", "admit", "incubate", "graduate")),
    (19, ("approve", "admit", "incubate", "graduate")),
    (16, ("approve", "admit", "incubate", "withdraw")),
    (12, ("approve", "withdraw")),
    (11, ("approve", "admit", "incubate")),
    (9, ("approve", "admit", "incubate")),
    (8, ("approve", "admit", "incubate")),
    (4, ("approve", "admit")),
    (2, ("approve",)),
    (1, ()),
    (6, ("refuse",)),
)
REGISTERED = 2  # of those that left the centre able to stand alone; the third has just applied
LENGTH = {"approve": 20, "admit": 15, "incubate": 10, "graduate": 330, "withdraw": 60, "refuse": 25}
NOTES = {
    "withdraw": "骨干成员外出务工，暂时无法开展活动。",
    "refuse": "服务内容与社区已有组织重复，建议先合作开展活动。",
}
GIVEN = {
    ServiceTier.BASIC: ("骨干成员参加项目设计培训", "编入需求和资源信息群", "辅导申报社区微项目"),
    ServiceTier.EXTENDED: ("协助起草章程和登记材料", "财务和内部管理咨询", "对接爱心企业和场地"),
}
# Applications of bodies that are new: name, and how far they came.
NEW_ONES = (
    ("暖阳社会工作服务中心", ()),
    ("同心社区营造服务中心", ("ask",)),
    ("启明儿童成长服务中心", ("receive",)),
    ("乐活健康促进服务中心", ("receive", "refuse")),
    ("和睦家庭服务中心", ("receive", "withdraw")),
)
SAID = {
    "ask": "请补充活动场所使用证明和验资材料。",
    "refuse": "拟任负责人不符合条件。",
    "withdraw": "发起人决定先向街道备案。",
}
WANTED = (("邻里歌友会", ()), ("巧手编织社", ("refuse",)), ("晨练健身队", ()))


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    filed = _file_all(world)
    tracks = world.save(
        IncubationTrack, [IncubationTrack(area=world.district, position=one) for one in TRACKS]
    )
    incubatees = _incubate(world, tracks)
    registrations = _register(world)
    return f"街道备案{filed}件、孵化对象{incubatees}个、登记申请{registrations}件"


def _file_all(world: World) -> int:
    """Every filed organization of the register has its filing; some ended, some still applied for."""
    entries = list(
        SocialOrganization.objects.filter(kind=OrganizationKind.FILED)
        .select_related("area")
        .order_by("joined_on", "pk")
    )
    numbers = count(1)
    filings = world.save(Filing, [_filing(entry, next(numbers)) for entry in entries])
    world.save(Step, [step for filing in filings for step in _steps(filing)])
    for filing in [one for one in filings if one.state == FilingState.FILED][:3]:
        take(filing, "change", on=world.as_of, note="变更负责人。", name=filing.name)
    for community, (name, verbs) in zip(world.communities, WANTED, strict=False):
        [wanted] = world.save(
            Filing,
            [
                Filing(
                    area=community,
                    name=f"{world.short(community)}{name}",
                    activities="每周组织活动（演示）。",
                    applied_on=world.as_of - 9 * DAY,
                    contact=f"{world.person_name()[0]}老师",
                    phone=world.phone(),
                )
            ],
        )
        for verb in verbs:
            take(wanted, verb, on=world.as_of - DAY, note="成员不足十人，请充实后再申请。")
    return len(filings)


def _filing(entry: SocialOrganization, number: int) -> Filing:
    ended = entry.deregistered_on
    return Filing(
        area=entry.area,
        name=entry.name,
        organization=entry,
        field=entry.field,
        activities=f"开展{entry.field or '社区'}活动（演示）。",
        contact=entry.contact,
        phone=entry.phone,
        applied_on=entry.joined_on - 10 * DAY,
        filed_on=entry.joined_on,
        number=f"{entry.area_id[:9]}-{entry.joined_on.year}-{number:03d}",
        ended_on=ended,
        state=FilingState.CANCELLED if ended else FilingState.FILED,
    )


def _steps(filing: Filing) -> list[Step]:
    """The history of a filing that came onto record already filed."""
    known = {"model": filing._meta.label_lower, "object_id": filing.pk, "area": filing.area}
    made = [
        Step(
            **known, verb="file", label="备案", before=FilingState.APPLIED, after=FilingState.FILED,
            taken_on=filing.filed_on or filing.applied_on,
        )
    ]  # fmt: skip
    if filing.ended_on:
        made.append(
            Step(
                **known, verb="cancel", label="注销", before=FilingState.FILED,
                after=FilingState.CANCELLED, taken_on=filing.ended_on, note="活动停止，申请注销。",
            )
        )  # fmt: skip
    return made


def _incubate(world: World, tracks: list[IncubationTrack]) -> int:
    """Filed organizations of different communities, long enough on record."""
    old = SocialOrganization.objects.filter(
        kind=OrganizationKind.FILED, deregistered_on=None, joined_on__lt=world.months_ago(23)
    )
    chosen = {entry.area_id: entry for entry in old.select_related("area").order_by("-pk")}
    services = list(IncubationService.objects.order_by("pk"))
    made = 0
    for (months, verbs), entry in zip(COURSES, chosen.values(), strict=False):
        [incubatee] = world.save(
            Incubatee,
            [
                Incubatee(
                    area=entry.area,
                    organization=entry,
                    plan=f"已有固定成员，希望把{entry.field or '服务'}做成常年项目，缺少专业指导和场地。",
                    applied_on=world.months_ago(months),
                )
            ],
        )
        _carry(world, incubatee, verbs, tracks[made % len(tracks)], services)
        made += 1
    return made


def _carry(
    world: World,
    incubatee: Incubatee,
    verbs: tuple[str, ...],
    track: IncubationTrack,
    services: list[IncubationService],
) -> None:
    day = incubatee.applied_on
    for verb in verbs:
        if verb in ("graduate", "withdraw") and incubatee.admitted_on:
            _serve(world, incubatee, day + LENGTH[verb] * DAY, services)
        day += LENGTH[verb] * DAY
        filled: dict[str, dict[str, Any]] = {
            "approve": {"track": track, "findings": "成员稳定，方向明确，同意入驻孵化。"},
            "admit": {"ends_on": day + 365 * DAY},
            "graduate": {"outcome": "建立章程和财务制度，独立承接社区活动，具备登记条件。"},
        }
        incubatee = take(incubatee, verb, on=day, note=NOTES.get(verb, ""), **filled.get(verb, {}))
    if incubatee.admitted_on and incubatee.left_on is None:
        _serve(world, incubatee, world.as_of, services)


def _serve(
    world: World, incubatee: Incubatee, until: datetime.date, services: list[IncubationService]
) -> None:
    """A few services of both kinds."""
    assert incubatee.admitted_on  # noqa: S101 - admitted
    chosen = [world.rng.choice(services) for _ in range(world.rng.randint(2, 6) if services else 0)]
    world.save(
        IncubationDelivery,
        [
            IncubationDelivery(
                area=incubatee.area,
                incubatee=incubatee,
                service=service,
                delivered_on=world.day_between(incubatee.admitted_on, until),
                content=world.rng.choice(GIVEN[ServiceTier(service.tier)]),
            )
            for service in chosen
        ],
    )


def _register(world: World) -> int:
    """Those that left the centre go through the green channel; new bodies stand at every stage."""
    graduates = Incubatee.objects.in_state("graduated").select_related("organization", "area")
    made = 0
    for incubatee in graduates.order_by("left_on", "pk"):
        entry = incubatee.organization
        applied_on = (incubatee.left_on or world.as_of) + 20 * DAY
        name = f"{world.short(entry.area)}{entry.field or '社区'}中心"
        registration = _applied(world, entry.area, name, min(applied_on, world.as_of), entry)
        if made < REGISTERED and applied_on + 14 * DAY <= world.as_of:
            take(registration, "receive", on=applied_on + 2 * DAY)
            code = spare_code(entry.area, OrganizationKind.SERVICE, made)
            take(registration, "approve", on=applied_on + 14 * DAY, credit_code=code)
        made += 1
    for name, verbs in NEW_ONES:
        registration = _applied(
            world, world.district, f"{world.district}{name}", world.as_of - 20 * DAY
        )
        for place, verb in enumerate(verbs, start=1):
            day = world.as_of - (20 - 6 * place) * DAY
            take(registration, verb, on=day, note=SAID.get(verb, ""))
        made += 1
    return made


def _applied(
    world: World,
    area: Area,
    name: str,
    day: datetime.date,
    organization: SocialOrganization | None = None,
) -> Registration:
    [registration] = world.save(
        Registration,
        [
            Registration(
                area=area,
                organization=organization,
                name=name,
                purpose="面向社区居民开展公益服务（演示）。",
                applied_on=day,
            )
        ],
    )
    return registration
