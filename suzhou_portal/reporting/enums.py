"""The words of returns and corrections."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class ReturnState(models.TextChoices):
    """Where a return stands."""

    DRAFTED = "drafted", "填报中"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已发布"


_R = ReturnState
RETURN = Lifecycle(
    "return", ReturnState,
    Move(
        "submit", "提交审核", (_R.DRAFTED, _R.RETURNED), _R.SUBMITTED,
        fields=("explanation",), optional=("explanation",), dated=("submitted_on",),
    ),
    Move(
        "send_back", "退回", (_R.SUBMITTED,), _R.RETURNED,
        action="review", by_another=True, from_above=True, reason=True,
    ),
    Move(
        "approve", "审核通过并发布", (_R.SUBMITTED,), _R.APPROVED,
        action="review", by_another=True, from_above=True, dated=("approved_on",),
    ),
    closed=(_R.APPROVED,), open_in=(_R.DRAFTED, _R.RETURNED), good=(_R.APPROVED,), bad=(_R.RETURNED,),
)  # fmt: skip


class CorrectionState(models.TextChoices):
    """Where a correction stands."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已公布"
    REJECTED = "rejected", "不予更正"


_C = CorrectionState
CORRECTION = Lifecycle(
    "correction", CorrectionState,
    Move(
        "approve", "审核通过并公布", (_C.PROPOSED,), _C.APPROVED,
        action="review", by_another=True, from_above=True, dated=("approved_on",),
    ),
    Move(
        "reject", "不予更正", (_C.PROPOSED,), _C.REJECTED,
        action="review", by_another=True, from_above=True, reason=True,
    ),
    closed=(_C.APPROVED, _C.REJECTED), good=(_C.APPROVED,),
    bad=(_C.REJECTED,),
)  # fmt: skip
