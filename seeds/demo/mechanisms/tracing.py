"""Donors, and where their resources went: allocations at every stage, uses, disclosures."""

import datetime
from decimal import Decimal

from django.db.models import Sum

from charity.enums.tracing import DonorKind, PartnershipState
from charity.models import (
    Allocation,
    CharityProject,
    CharityResource,
    DisclosureDuty,
    Donor,
    Partnership,
    ResourceUse,
)
from charity.models.duties import missing
from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take

PURPOSES = ("困难家庭慰问", "独居老人探访", "社区食堂补贴", "儿童之家添置图书", "残疾人辅具配发")
# How far an allocation has come.
STAGES = (
    (), ("approve",), ("approve", "deliver"), ("approve", "deliver", "use"),
    ("approve", "deliver", "use", "settle"), ("withdraw",),
)  # fmt: skip
CENT = Decimal("0.01")
REPORT = "{}。按计划实施，款物使用情况与项目预算相符。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    donors = _donors(world)
    resources = list(CharityResource.objects.filter(received_on__lt=world.months_ago(1)))
    _give(world, resources, donors)
    for number, resource in enumerate(resources[:36]):
        _allocate(world, resource, number)
    _reverse(world)
    _disclose(world)
    _talk(world)
    return f"捐赠人{len(donors)}位、资源分配{Allocation.objects.count()}笔、使用{ResourceUse.objects.count()}笔"


def _donors(world: World) -> list[Donor]:
    return world.save(
        Donor,
        [
            Donor(
                area=world.district,
                kind=DonorKind.PERSON,
                name=world.person_name(),
                phone=world.phone(),
                consented_on=world.months_ago(20) if number % 2 else None,
            )
            for number in range(8)
        ],
    )


def _give(world: World, resources: list[CharityResource], donors: list[Donor]) -> None:
    """Some of the resources, given by people; half of them did not agree to be named."""
    given = [one for one in resources if one.partnership_id is None][::5]
    for number, resource in enumerate(given[: len(donors)]):
        resource.donor, resource.donor_public = donors[number], ""
        resource.receipt_number = f"演示{world.as_of.year}{number + 1:04d}"
        resource.save()


def _allocate(world: World, resource: CharityResource, number: int) -> None:
    share = Decimal(world.rng.choice(("0.4", "0.6", "0.8")))
    community = world.some_communities(1)[0]
    quantity = resource.quantity
    [allocation] = world.save(
        Allocation,
        [
            Allocation(
                area=community,
                resource=resource,
                purpose=world.rng.choice(PURPOSES),
                value=(resource.value * share).quantize(CENT),
                quantity=(quantity * share).quantize(CENT) if quantity else None,
            )
        ],
    )
    day = resource.received_on
    for verb in STAGES[number % len(STAGES)]:
        day = min(world.as_of, day + datetime.timedelta(days=world.rng.randint(2, 9)))
        if verb == "use":
            _use(world, allocation, day)
        elif verb == "deliver":
            take(allocation, verb, on=day, receiver=f"{world.short(community)}社会工作站")
        else:
            take(allocation, verb, on=day, note="另有安排。" if verb == "withdraw" else "")


def _use(world: World, allocation: Allocation, day: datetime.date) -> None:
    half = Decimal("0.5")
    quantity = allocation.quantity
    for part in range(world.rng.randint(1, 2)):
        use = ResourceUse(
            allocation=allocation,
            area_id=allocation.area_id,
            used_on=day,
            purpose=f"{allocation.purpose}（第{'一二'[part]}批）",
            value=(allocation.value * half).quantize(CENT, rounding="ROUND_DOWN"),
            quantity=(quantity * half).quantize(CENT, rounding="ROUND_DOWN") if quantity else None,
            beneficiaries=world.rng.randint(10, 80),
        )
        world.save(ResourceUse, [use])


def _reverse(world: World) -> None:
    """One use entered twice, which somebody else takes back."""
    delivered = Allocation.objects.filter(state="delivered", uses__isnull=False).order_by("pk")
    # Of one of which something is left to be used a second time.
    left = [one for one in delivered if _leaves_some(one)]
    use = left[0].uses.order_by("pk").first() if left else None
    if use is not None:
        use.pk, use.explanation = None, "第二次发放"
        use.value, use.quantity = CENT, None if use.quantity is None else CENT
        [again] = world.save(ResourceUse, [use])
        take(again, "reverse", on=again.used_on, note="核对签收单，没有第二次发放，属重复登记。")


def _leaves_some(allocation: Allocation) -> bool:
    used = allocation.uses.aggregate(value=Sum("value"), quantity=Sum("quantity"))
    if allocation.net_value - used["value"] < CENT:
        return False
    return allocation.quantity is None or allocation.net_quantity - used["quantity"] >= CENT


def _disclose(world: World) -> None:
    """All that was due, but for what is late of every eighth project and of one that has ended."""
    for number, project in enumerate(CharityProject.objects.begun(world.as_of).order_by("pk")):
        duties = sorted(missing(project, world.as_of), key=lambda duty: duty.due_on)
        world.save(DisclosureDuty, duties)
        over = [duty for duty in duties if duty.due_on <= world.as_of]
        for duty in over[:-1] if number % 8 == 0 else over:
            day = duty.due_on - datetime.timedelta(days=world.rng.randint(1, 9))
            take(duty, "disclose", on=day, report=REPORT.format(project.summary))
        if project.ended_on and number % 8:
            take(
                duties[-1],
                "disclose",
                on=world.as_of,
                report="项目已全部完成，款物全部用于受益人。",
            )


def _talk(world: World) -> None:
    """A foundation with which nothing is agreed yet."""
    known = Partnership.objects.select_related("foundation").earliest("pk")
    world.save(
        Partnership,
        [
            Partnership(
                area=world.district, foundation=known.foundation, long_term=False,
                summary="拟合作开展儿童早期阅读", state=PartnershipState.TALKING,
            )
        ],
    )  # fmt: skip
