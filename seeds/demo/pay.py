"""Demonstration of pay: every full-time post and month, with the published mean to the cent."""

import datetime
from decimal import Decimal

from communities.enums.base import AllowanceKind
from communities.models import AllowanceStandard, PayMonth, Post
from seeds.demo.world import World

MONTHS = 12
CENT = Decimal("0.01")
POST_SHARE = Decimal("0.7")  # of the mean: what the post pays whatever the performance


def seed(world: World, posts: list[Post]) -> int:
    """Create pay months and the allowance standards; returns how many pay months."""
    _allowance(world)
    mean = world.targets.value("average_monthly_pay")
    months = [
        _month(world, post, month, mean)
        for post in posts
        if post.full_time
        for month in _months(world)
        if post.started_on <= month and (post.ended_on is None or month <= post.ended_on)
    ]
    _meet(mean, months)
    return len(world.save(PayMonth, months))


def _months(world: World) -> list[datetime.date]:
    return [world.months_ago(ago).replace(day=1) for ago in reversed(range(MONTHS))]


def _month(world: World, post: Post, month: datetime.date, mean: Decimal) -> PayMonth:
    seniority = min(5, (month - post.started_on).days // 365)
    post_pay = (mean * POST_SHARE + 60 * (seniority - 1)).quantize(Decimal(10))
    performance = (mean - mean * POST_SHARE) * Decimal(world.rng.uniform(0.6, 1.4))
    return PayMonth(
        area=post.area,
        post=post,
        month=month,
        post_pay=post_pay,
        performance_pay=performance.quantize(Decimal(10)),
    )


def _meet(mean: Decimal, months: list[PayMonth]) -> None:
    """Shift performance pay by the same for all, and one cent more for the first few."""
    short = mean * len(months) - sum(month.post_pay + month.performance_pay for month in months)
    each = (short / len(months)).quantize(CENT, rounding="ROUND_FLOOR")
    cents = int((short - each * len(months)) / CENT)
    for index, month in enumerate(months):
        month.performance_pay += each + (CENT if index < cents else 0)


def _allowance(world: World) -> None:
    key = "grid_secretary_allowance"
    steps = [(60, world.targets.previous(key)), (16, world.targets.value(key))]
    world.save(
        AllowanceStandard,
        [
            AllowanceStandard(
                area=world.district,
                kind=AllowanceKind.GRID_SECRETARY,
                amount=amount,
                effective_from=world.months_ago(months).replace(day=1),
                basis="区委组织部通知（演示）",
            )
            for months, amount in steps
            if amount is not None
        ],
    )
