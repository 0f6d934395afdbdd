"""The words of 第三方督导评估: evaluation by somebody who is not the provider, and what it asks for."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class EvaluationKind(models.TextChoices):
    """When in a project's life it is evaluated."""

    MIDTERM = "midterm", "中期评估"
    FINAL = "final", "末期评估"


class EvaluationGrade(models.TextChoices):
    """Grades a third party gives."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


FULL = 100
# Where a district has set no standard of its own: from how many of 100 points on each grade is given, and
# what a project is scored on. The portal's own; every page that uses it says so.
THRESHOLDS = {"excellent_from": 90, "good_from": 75, "pass_from": 60}
CRITERIA = (("需求和方案", 15), ("实施过程", 30), ("服务成效和满意度", 35), ("资金和档案管理", 20))


class EvaluationState(models.TextChoices):
    ASSIGNED = "assigned", "已委托待评估"
    EVALUATED = "evaluated", "已评估待确认"
    SETTLED = "settled", "已确认"
    REVOKED = "revoked", "已撤销委托"


class RectificationState(models.TextChoices):
    DEMANDED = "demanded", "待整改"
    REPORTED = "reported", "待复核"
    CONFIRMED = "confirmed", "已整改"


_E = EvaluationState
EVALUATION = Lifecycle(
    "evaluation", EvaluationState,
    Move(
        "submit", "提交评估", (_E.ASSIGNED,), _E.EVALUATED,
        action="evaluate", fields=("summary",), sets=("total", "grade"), dated=("evaluated_on",),
    ),
    Move(
        "send_back", "退回重评", (_E.EVALUATED,), _E.ASSIGNED,
        action="decide", by_another=True, reason=True, blanks=("grade", "total", "evaluated_on"),
    ),
    Move("settle", "确认结果", (_E.EVALUATED,), _E.SETTLED, action="decide", by_another=True),
    Move(
        "revoke", "撤销委托", (_E.ASSIGNED,), _E.REVOKED, action="decide", reason=True,
    ),
    closed=(_E.SETTLED, _E.REVOKED),
    good=(_E.SETTLED,), bad=(_E.REVOKED,),
)  # fmt: skip

_R = RectificationState
RECTIFICATION = Lifecycle(
    "rectification", RectificationState,
    Move(
        "report", "提交整改", (_R.DEMANDED,), _R.REPORTED,
        action="rectify", fields=("result",), dated=("reported_on",),
    ),
    Move(
        "confirm", "复核通过", (_R.REPORTED,), _R.CONFIRMED,
        not_by=("report",), dated=("confirmed_on",),
    ),
    Move(
        "send_back", "复核不通过", (_R.REPORTED,), _R.DEMANDED,
        reason=True, fields=("due_on",), blanks=("reported_on",),
    ),
    action="review", closed=(_R.CONFIRMED,), begins="demanded_on", good=(_R.CONFIRMED,),
)  # fmt: skip
