"""The words of 红色物业."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class PropertyGrade(models.TextChoices):
    """How well a compound is served, by its score."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


# The lowest score of each grade, best first.
LOWEST_SCORES = (
    (PropertyGrade.EXCELLENT, 90),
    (PropertyGrade.GOOD, 80),
    (PropertyGrade.PASS, 60),
    (PropertyGrade.FAIL, 0),
)


class RatingState(models.TextChoices):
    RATED = "rated", "待审核"
    RETURNED = "returned", "已退回"
    REVIEWED = "reviewed", "已审核"


_S = RatingState
PROPERTY_RATING = Lifecycle(
    "rating", RatingState,
    Move(
        "review", "审核通过", (_S.RATED,), _S.REVIEWED,
        action="review", by_another=True, dated=("reviewed_on",), signed="reviewed_by",
    ),
    Move("send_back", "退回", (_S.RATED,), _S.RETURNED, action="review", reason=True),
    Move(
        "resubmit", "改后再报", (_S.RETURNED,), _S.RATED,
        action="handle", fields=("score", "comment"), optional=("comment",), sets=("grade",),
    ),
    closed=(_S.REVIEWED,), good=(_S.REVIEWED,), bad=(_S.RETURNED,),
)  # fmt: skip
