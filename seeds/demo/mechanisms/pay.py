"""Pay schemes, reviews of the last quarter, closed months with corrections, and months being drawn up."""

import datetime
from decimal import Decimal
from itertools import cycle

from communities.enums.pay import ReviewGrade
from communities.models import (
    PayCorrection,
    PayMonth,
    PayPeriod,
    PayScheme,
    PerformanceRate,
    PerformanceReview,
    Post,
    PostRate,
)
from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before, quarter_before

GRADES = (*[ReviewGrade.COMPETENT] * 16, *[ReviewGrade.EXCELLENT] * 3, ReviewGrade.BASIC)
CONFIRMED_OF_TEN = 9


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    schemes = _schemes(world)
    reviews = _reviews(world)
    corrections = _corrections(world)
    periods = _periods(world)
    return f"薪酬方案{schemes}个、绩效考核{reviews}条、薪酬月份{periods}个、薪酬更正{corrections}条"


def _schemes(world: World) -> int:
    """The one before, the one in force, and the next one still a draft."""
    year = world.as_of.year
    starts = [(year - 2, 1, -60), (year, 1, 0), (year, 7, 80)]
    for begins, month, shift in starts:
        effective_from = datetime.date(begins, month, 1)
        [scheme] = world.save(
            PayScheme,
            [
                PayScheme(
                    area=world.district,
                    name=f"专职社区工作者“岗位+绩效”薪酬方案（{begins}年{month}月）",
                    effective_from=effective_from,
                    basis="区委组织部、区民政局、区财政局通知（演示）",
                )
            ],
        )
        _rates(world, scheme, shift)
        if effective_from <= world.as_of:
            take(scheme, "adopt", on=effective_from - datetime.timedelta(days=20))
    return len(starts)


def _rates(world: World, scheme: PayScheme, shift: int) -> None:
    rows = world.rows("pay_rates")
    world.save(
        PostRate,
        [
            PostRate(
                area=scheme.area,
                scheme=scheme,
                title=row["key"],
                years_from=int(row["years"]),
                amount=Decimal(row["amount"]) + shift,
            )
            for row in rows
            if row["kind"] == "post"
        ],
    )
    world.save(
        PerformanceRate,
        [
            PerformanceRate(
                area=scheme.area, scheme=scheme, grade=row["key"], amount=Decimal(row["amount"])
            )
            for row in rows
            if row["kind"] == "performance"
        ],
    )


def _reviews(world: World) -> int:
    """Of the last full quarter: most confirmed, the rest waiting for it."""
    year, quarter = quarter_before(world.as_of)
    begun = datetime.date(year, 3 * quarter - 2, 1)
    remarks = world.rows("review_remarks")
    posts = Post.objects.in_post(world.as_of).filter(started_on__lte=begun).order_by("pk")
    reviews = []
    for post in posts.select_related("area"):
        grade = world.rng.choice(GRADES)
        fitting = [row["remark"] for row in remarks if row["grade"] == grade]
        reviews.append(
            PerformanceReview(
                area=post.area,
                post=post,
                year=year,
                quarter=quarter,
                grade=grade,
                remark=world.rng.choice(fitting),
            )
        )
    made = world.save(PerformanceReview, reviews)
    for number, review in enumerate(made):
        if number % 10 < CONFIRMED_OF_TEN:
            take(review, "confirm", on=world.as_of - datetime.timedelta(days=number % 12))
    return len(made)


def _months(world: World) -> list[datetime.date]:
    return sorted(PayMonth.objects.order_by().values_list("month", flat=True).distinct())


def _corrections(world: World) -> int:
    """Each of a month long past, booked three months later."""
    rows = cycle(world.rows("pay_corrections"))
    corrections = [
        PayCorrection(
            area=pay.area,
            pay=pay,
            amount=Decimal(row["amount"]),
            reason=row["reason"],
            booked_in=months_before(month, -3),
        )
        for month, row in zip(_months(world)[:-3], rows, strict=False)
        for pay in world.rng.sample(list(PayMonth.objects.filter(month=month).order_by("pk")), 1)
    ]
    return len(world.save(PayCorrection, corrections))


def _periods(world: World) -> int:
    """Past months are closed; the last one, and the one to be computed next, are drawn up."""
    months = _months(world)
    coming = months_before(months[-1], -1)
    periods = world.save(
        PayPeriod, [PayPeriod(area=world.district, month=month) for month in [*months, coming]]
    )
    for period in periods[:-2]:
        following = months_before(period.month, -1)
        take(period, "review", on=following + datetime.timedelta(days=4))
        take(period, "close", on=following + datetime.timedelta(days=9))
    return len(periods)
