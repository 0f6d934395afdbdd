"""Pay schemes, reviews of the last quarter, closed months with corrections, and months being drawn up."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import cycle, product

from django.db import transaction

from communities import payroll
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
from communities.models.reviews import quarter_end
from communities.payroll import PayrollLine
from seeds.demo.pay import CENT
from seeds.demo.world import World
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before, quarter_before

GRADES = (*[ReviewGrade.COMPETENT] * 16, *[ReviewGrade.EXCELLENT] * 3, ReviewGrade.BASIC)
GRADED = (ReviewGrade.COMPETENT, ReviewGrade.EXCELLENT, ReviewGrade.BASIC)
CONFIRMED_OF_TEN = 9
CONFIRMED_AFTER = datetime.timedelta(days=12)  # from the quarter's end


@dataclass(frozen=True)
class Raise:
    """How much more than in the vocabulary posts and grades are paid, in 元."""

    post: Decimal = Decimal(0)
    grades: Mapping[str, Decimal] = field(default_factory=dict)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    reviews = _reviews(world)
    schemes = _schemes(world, _raise(world))
    _pay_by_scheme(world)
    corrections = _corrections(world)
    periods = _periods(world)
    return f"薪酬方案{schemes}个、绩效考核{reviews}条、薪酬月份{periods}个、薪酬更正{corrections}条"


def _raise(world: World) -> Raise:
    """What makes the mean of all months the published one: whole 元 on every post, cents on the grades."""
    tried = transaction.savepoint()
    _schemes(world, Raise())
    found = [line for line in _lines(world) if line.gross is not None]
    transaction.savepoint_rollback(tried)
    short = world.targets.value("average_monthly_pay") * len(found)
    short -= sum(line.gross or 0 for line in found)
    post = (short / len(found)).quantize(Decimal(1), rounding="ROUND_FLOOR")
    cents = int((short - post * len(found)) / CENT)
    return Raise(post, _spread(cents, Counter(line.grade for line in found)))


def _spread(cents: int, paid: Counter[str]) -> dict[str, Decimal]:
    """What each grade is paid more, so that all months together get so many cents, if whole cents can do it."""
    usual, good, rare = (paid[one] or 1 for one in GRADED)
    for one, other in product(range(usual), range(rare)):
        each = cents // usual - one
        left = cents - each * usual - other * good
        if left % rare == 0:
            return dict(zip(GRADED, (each * CENT, other * CENT, left // rare * CENT), strict=True))
    return {}


def _lines(world: World) -> list[PayrollLine]:
    """What the schemes give everybody paid in some month."""
    months = (PayPeriod(area=world.district, month=month) for month in _months(world))
    return [line for month in months for line in payroll.lines(month) if line.kept]


def _pay_by_scheme(world: World) -> None:
    """Everybody is paid what the scheme gives; who lacks a confirmed grade is not paid yet."""
    found = _lines(world)
    paid = []
    for line in found:
        if line.kept and line.post_pay is not None and line.performance_pay is not None:
            line.kept.post_pay, line.kept.performance_pay = line.post_pay, line.performance_pay
            paid.append(line.kept)
    PayMonth.objects.bulk_update(paid, ["post_pay", "performance_pay"], batch_size=1000)
    lacking = [line.kept.pk for line in found if line.kept and line.gross is None]
    PayMonth.objects.filter(pk__in=lacking).delete()


def _schemes(world: World, more: Raise) -> int:
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
        _rates(world, scheme, more.post + shift, more.grades)
        if effective_from <= world.as_of:
            take(scheme, "adopt", on=effective_from - datetime.timedelta(days=20))
    return len(starts)


def _rates(world: World, scheme: PayScheme, shift: Decimal, grades: Mapping[str, Decimal]) -> None:
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
                area=scheme.area,
                scheme=scheme,
                grade=row["key"],
                amount=Decimal(row["amount"]) + grades.get(row["key"], 0),
            )
            for row in rows
            if row["kind"] == "performance"
        ],
    )


def _reviews(world: World) -> int:
    """Of each quarter by which somebody was paid: all confirmed, but for some of the last one."""
    last, made = quarter_before(world.as_of), 0
    for year, quarter in sorted({quarter_before(month) for month in _months(world)} - {last}):
        reviews = _reviewed(world, year, quarter)
        for review in reviews:
            review.state = "confirmed"
            review.confirmed_on = quarter_end(year, quarter) + CONFIRMED_AFTER
        kept = world.save(PerformanceReview, reviews)
        day = quarter_end(year, quarter) + CONFIRMED_AFTER
        world.save(Step, [_confirmed(review, day) for review in kept])
        made += len(kept)
    latest = world.save(PerformanceReview, _reviewed(world, *last))
    for number, review in enumerate(latest):
        if number % 10 < CONFIRMED_OF_TEN:
            take(review, "confirm", on=world.as_of - datetime.timedelta(days=number % 12))
    return made + len(latest)


def _confirmed(review: PerformanceReview, day: datetime.date) -> Step:
    return Step(
        model=review._meta.label_lower, object_id=review.pk, area_id=review.area_id, verb="confirm",
        label=review.lifecycle.move("confirm").label, before="entered", after="confirmed",
        taken_on=day,
    )  # fmt: skip


def _reviewed(world: World, year: int, quarter: int) -> list[PerformanceReview]:
    begun = datetime.date(year, 3 * quarter - 2, 1)
    remarks = world.rows("review_remarks")
    posts = Post.objects.in_post(begun).filter(full_time=True).order_by("pk")
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
    return reviews


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
