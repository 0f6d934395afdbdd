"""What steps of pay schemes and months of pay check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities import payroll
from communities.enums.pay import ReviewGrade
from communities.models import PayPeriod, PayScheme
from suzhou_portal.lifecycle.authors import written_by
from suzhou_portal.lifecycle.moves import before


@before(PayScheme, "adopt")
def adopt_complete_rates(scheme: PayScheme, by: Any, on: datetime.date) -> None:
    """Refuse a scheme in which a post or a grade has no rate."""
    if not scheme.post_rates.exists():
        raise ValidationError("方案还没有岗位工资标准。")
    rated = set(scheme.performance_rates.values_list("grade", flat=True))
    missing = [grade.label for grade in ReviewGrade if grade not in rated]
    if missing:
        raise ValidationError(f"方案还缺绩效工资标准：{'、'.join(map(str, missing))}。")


@before(PayPeriod, "review")
def review_pay_of_others(period: PayPeriod, by: Any, on: datetime.date) -> None:
    """Refuse whoever wrote any pay or correction of the month, beside its own authors."""
    pay = payroll.pay_of(period)
    if not pay.exists():
        raise ValidationError("该月还没有薪酬记录，不能复核。")
    if by and any(
        written_by(by, records).exists() for records in (pay, payroll.corrections_of(period))
    ):
        raise ValidationError("该月薪酬中有您录入、计算或修改的记录，请由他人复核。")
