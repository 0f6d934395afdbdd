"""Purchased projects at every stage, those signed being the ones that are published, paid for and evaluated."""

import datetime
from decimal import Decimal
from itertools import count, islice
from typing import Any

from organizations.enums.base import Origin
from organizations.enums.purchases import Procurement
from organizations.models import (
    Deliverable,
    Payment,
    ProjectReport,
    PurchasedProject,
    Rectification,
    SocialOrganization,
)
from seeds.demo.amounts import split
from seeds.demo.mechanisms import supervision
from seeds.demo.mechanisms.supervision import Contract
from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take

STEP = Decimal(1000)
# Those not signed on the demonstration's day: name, how far they came, and what is said of the last step.
BEFORE = (
    ("“安心午托”社区学童托管服务项目", (), ""),
    ("“银发课堂”老年教育服务项目", ("approve",), ""),
    ("“邻里食堂”社区助餐服务项目", ("approve", "procure"), ""),
    ("“暖心驿站”新就业群体服务项目", ("approve", "procure", "fail"), "响应的社会组织不足三家。"),
    ("“绿色家园”垃圾分类宣传服务项目", ("refuse",), "与街道已有的服务重复，建议整合后再报。"),
    ("“阳光成长”暑期夏令营服务项目", ("approve", "drop"), "年度预算调整，暂不实施。"),
)
SIGNED_AFTER = "“守望相助”社区应急互助服务项目"
PROMISED = ("服务对象档案", "中期自评报告", "结项报告")
ENDED_EARLY = 2  # the place of one among those that are not over
PLAN = "一、需求调查与建档；二、开展个案、小组和社区活动；三、中期自评；四、总结结项，提交成果。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    rows = list(
        islice(world.cycle("purchased_projects"), world.targets.count("purchased_projects"))
    )
    weights = [world.rng.uniform(0.5, 2) for _ in rows]
    amounts = split(world.targets.value("purchased_funds"), weights, STEP)
    providers = list(
        SocialOrganization.objects.filter(kind="service")
        .exclude(origin=Origin.OTHER)
        .order_by("pk")
    )
    supervision.standard(world)
    evaluators = supervision.evaluators()
    running = count()
    for number, (row, amount) in enumerate(zip(rows, amounts, strict=True)):
        contract = _contract(world, amount.quantize(Decimal("0.01")), world.rng.choice(providers))
        project = _sign(world, row["name"], row["service_field"], row["summary"], contract)
        place = None if contract.is_over(world.as_of) else next(running)
        evaluator = supervision.third_party(world, evaluators, project)
        _carry(world, project, contract, number, place, evaluator)
    supervision.asked(world)
    for name, verbs, note in BEFORE:
        _unsigned(world, name, verbs, note)
    _signed_after(world, world.rng.choice(providers))
    return f"政府购买服务项目{len(rows)}个，签约以前的{len(BEFORE)}个"


def _contract(world: World, amount: Decimal, provider: SocialOrganization) -> Contract:
    signed_on = world.day_between(world.months_ago(34), world.months_ago(5))
    starts_on = signed_on + datetime.timedelta(days=world.rng.randint(7, 25))
    ends_on = starts_on + datetime.timedelta(days=world.rng.choice((180, 300, 365)))
    return Contract(provider, amount, signed_on, starts_on, ends_on)


def _needed(world: World, name: str, field: str, need: str) -> PurchasedProject:
    [project] = world.save(
        PurchasedProject,
        [
            PurchasedProject(
                area=world.place(district=0.25, street=0.3),
                name=name,
                need=need,
                service_field=field,
                purchaser=f"{world.district}民政局",
            )
        ],
    )
    return project


def _sign(world: World, name: str, field: str, need: str, contract: Contract) -> PurchasedProject:
    project = _needed(world, name, field, need)
    day = contract.signed_on - datetime.timedelta(days=world.rng.randint(45, 80))
    take(project, "approve", on=day, budget=contract.amount + world.rng.choice((0, 2, 5)) * STEP)
    day += datetime.timedelta(days=world.rng.randint(10, 20))
    method = world.rng.choice((Procurement.CONSULTATION, Procurement.OPEN_TENDER))
    take(project, "procure", on=day, procurement=method)
    return take(
        project, "sign", on=contract.signed_on, provider=contract.provider,
        contract_amount=contract.amount, starts_on=contract.starts_on, ends_on=contract.ends_on,
        plan=PLAN,
    )  # fmt: skip


def _carry(
    world: World,
    project: PurchasedProject,
    contract: Contract,
    number: int,
    running: int | None,
    evaluator: SocialOrganization,
) -> None:
    """From its first day on, as far as it has come; every one is evaluated at least once.

    `running` is its place among those that are not over.
    """
    take(project, "start", on=contract.starts_on)
    ended = running is None
    _pay(world, project, contract, number, ended)
    _promise(world, project, contract, number, ended)
    _report(world, project, contract, number, ended)
    settled_on = supervision.midterm(world, project, contract, evaluator, number, running)
    if running == ENDED_EARLY:
        note = "承接组织骨干离职，双方协商解除合同。"
        take(project, "terminate", on=world.as_of, note=note)
        return
    if settled_on is None:
        return
    take(project, "pass_midterm", on=settled_on)
    if not ended:
        return
    last = supervision.final(world, project, contract, evaluator)
    take(project, "pass_final", on=last)
    if number % 7 == 2:
        return
    result = f"{project.service_field or '服务'}按实施方案完成，服务档案齐全，居民满意度超过九成。"
    rectified = Rectification.objects.filter(evaluation__project=project)
    done = max([last, *(one.confirmed_on for one in rectified if one.confirmed_on)])
    take(project, "complete", on=done + datetime.timedelta(days=10), result=result)
    if number % 7 != 4:
        take(project, "disclose", on=done + datetime.timedelta(days=15))


def _pay(
    world: World, project: PurchasedProject, contract: Contract, number: int, ended: bool
) -> None:
    """A first payment at the beginning, a second half way, and the rest once it is over."""
    amount = contract.amount
    first, second = amount * 3 / 10, amount * world.rng.choice((2, 3)) / 10
    middle = contract.starts_on + (contract.ends_on - contract.starts_on) * 2 / 3
    due = [(first, contract.starts_on, "首付款"), (second, middle, "中期款")]
    if ended:
        rest = contract.ends_on + datetime.timedelta(days=45)
        due.append((amount - first - second, rest, "尾款"))
    made = world.save(
        Payment,
        [
            Payment(project=project, area=project.area, amount=part, paid_on=day, note=note)
            for part, day, note in due
            if day <= world.as_of
        ],
    )
    if number % 11 == 3 and not ended:
        _pay_twice(world, made[0])


def _pay_twice(world: World, payment: Payment) -> None:
    """The first payment once more by mistake, which somebody else reverses a week later."""
    [again] = world.save(
        Payment,
        [
            Payment(
                project=payment.project, area=payment.area, amount=payment.amount,
                paid_on=payment.paid_on, note=payment.note, explanation="银行退回后重新支付",
            )
        ],
    )  # fmt: skip
    day = min(world.as_of, payment.paid_on + datetime.timedelta(days=7))
    take(again, "reverse", on=day, note="经核对，银行没有退回，属重复付款，款项已追回。")


def _promise(
    world: World, project: PurchasedProject, contract: Contract, number: int, ended: bool
) -> None:
    """What the contract promises: all of it accepted once it is over, else as far as it has come."""
    length = contract.ends_on - contract.starts_on
    days = [contract.starts_on + length * part / 4 for part in (1, 2, 4)]
    made = world.save(
        Deliverable,
        [
            Deliverable(project=project, area=project.area, name=name, due_on=day)
            for name, day in zip(PROMISED, days, strict=True)
        ],
    )
    for place, (deliverable, day) in enumerate(zip(made, days, strict=True)):
        if not ended and (day > world.as_of or (number + place) % 5 == 0):
            continue
        take(deliverable, "submit", on=day, content=f"{deliverable.name}一式两份（演示）。")
        if ended or (number + place) % 3:
            take(deliverable, "accept", on=min(day + datetime.timedelta(days=6), world.as_of))


def _report(
    world: World, project: PurchasedProject, contract: Contract, number: int, ended: bool
) -> None:
    """What its provider told of it half way and, once it is over, at the end."""
    middle = contract.starts_on + (contract.ends_on - contract.starts_on) / 2
    spans = [(contract.starts_on, middle), (middle + datetime.timedelta(days=1), contract.ends_on)]
    for place, (from_on, to_on) in enumerate(spans):
        if to_on > world.as_of:
            break
        [report] = world.save(
            ProjectReport,
            [
                ProjectReport(
                    project=project, area=project.area, from_on=from_on, to_on=to_on,
                    progress="按实施方案开展个案、小组和社区活动（演示）。", reached=300 + number,
                    spent=(contract.amount * 2 / 5).quantize(Decimal("0.01")),
                    spending="人员、活动和督导支出（演示）。",
                )
            ],
        )  # fmt: skip
        take(report, "submit", on=to_on)
        if ended or (number + place) % 2:
            take(report, "accept", on=min(to_on + datetime.timedelta(days=7), world.as_of))


def _unsigned(world: World, name: str, verbs: tuple[str, ...], note: str) -> None:
    project = _needed(world, name, "社区治理", "居民议事会多次提出，现有服务不能满足（演示）。")
    day = world.months_ago(3)
    filled: dict[str, dict[str, Any]] = {
        "approve": {"budget": Decimal(120_000)},
        "procure": {"procurement": Procurement.CONSULTATION},
    }
    for verb in verbs:
        day += datetime.timedelta(days=world.rng.randint(8, 20))
        take(project, verb, on=day, note=note, **filled.get(verb, {}))


def _signed_after(world: World, provider: SocialOrganization) -> None:
    """Signed a few days after the demonstration's day, so that no figure counts it yet."""
    signed_on = world.as_of + datetime.timedelta(days=3)
    starts_on = signed_on + datetime.timedelta(days=10)
    ends_on = starts_on + datetime.timedelta(days=300)
    contract = Contract(provider, Decimal(80_000), signed_on, starts_on, ends_on)
    _sign(world, SIGNED_AFTER, "应急服务", "组织居民学习急救和应急避险（演示）。", contract)
