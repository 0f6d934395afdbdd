"""Written rules of mechanisms in several versions, and emergency plans with their contacts."""

import datetime

from communities.models import EmergencyContact, EmergencyPlan, Mechanism, RuleVersion
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

DUTIES = ("现场指挥", "信息报告", "疏散转移", "物资保障")
ASSESSED = "对照辖区变化和上年演练情况评估，预案仍然适用，联络人员已更新。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    rules = _rules(world)
    plans = _plans(world)
    return f"机制制度{rules}版、应急预案{plans}版"


def lines(text: str) -> str:
    """A text of the vocabulary, whose lines are kept apart by a bar."""
    return text.replace("|", "\n")


# --- rules


def _rules(world: World) -> int:
    made = 0
    inside = Mechanism.objects.within(world.district.code).order_by("pk")
    for number, mechanism in enumerate(inside):
        course = number % 6
        first_on = mechanism.established_on - datetime.timedelta(days=20)
        first = _version(world, mechanism, 1)
        made += 1
        if course == 5:  # still a draft, or just published
            if world.chance(0.7):
                take(first, "publish", on=world.day_between(world.months_ago(1), world.as_of))
            continue
        _enforce(first, first_on)
        if course in (1, 2):
            made += 1
            second = _version(world, mechanism, 2)
            revised_on = world.day_between(mechanism.established_on, world.months_ago(2))
            if course == 1:
                _enforce(second, max(revised_on, first_on + datetime.timedelta(days=30)))
    return made


def _version(world: World, mechanism: Mechanism, number: int) -> RuleVersion:
    texts = [row["text"] for row in world.rows("rule_texts") if row["kind"] == mechanism.kind]
    [version] = world.save(
        RuleVersion,
        [
            RuleVersion(
                area=mechanism.area,
                mechanism=mechanism,
                number=number,
                title=mechanism.rule_title.strip("《》"),
                text=lines(texts[(number - 1) % len(texts)]),
            )
        ],
    )
    return version


def _enforce(version: RuleVersion, published_on: datetime.date) -> None:
    later = [published_on + datetime.timedelta(days=days) for days in (10, 20)]
    take(version, "publish", on=published_on)
    take(version, "enforce", on=later[1], adopted_on=later[0])


# --- plans


def _plans(world: World) -> int:
    rows = world.rows("emergency_plans")
    made = 0
    for number, community in enumerate(world.communities):
        chosen = world.rng.sample(rows, k=2)
        for order, row in enumerate(chosen):
            made += _plan(world, community, row, (number + 4 * order) % 8)
    return made


def _plan(world: World, community: Area, row: dict[str, str], course: int) -> int:
    """A plan that has come as far as its course says; returns how many versions there are of it."""
    [plan] = world.save(
        EmergencyPlan,
        [
            EmergencyPlan(
                area=community,
                number=1,
                kind=row["kind"],
                level=row["level"],
                assembly_place=row["assembly_place"],
                shelter=row["shelter"],
                measures=lines(row["measures"]),
            )
        ],
    )
    world.save(EmergencyContact, [_contact(world, plan, duty) for duty in DUTIES])
    if course == 0:
        return 1
    submitted_on = world.day_between(world.months_ago(30), world.months_ago(14))
    if course == 1:
        submitted_on = world.day_between(world.months_ago(1), world.as_of)
    take(plan, "submit", on=submitted_on)
    if course == 1:
        return 1
    effective_on = world.workday_after(submitted_on, 5)
    take(plan, "approve", on=effective_on)
    if course == 2:  # nobody has assessed it for more than a year
        return 1
    assessed_on = world.day_between(world.months_ago(10), world.months_ago(3))
    take(plan, "assess", on=assessed_on, assessment=ASSESSED)
    return 1 + _revised(world, plan, course)


def _contact(world: World, plan: EmergencyPlan, duty: str) -> EmergencyContact:
    return EmergencyContact(
        plan=plan, area=plan.area, duty=duty, name=world.person_name(), phone=world.phone()
    )


def _revised(world: World, plan: EmergencyPlan, course: int) -> int:
    """How many new versions follow from a revision."""
    if course not in (3, 4):
        return 0
    day = world.day_between(world.months_ago(2), world.months_ago(1))
    take(plan, "revise", on=day, note="演练中发现集结地点容纳不下，需要调整。")
    if course == 3:
        new = plan.versions().in_state("drafting").get()
        take(new, "submit", on=day)
        take(new, "approve", on=world.workday_after(day, 5))
    return 1
