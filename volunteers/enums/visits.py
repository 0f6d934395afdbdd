"""The words of 敲门响铃: door visits, and what residents turn out to need."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class VisitOutcome(models.TextChoices):
    """What became of knocking."""

    MET = "met", "见到住户"
    ABSENT = "absent", "无人应答"
    DECLINED = "declined", "不便走访"


class VisitReason(models.TextChoices):
    """Why a household is visited again and again."""

    ALONE = "alone", "独居老人"
    ELDERLY = "elderly", "高龄空巢老人"
    DISABLED = "disabled", "残疾人"
    ILL = "ill", "重病患者"
    CHILDREN = "children", "困境儿童"
    HARDSHIP = "hardship", "困难家庭"
    OTHER = "other", "其他"


class ResidentNeedKind(models.TextChoices):
    """What a resident needs."""

    ELDERLY = "elderly", "养老助残"
    HEALTH = "health", "看病就医"
    CHILDREN = "children", "儿童照护"
    HARDSHIP = "hardship", "生活困难"
    WORK = "work", "就业"
    REPAIR = "repair", "维修家政"
    SAFETY = "safety", "安全隐患"
    OTHER = "other", "其他"


class ResidentNeedState(models.TextChoices):
    FOUND = "found", "待接办"
    IN_HAND = "in_hand", "办理中"
    HANDLED = "handled", "已办待回访"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予办理"


_S = ResidentNeedState
RESIDENT_NEED = Lifecycle(
    "resident_need", ResidentNeedState,
    Move(
        "take_on", "接办", (_S.FOUND,), _S.IN_HAND,
        action="handle", fields=("team", "handler"), optional=("team",),
    ),
    Move("decline", "不予办理", (_S.FOUND,), _S.DECLINED, reason=True),
    Move(
        "handle", "办好", (_S.IN_HAND,), _S.HANDLED,
        action="handle", fields=("result",), dated=("handled_on",),
    ),
    Move(
        "close", "回访满意，办结", (_S.HANDLED,), _S.CLOSED,
        not_by=("handle",), dated=("closed_on",),
    ),
    Move(
        "redo", "回访不满意，重办", (_S.HANDLED,), _S.IN_HAND,
        reason=True, blanks=("handled_on",),
    ),
    amend("更正住址或电话", (_S.IN_HAND, _S.HANDLED), "address", "phone", action="handle"),
    action="confirm", closed=(_S.CLOSED, _S.DECLINED), begins="found_on", good=(_S.CLOSED,),
)  # fmt: skip
