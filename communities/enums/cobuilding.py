"""The words of co-building and of property management, and their lifecycles."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class AgreementState(models.TextChoices):
    """Where a co-building agreement stands; that its term is over follows from the date."""

    DRAFT = "draft", "草拟"
    SIGNED = "signed", "已签订"
    RENEWED = "renewed", "已续签"
    ENDED = "ended", "已终止"


_A = AgreementState
AGREEMENT = Lifecycle(
    name="共建协议",
    states=AgreementState,
    start=_A.DRAFT,
    moves=(
        Move(
            "sign",
            "签订",
            (_A.DRAFT,),
            _A.SIGNED,
            fields=("valid_from", "valid_to"),
            required=("valid_from", "valid_to"),
            dated="signed_on",
        ),
        Move(
            "renew",
            "续签",
            (_A.SIGNED, _A.RENEWED),
            _A.RENEWED,
            fields=("valid_to",),
            required=("valid_to",),
        ),
        Move(
            "end",
            "终止",
            (_A.DRAFT, _A.SIGNED, _A.RENEWED),
            _A.ENDED,
            dated="ended_on",
            reason=True,
        ),
    ),
    closed=(_A.ENDED,),
    good=(_A.SIGNED, _A.RENEWED),
)


class NeedState(models.TextChoices):
    """Where a need stands."""

    OPEN = "open", "待对接"
    MATCHED = "matched", "已对接"
    MET = "met", "已满足"
    WITHDRAWN = "withdrawn", "已撤回"


_N = NeedState
NEED = Lifecycle(
    name="共建需求",
    states=NeedState,
    start=_N.OPEN,
    moves=(
        Move("match", "对接", (_N.OPEN,), _N.MATCHED),
        Move("meet", "已满足", (_N.MATCHED,), _N.MET),
        Move("release", "退回待对接", (_N.MATCHED,), _N.OPEN),
        Move("withdraw", "撤回", (_N.OPEN,), _N.WITHDRAWN, reason=True),
    ),
    closed=(_N.MET, _N.WITHDRAWN),
    good=(_N.MET,),
)


class CoBuildingState(models.TextChoices):
    """Where a co-building project stands."""

    PLANNED = "planned", "拟定"
    UNDER_WAY = "under_way", "实施中"
    DONE = "done", "已完成"
    DROPPED = "dropped", "已终止"


_P = CoBuildingState
COBUILDING = Lifecycle(
    name="共建项目",
    states=CoBuildingState,
    start=_P.PLANNED,
    moves=(
        Move("start", "开始实施", (_P.PLANNED,), _P.UNDER_WAY, dated="started_on"),
        Move(
            "finish",
            "完成",
            (_P.UNDER_WAY,),
            _P.DONE,
            fields=("outcome",),
            required=("outcome",),
            dated="finished_on",
        ),
        Move("drop", "终止", (_P.PLANNED, _P.UNDER_WAY), _P.DROPPED, reason=True),
    ),
    closed=(_P.DONE, _P.DROPPED),
    good=(_P.DONE,),
)


class ResourceKind(models.TextChoices):
    """What a unit offers."""

    VENUE = "venue", "场地"
    FUNDS = "funds", "资金"
    GOODS = "goods", "物资"
    PEOPLE = "people", "人员服务"
    SKILLS = "skills", "专业技能"
    OTHER = "other", "其他"


class RatingGrade(models.TextChoices):
    """How a property company is rated."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


class RatingState(models.TextChoices):
    """Where a rating stands."""

    ENTERED = "entered", "待审核"
    REVIEWED = "reviewed", "已审核"
    RETURNED = "returned", "已退回"


_R = RatingState
RATING = Lifecycle(
    name="物业评价",
    states=RatingState,
    start=_R.ENTERED,
    moves=(
        Move(
            "review",
            "审核通过",
            (_R.ENTERED,),
            _R.REVIEWED,
            action="review",
            by_another=True,
            dated="reviewed_on",
        ),
        Move("send_back", "退回", (_R.ENTERED,), _R.RETURNED, action="review", reason=True),
        Move("resubmit", "重新提交", (_R.RETURNED,), _R.ENTERED),
    ),
    closed=(_R.REVIEWED,),
    good=(_R.REVIEWED,),
    bad=(_R.RETURNED,),
)
