"""What else happens when a pay scheme, a review or a month of pay moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities import payroll
from communities.enums import ReviewGrade
from communities.models import PayPeriod, PayScheme, PerformanceReview
from suzhou_portal.lifecycle.authors import wrote_any
from suzhou_portal.lifecycle.moves import before


@before(PayScheme, "adopt")
def _says_what_everybody_earns(scheme: PayScheme, by: Any, on: datetime.date) -> None:
    if not scheme.post_rates.exists():
        raise ValidationError("方案还没有岗位工资标准。")
    rated = set(scheme.performance_rates.values_list("grade", flat=True))
    missing = [grade.label for grade in ReviewGrade if grade not in rated]
    if missing:
        raise ValidationError(f"方案还缺绩效工资标准：{'、'.join(map(str, missing))}。")


@before(PerformanceReview, "revoke")
def _no_longer_confirmed(review: PerformanceReview, by: Any, on: datetime.date) -> None:
    review.confirmed_on = None


@before(PayPeriod, "review")
def _drawn_up_by_another(period: PayPeriod, by: Any, on: datetime.date) -> None:
    """The rule is about who wrote the pay, not only about who opened the month."""
    pay = payroll.pay_of(period)
    if not pay.exists():
        raise ValidationError("该月还没有薪酬记录，不能复核。")
    if by and (wrote_any(by, pay) or wrote_any(by, payroll.corrections_of(period))):
        raise ValidationError("该月薪酬中有您录入、计算或修改的记录，请由他人复核。")
