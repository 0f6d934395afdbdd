"""The words of deliberation."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class MeetingKind(models.TextChoices):
    """Who deliberates."""

    RESIDENTS = "residents", "居民会议"
    REPRESENTATIVES = "representatives", "居民代表会议"
    GROUP = "group", "居民小组会议"
    COUNCIL = "council", "协商议事会"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "拟议"
    ANNOUNCED = "announced", "已公告"
    CANCELLED = "cancelled", "已取消"
    HELD = "held", "已召开"
    RESOLVED = "resolved", "已形成决议"
    NOT_PASSED = "not_passed", "未通过"
    CARRYING_OUT = "carrying_out", "落实中"
    DONE = "done", "已落实"


_S = MeetingState
_VOTES = ("agreed", "against", "abstained")
DELIBERATION_MEETING = Lifecycle(
    "meeting", MeetingState,
    Move(
        "announce", "公告", (_S.PLANNED,), _S.ANNOUNCED,
        fields=("planned_on", "starts", "ends", "place"), optional=("ends",),
        dated=("announced_on",),
    ),
    Move("postpone", "改期", (_S.ANNOUNCED,), _S.PLANNED, reason=True, blanks=("announced_on",)),
    Move("cancel", "取消", (_S.PLANNED, _S.ANNOUNCED), _S.CANCELLED, reason=True),
    Move(
        "hold", "召开", (_S.ANNOUNCED,), _S.HELD,
        fields=("began", "ended", "entitled", "attended", "attendees"), optional=("attendees",),
        dated=("held_on",),
    ),
    Move(
        "resolve", "形成决议", (_S.HELD,), _S.RESOLVED,
        fields=(*_VOTES, "resolution"), dated=("resolved_on",),
    ),
    Move("not_pass", "未通过", (_S.HELD,), _S.NOT_PASSED, fields=_VOTES),
    Move(
        "perform", "开始落实", (_S.RESOLVED,), _S.CARRYING_OUT,
        needs=("tasks", "请先列出落实任务：做什么、谁负责、何时完成。"),
    ),
    Move(
        "finish", "落实完成", (_S.CARRYING_OUT,), _S.DONE,
        settled=("tasks", "还有{}项落实任务没有完成。"), fields=("outcome",), dated=("done_on",),
    ),
    closed=(_S.CANCELLED, _S.NOT_PASSED, _S.DONE), good=(_S.RESOLVED, _S.DONE),
)  # fmt: skip
