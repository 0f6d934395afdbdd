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
    REPORTED = "reported", "待派单"
    IN_HAND = "in_hand", "处置中"
    ESCALATED = "escalated", "已上报街道"
    HANDLED = "handled", "待核查"
    CLOSED = "closed", "已办结"
    INVALID = "invalid", "不予受理"
    PASSED_ON = "passed_on", "已转服务请求"


_S = EventState
GRID_EVENT = Lifecycle(
    "grid_event", EventState,
    # Dispatched again, it goes to another handler.
    Move(
        "dispatch", "派单", (_S.REPORTED, _S.IN_HAND), _S.IN_HAND,
        fields=("handler",), optional=("handler",),
    ),
    Move("refuse", "不予受理", (_S.REPORTED,), _S.INVALID, reason=True),
    Move(
        "mediate", "转调解", (_S.REPORTED, _S.IN_HAND), _S.IN_HAND, signed="handler",
        follows="同时登记一件人民调解案件。案件履行后，这件事随之转为待核查；没有调成的，由处置人继续办理。",
    ),
    Move(
        "wish", "转为服务请求", (_S.REPORTED, _S.IN_HAND), _S.PASSED_ON,
        follows="登记为一件服务请求，由社区派单；这件事不再作为网格事件办理，也不计入网格事件。",
    ),
    Move("escalate", "上报街道", (_S.IN_HAND,), _S.ESCALATED, action="handle", reason=True),
    Move("send_back", "交回社区", (_S.ESCALATED,), _S.IN_HAND, action="direct", reason=True),
    # What is settled on the spot need not be dispatched first.
    Move(
        "finish", "处置完成", (_S.REPORTED, _S.IN_HAND, _S.ESCALATED), _S.HANDLED,
        action="handle", fields=("result",), dated=("handled_on",), signed="handler",
    ),
    Move(
        "check", "核查通过", (_S.HANDLED,), _S.CLOSED,
        action="check", not_by=("finish",), dated=("closed_on",),
    ),
    Move(
        "rework", "退回重办", (_S.HANDLED,), _S.IN_HAND,
        action="check", not_by=("finish",), reason=True, blanks=("handled_on",),
    ),
    Move(
        "reopen", "重新办理", (_S.CLOSED,), _S.IN_HAND,
        action="direct", reason=True, blanks=("closed_on", "handled_on"),
    ),
    amend("调整期限", (_S.IN_HAND, _S.ESCALATED), "due_on"),
    action="dispatch", closed=(_S.CLOSED, _S.INVALID, _S.PASSED_ON), begins="reported_on", good=(_S.CLOSED,),
)  # fmt: skip
