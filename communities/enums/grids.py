"""The words of grids and their events."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class GridRole(models.TextChoices):
    """What a person does in a grid."""

    HEAD = "head", "网格长"
    WORKER = "worker", "网格员"
    SECRETARY = "secretary", "网格支部书记"


class EventKind(models.TextChoices):
    """What a grid event is about."""

    SAFETY = "safety", "安全隐患"
    ENVIRONMENT = "environment", "环境卫生"
    FACILITY = "facility", "设施损坏"
    DISPUTE = "dispute", "矛盾纠纷"
    LIVELIHOOD = "livelihood", "民生诉求"
    OTHER = "other", "其他"


class EventState(models.TextChoices):
    REPORTED = "reported", "待受理"
    IN_HAND = "in_hand", "处置中"
    ESCALATED = "escalated", "已上报街道"
    CLOSED = "closed", "已办结"
    INVALID = "invalid", "不予受理"


_S = EventState
GRID_EVENT = Lifecycle(
    "grid_event", EventState,
    Move("accept", "受理", (_S.REPORTED,), _S.IN_HAND, action="handle"),
    Move("refuse", "不予受理", (_S.REPORTED,), _S.INVALID, action="handle", reason=True),
    Move("escalate", "上报街道", (_S.IN_HAND,), _S.ESCALATED, action="handle", reason=True),
    Move("send_back", "交回社区", (_S.ESCALATED,), _S.IN_HAND, action="direct", reason=True),
    Move(
        "close", "办结", (_S.IN_HAND, _S.ESCALATED), _S.CLOSED,
        action="handle", fields=("result",), dated=("closed_on",),
    ),
    Move(
        "reopen", "重新办理", (_S.CLOSED,), _S.IN_HAND,
        action="direct", reason=True, blanks=("closed_on",),
    ),
    amend("调整期限", (_S.IN_HAND, _S.ESCALATED), "due_on", action="handle"),
    closed=(_S.CLOSED, _S.INVALID), begins="reported_on", good=(_S.CLOSED,),
)  # fmt: skip
