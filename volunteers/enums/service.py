"""The words of volunteers, their activities and the hours they give."""

import datetime

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend

EARLIEST = datetime.timedelta(minutes=60)  # before an activity, people may check in
STARS = range(1, 6)
# One published set of hours for one to five stars (志愿服务记录办法 leaves it to the province).
PUBLISHED_HOURS = (100, 300, 600, 1000, 1500)


class ActivityState(models.TextChoices):
    DRAFTED = "drafted", "拟定"
    OPEN = "open", "已发布"
    FINISHED = "finished", "已结束"
    CANCELLED = "cancelled", "已取消"


_A = ActivityState
ACTIVITY = Lifecycle(
    "activity", ActivityState,
    Move("publish", "发布招募", (_A.DRAFTED,), _A.OPEN),
    Move("finish", "活动结束", (_A.OPEN,), _A.FINISHED, fields=("result",)),
    Move("cancel", "取消活动", (_A.DRAFTED, _A.OPEN), _A.CANCELLED, reason=True),
    amend("变更活动安排", (_A.OPEN,), "place", "held_on", "starts", "ends", "places", "content"),
    closed=(_A.FINISHED, _A.CANCELLED), good=(_A.FINISHED,), bad=(_A.CANCELLED,),
)  # fmt: skip


class ServiceState(models.TextChoices):
    SIGNED_UP = "signed_up", "已报名"
    PRESENT = "present", "已签到"
    TO_CONFIRM = "to_confirm", "补录待确认"
    CERTIFIED = "certified", "已认定"
    DISPUTED = "disputed", "有异议"
    ABSENT = "absent", "未到"
    VOID = "void", "不予认定"
    WITHDRAWN = "withdrawn", "已取消报名"


_P = ServiceState
# Who decided on the hours, or entered them, does not decide on the dispute about them.
_JUDGED = ("check_out", "enter", "confirm", "refuse", "absent")
SERVICE = Lifecycle(
    "service", ServiceState,
    Move("check_in", "签到", (_P.SIGNED_UP,), _P.PRESENT, sets=("began",)),
    Move("check_out", "签退", (_P.PRESENT,), _P.CERTIFIED, sets=("ended",)),
    Move(
        "enter", "补录时长", (_P.SIGNED_UP, _P.PRESENT, _P.ABSENT, _P.DISPUTED), _P.TO_CONFIRM,
        reason=True, fields=("began", "ended"), sets=("by_hand",), signed="noted_by",
        blanks=("confirmed_by",),
    ),
    Move(
        "confirm", "确认补录", (_P.TO_CONFIRM,), _P.CERTIFIED,
        action="confirm", by_another=True, signed="confirmed_by",
    ),
    Move(
        "refuse", "不予认定", (_P.TO_CONFIRM,), _P.VOID,
        action="confirm", by_another=True, reason=True, signed="confirmed_by",
    ),
    Move("dispute", "提出异议", (_P.CERTIFIED, _P.VOID, _P.ABSENT), _P.DISPUTED, reason=True),
    Move(
        "uphold", "核实无误，维持", (_P.DISPUTED,), _P.CERTIFIED,
        action="confirm", reason=True, not_by=_JUDGED,
    ),
    Move(
        "dismiss", "核实后不予认定", (_P.DISPUTED,), _P.VOID,
        action="confirm", reason=True, not_by=_JUDGED,
    ),
    Move("absent", "未到", (_P.SIGNED_UP,), _P.ABSENT),
    Move("withdraw", "取消报名", (_P.SIGNED_UP,), _P.WITHDRAWN),
    closed=(_P.CERTIFIED, _P.ABSENT, _P.VOID, _P.WITHDRAWN), good=(_P.CERTIFIED,),
    bad=(_P.ABSENT, _P.VOID),
)  # fmt: skip
