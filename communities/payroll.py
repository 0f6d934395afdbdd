"""A month's pay computed from the scheme: what each full-time post earns, and what is missing.

岗位工资 follows from the post's title and the full years in it; 绩效工资 from the confirmed grade of
the quarter before. A post begun after that quarter began has no grade to go by and is paid as 称职.
"""

import datetime
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum

from communities.enums.pay import PeriodState, ReviewGrade
from communities.models import (
    PayCorrection,
    PayMonth,
    PayPeriod,
    PayScheme,
    PerformanceReview,
    Post,
)
from suzhou_portal.formats import DASH
from suzhou_portal.months import quarter_before


@dataclass(frozen=True)
class PayrollLine:
    """One post in the month: what the scheme pays it, or what is missing; and what is kept already."""

    post: Post
    years: int
    post_pay: Decimal | None
    grade: str
    performance_pay: Decimal | None
    missing: tuple[str, ...]
    kept: PayMonth | None

    @property
    def gross(self) -> Decimal | None:
        """岗位工资 and 绩效工资 together."""
        if self.post_pay is None or self.performance_pay is None:
            return None
        return self.post_pay + self.performance_pay

    @property
    def grade_name(self) -> str:
        """The grade it goes by."""
        return str(ReviewGrade(self.grade).label) if self.grade else DASH

    @property
    def is_new(self) -> bool:
        """Whether confirming writes it."""
        return self.kept is None and not self.missing


def pay_of(period: PayPeriod) -> Any:
    """The pay kept for the month."""
    return PayMonth.objects.filter(month=period.month).within(period.area_id)


def corrections_of(period: PayPeriod) -> Any:
    """The corrections booked in the month."""
    return PayCorrection.objects.filter(booked_in=period.month).within(period.area_id)


def lines(period: PayPeriod) -> list[PayrollLine]:
    """Every full-time post held in the area on the first day of the month, and every other one paid
    in it; what is missing first.
    """
    held = Post.objects.in_post(period.month).within(period.area_id)
    posts = Post.objects.filter(
        Q(pk__in=held.values("pk")) | Q(pk__in=pay_of(period).values("post"))
    )
    rates = _Rates(PayScheme.objects.in_force(period.month, period.area_id))
    year, quarter = quarter_before(period.month)
    grades = dict(
        PerformanceReview.objects.in_state("confirmed")
        .filter(year=year, quarter=quarter, post__in=posts)
        .values_list("post", "grade")
    )
    begun = datetime.date(year, 3 * quarter - 2, 1)
    kept = {pay.post_id: pay for pay in pay_of(period)}
    found = [
        rates.line(post, period.month, _grade(post, grades, begun), kept.get(post.pk))
        for post in posts.select_related("person", "area").order_by("area_id", "pk")
    ]
    return sorted(found, key=lambda line: (line.kept is not None, not line.missing))


@dataclass(frozen=True)
class Difference:
    """Pay that is kept otherwise than the scheme in force gives it; amounts in 元, None where it gives none."""

    line: PayrollLine
    kept: PayMonth
    corrected: Decimal

    @property
    def left(self) -> Decimal | None:
        """How much more was paid than the scheme gives, corrections included."""
        gross = self.line.gross
        return None if gross is None else self.kept.gross + self.corrected - gross


def differences(period: PayPeriod) -> list[Difference]:
    """Of the month's pay, what the scheme would give otherwise, or gives no ground for."""
    sums = PayCorrection.objects.filter(pay__in=pay_of(period)).order_by().values_list("pay")
    corrected = dict(sums.annotate(total=Sum("amount")))
    return [
        Difference(line, line.kept, corrected.get(line.kept.pk, Decimal(0)))
        for line in lines(period)
        if line.kept is not None
        and (line.post_pay, line.performance_pay) != (line.kept.post_pay, line.kept.performance_pay)
    ]


def digest(found: list[PayrollLine]) -> str:
    """What a preview showed, so that nothing else is written than what was seen."""
    seen = [(line.post.pk, line.post_pay, line.performance_pay, line.is_new) for line in found]
    return hashlib.sha256(repr(sorted(seen, key=lambda one: one[0])).encode()).hexdigest()[:16]


@transaction.atomic
def write(period: PayPeriod, seen: str, *, by: Any) -> int | None:
    """Keep the pay of every post of which nothing is missing and nothing is kept yet, all or none.

    Returns how many rows were written; None, having written nothing, where the month is no longer
    drawn up or something else would be written than `seen`. Safe to run again: then 0.
    """
    period = PayPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    found = lines(period)
    if period.state != PeriodState.DRAFTING or digest(found) != seen:
        return None
    rows = [
        PayMonth(
            area=line.post.area,
            post=line.post,
            month=period.month,
            post_pay=line.post_pay or 0,
            performance_pay=line.performance_pay or 0,
            is_demo=period.is_demo,
            entered_by=by,
        )
        for line in found
        if line.is_new
    ]
    return len(PayMonth.objects.bulk_create(rows))


def _grade(post: Post, grades: dict[int, str], begun: datetime.date) -> str:
    return grades.get(post.pk, ReviewGrade.COMPETENT if post.started_on > begun else "")


class _Rates:
    """The amounts of a scheme, looked up once."""

    def __init__(self, scheme: PayScheme | None):
        self.scheme = scheme
        self.posts = list(scheme.post_rates.order_by("-years_from")) if scheme else []
        rates = scheme.performance_rates.all() if scheme else ()
        self.grades = {rate.grade: rate.amount for rate in rates}

    def line(
        self, post: Post, month: datetime.date, grade: str, kept: PayMonth | None
    ) -> PayrollLine:
        """What the post earns in the month."""
        years = _full_years(post.started_on, month)
        post_pay, performance = self._post_pay(post.title, years), self.grades.get(grade)
        missing = []
        if self.scheme is None:
            missing.append("执行中的薪酬方案")
        elif post_pay is None:
            missing.append(f"“{post.title}”的岗位工资标准")
        if not grade:
            missing.append("已确认的上季度考核")
        elif performance is None and self.scheme is not None:
            missing.append(f"“{ReviewGrade(grade).label}”的绩效工资标准")
        return PayrollLine(post, years, post_pay, grade, performance, tuple(missing), kept)

    def _post_pay(self, title: str, years: int) -> Decimal | None:
        """The rate of the title itself, else the one for all other posts; the longest term served."""
        for wanted in (title, ""):
            for rate in self.posts:
                if rate.title == wanted and rate.years_from <= years:
                    return rate.amount
        return None


def _full_years(since: datetime.date, day: datetime.date) -> int:
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))
