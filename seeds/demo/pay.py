"""Demonstration of pay: a record for every full-time post and month, of which the schemes then say how much
(`mechanisms/pay.py`), and the allowance standards.
"""

import datetime
from decimal import Decimal

from communities.enums.base import AllowanceKind
from communities.models import AllowanceStandard, PayMonth, Post
from seeds.demo.world import World

MONTHS = 12
CENT = Decimal("0.01")


def seed(world: World, posts: list[Post]) -> int:
    """Create pay months, of no amount yet, and the allowance standards; returns how many pay months."""
    _allowance(world)
    months = [
        PayMonth(area=post.area, post=post, month=month, post_pay=0, performance_pay=0)
        for post in posts
        if post.full_time
        for month in _months(world)
        if post.started_on <= month and (post.ended_on is None or month <= post.ended_on)
    ]
    return len(world.save(PayMonth, months))


def _months(world: World) -> list[datetime.date]:
    return [world.months_ago(ago).replace(day=1) for ago in reversed(range(MONTHS))]


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
