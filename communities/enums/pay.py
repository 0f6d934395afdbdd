"""The words of pay: schemes, reviews, periods."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class SchemeState(models.TextChoices):
    DRAFT = "draft", "草案"
    ADOPTED = "adopted", "已批准"


PAY_SCHEME = Lifecycle(
    "pay_scheme", SchemeState,
    Move(
        "adopt", "批准", (SchemeState.DRAFT,), SchemeState.ADOPTED,
        action="approve", by_another=True, dated=("adopted_on",),
    ),
    closed=(SchemeState.ADOPTED,), good=(SchemeState.ADOPTED,),
)  # fmt: skip


class ReviewGrade(models.TextChoices):
    """How somebody's quarter is judged."""

    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职"
    BASIC = "basic", "基本称职"
    INCOMPETENT = "incompetent", "不称职"


class ReviewState(models.TextChoices):
    ENTERED = "entered", "待确认"
    CONFIRMED = "confirmed", "已确认"


_R = ReviewState
PERFORMANCE_REVIEW = Lifecycle(
    "review", ReviewState,
    Move("confirm", "确认", (_R.ENTERED,), _R.CONFIRMED, by_another=True, dated=("confirmed_on",)),
    Move("revoke", "撤回确认", (_R.CONFIRMED,), _R.ENTERED, reason=True, blanks=("confirmed_on",)),
    action="confirm", closed=(_R.CONFIRMED,), good=(_R.CONFIRMED,),
)  # fmt: skip


class PeriodState(models.TextChoices):
    DRAFTING = "drafting", "编制中"
    REVIEWED = "reviewed", "已复核"
    CLOSED = "closed", "已关账"


_M = PeriodState
PAY_PERIOD = Lifecycle(
    "pay_period", PeriodState,
    Move("review", "复核通过", (_M.DRAFTING,), _M.REVIEWED, action="review", by_another=True),
    Move("send_back", "退回编制", (_M.REVIEWED,), _M.DRAFTING, action="review", reason=True),
    Move("close", "关账", (_M.REVIEWED,), _M.CLOSED, dated=("closed_on",)),
    closed=(_M.CLOSED,), good=(_M.CLOSED,),
)  # fmt: skip
