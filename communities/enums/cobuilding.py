"""The words of 契约化共建: an agreement and its three lists."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class CoBuildingNeedKind(models.TextChoices):
    """What a community asks of its partners."""

    LIVELIHOOD = "livelihood", "民生服务"
    AID = "aid", "困难帮扶"
    ENVIRONMENT = "environment", "环境整治"
    FACILITY = "facility", "设施改善"
    CULTURE = "culture", "文化教育"
    OTHER = "other", "其他"


class SupplyKind(models.TextChoices):
    """What a unit can give."""

    VENUE = "venue", "场地"
    PEOPLE = "people", "人员"
    EXPERTISE = "expertise", "专业服务"
    GOODS = "goods", "物资"
    FUNDS = "funds", "资金"
    OTHER = "other", "其他"


class AgreementState(models.TextChoices):
    """Where an agreement stands; that its term is over follows from the date."""

    DRAFT = "draft", "草拟"
    SIGNED = "signed", "已签"
    TERMINATED = "terminated", "已终止"


class NeedState(models.TextChoices):
    OPEN = "open", "待对接"
    MATCHED = "matched", "已对接"
    SATISFIED = "satisfied", "已满足"
    WITHDRAWN = "withdrawn", "已撤回"


class SupplyState(models.TextChoices):
    AVAILABLE = "available", "可用"
    USED_UP = "used_up", "已用完"
    WITHDRAWN = "withdrawn", "已撤回"


class JointState(models.TextChoices):
    PLANNED = "planned", "拟定"
    UNDER_WAY = "under_way", "实施中"
    COMPLETED = "completed", "已完成"
    TERMINATED = "terminated", "已终止"


_A = AgreementState
AGREEMENT = Lifecycle(
    "agreement", AgreementState,
    Move(
        "sign", "签订", (_A.DRAFT,), _A.SIGNED,
        fields=("valid_from", "valid_to"), dated=("signed_on",),
    ),
    Move("renew", "续签", (_A.SIGNED,), _A.SIGNED, fields=("valid_to",)),
    amend("补充协议", (_A.SIGNED,), "content", "contact", "phone"),
    Move("terminate", "终止", (_A.SIGNED,), _A.TERMINATED, reason=True, dated=("terminated_on",)),
    action="handle", closed=(_A.TERMINATED,), good=(_A.SIGNED,),
)  # fmt: skip

# A need is matched, released and satisfied by its project alone: nobody holds this permission.
FOLLOWS = "follow"

_N = NeedState
NEED = Lifecycle(
    "need", NeedState,
    Move("match", "对接", (_N.OPEN,), _N.MATCHED, action=FOLLOWS),
    Move("release", "重新对接", (_N.MATCHED,), _N.OPEN, action=FOLLOWS),
    Move("satisfy", "满足", (_N.MATCHED,), _N.SATISFIED, action=FOLLOWS, dated=("satisfied_on",)),
    Move("withdraw", "撤回", (_N.OPEN,), _N.WITHDRAWN, action="handle", reason=True),
    closed=(_N.SATISFIED, _N.WITHDRAWN), begins="listed_on", good=(_N.SATISFIED,),
)  # fmt: skip

_R = SupplyState
SUPPLY = Lifecycle(
    "supply", SupplyState,
    Move("use_up", "用完", (_R.AVAILABLE,), _R.USED_UP, dated=("closed_on",)),
    Move("withdraw", "撤回", (_R.AVAILABLE,), _R.WITHDRAWN, reason=True, dated=("closed_on",)),
    action="handle", closed=(_R.USED_UP, _R.WITHDRAWN), begins="listed_on", good=(_R.AVAILABLE,),
)  # fmt: skip

_P = JointState
JOINT_PROJECT = Lifecycle(
    "joint_project", JointState,
    Move("start", "开始实施", (_P.PLANNED,), _P.UNDER_WAY, dated=("started_on",)),
    Move(
        "complete", "完成", (_P.UNDER_WAY,), _P.COMPLETED,
        fields=("quantity", "reached", "result"), optional=("quantity",), dated=("ended_on",),
    ),
    Move(
        "terminate", "终止", (_P.PLANNED, _P.UNDER_WAY), _P.TERMINATED,
        reason=True, fields=("quantity",), optional=("quantity",), dated=("ended_on",),
    ),
    action="handle", closed=(_P.COMPLETED, _P.TERMINATED), good=(_P.COMPLETED,),
)  # fmt: skip
