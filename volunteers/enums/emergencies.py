"""The words of 平急转换: from standby to response and back, and what communities do meanwhile."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend

COLOURS = {"1": "红", "2": "橙", "3": "黄", "4": "蓝"}  # of warnings, 突发事件应对法 article 63


class EmergencyState(models.TextChoices):
    """Where a declaration stands; an area without an open one is in 平时."""

    STANDBY = "standby", "待命"
    ACTIVE = "active", "急时"
    RESTORED = "restored", "已恢复待复盘"
    REVIEWED = "reviewed", "已复盘"
    CALLED_OFF = "called_off", "待命解除"


class MusterState(models.TextChoices):
    """An activation orders one muster in each community; the community calls its teams to it."""

    ORDERED = "ordered", "待通知"
    GATHERING = "gathering", "集结中"
    ON_DUTY = "on_duty", "执行任务"
    STOOD_DOWN = "stood_down", "已撤收"
    CANCELLED = "cancelled", "已取消"


class TaskState(models.TextChoices):
    ASSIGNED = "assigned", "待执行"
    UNDERWAY = "underway", "执行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


_E, _M, _T = EmergencyState, MusterState, TaskState
_ADJUSTED = ("level", "measures", "expected_until")
EMERGENCY = Lifecycle(
    "emergency", EmergencyState,
    Move(
        "activate", "启动响应", (_E.STANDBY,), _E.ACTIVE, dated=("started_on",), binding=True,
        follows="范围内的社区和队伍随即可以集结，首页显示应急响应。",
    ),
    Move("call_off", "解除待命", (_E.STANDBY,), _E.CALLED_OFF, reason=True),
    Move("adjust", "调整响应", (_E.ACTIVE,), _E.ACTIVE, reason=True, fields=_ADJUSTED),
    Move("restore", "恢复平时", (_E.ACTIVE,), _E.RESTORED, dated=("ended_on",)),
    Move(
        "review", "登记复盘", (_E.RESTORED,), _E.REVIEWED,
        settled=("musters", "还有{}处集结没有撤收，撤收后再复盘。"), fields=("review",),
        dated=("reviewed_on",),
    ),
    action="activate", closed=(_E.REVIEWED, _E.CALLED_OFF),
    begins="standby_on", good=(_E.REVIEWED,), bad=(_E.ACTIVE,),
)  # fmt: skip
MUSTER = Lifecycle(
    "muster", MusterState,
    Move(
        "call", "通知集结", (_M.ORDERED,), _M.GATHERING,
        fields=("place", "leader", "phone"), sets=("called_at",),
    ),
    Move(
        "begin", "集结完毕", (_M.GATHERING,), _M.ON_DUTY,
        needs=("check_ins", "还没有人签到，不能集结完毕。"),
    ),
    Move("cancel", "取消集结", (_M.ORDERED, _M.GATHERING), _M.CANCELLED, reason=True),
    Move(
        "stand_down", "撤收", (_M.ON_DUTY,), _M.STOOD_DOWN,
        settled=("tasks", "还有{}项任务没有完成或取消，不能撤收。"), fields=("summary",),
        dated=("stood_down_on",),
    ),
    amend("增减队伍", (_M.ON_DUTY,), "teams"),
    closed=(_M.STOOD_DOWN, _M.CANCELLED), open_in=(_M.ORDERED, _M.GATHERING),
    begins="called_at", good=(_M.STOOD_DOWN,),
)  # fmt: skip
MUSTER_TASK = Lifecycle(
    "muster_task", TaskState,
    Move("start", "开始执行", (_T.ASSIGNED,), _T.UNDERWAY, action="perform"),
    Move(
        "finish", "完成", (_T.ASSIGNED, _T.UNDERWAY), _T.DONE,
        action="perform", fields=("result",), dated=("done_on",),
    ),
    Move("cancel", "取消", (_T.ASSIGNED, _T.UNDERWAY), _T.CANCELLED, reason=True),
    closed=(_T.DONE, _T.CANCELLED), begins="assigned_on", good=(_T.DONE,),
)  # fmt: skip
