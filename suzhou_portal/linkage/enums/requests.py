"""The words of 点单—派单—接单—评单: from what a resident asks for to what the resident says of it."""

from django.db import models

from organizations.enums.base import ServiceCategory
from suzhou_portal.lifecycle.table import Lifecycle, Move, amend
from volunteers.enums.visits import ResidentNeedKind


class Channel(models.TextChoices):
    """By which way a request came."""

    ONLINE = "online", "网上"
    PHONE = "phone", "电话"
    WALK_IN = "walk_in", "窗口"
    VISIT = "visit", "敲门走访"
    GRID = "grid", "网格事件"
    DELIBERATION = "deliberation", "议事协商"
    HOTLINE = "hotline", "热线系统"


class OnBehalf(models.TextChoices):
    """For whom somebody asks."""

    SELF = "self", "本人"
    PARENT = "parent", "父母或长辈"
    CHILD = "child", "子女"
    SPOUSE = "spouse", "配偶"
    NEIGHBOUR = "neighbour", "邻居"
    OTHER = "other", "其他人"


class Score(models.IntegerChoices):
    """How content a resident is; nothing is preset."""

    ONE = 1, "很不满意"
    TWO = 2, "不满意"
    THREE = 3, "一般"
    FOUR = 4, "满意"
    FIVE = 5, "很满意"


LOWEST_CONTENT = Score.THREE  # below it, somebody calls back

# What kind of need a service of each category answers.
KIND_OF: dict[str, str] = {
    ServiceCategory.HOUSEKEEPING: ResidentNeedKind.REPAIR,
    ServiceCategory.HOME_ELDERLY_CARE: ResidentNeedKind.ELDERLY,
    ServiceCategory.CHECK_UP: ResidentNeedKind.HEALTH,
    ServiceCategory.CHINESE_MEDICINE: ResidentNeedKind.HEALTH,
    ServiceCategory.CHILD_AND_ELDER: ResidentNeedKind.CHILDREN,
    ServiceCategory.CULTURE: ResidentNeedKind.CULTURE,
    ServiceCategory.LEGAL_AID: ResidentNeedKind.LEGAL,
    ServiceCategory.COUNSELLING: ResidentNeedKind.MIND,
    ServiceCategory.EMPLOYMENT: ResidentNeedKind.WORK,
    ServiceCategory.DISABILITY: ResidentNeedKind.ELDERLY,
}


class RequestState(models.TextChoices):
    SUBMITTED = "submitted", "待审核"
    TO_DISPATCH = "to_dispatch", "待派单"
    ESCALATED = "escalated", "已上报街道"
    UNMET = "unmet", "暂无人能办"
    DISPATCHED = "dispatched", "已派单"
    ACCEPTED = "accepted", "已接单"
    IN_SERVICE = "in_service", "服务中"
    DONE = "done", "待评价"
    RATED = "rated", "已评价"
    FOLLOW_UP = "follow_up", "待回访"
    CLOSED = "closed", "已办结"
    REJECTED = "rejected", "已拒绝"
    CANCELLED = "cancelled", "已取消"


_S = RequestState
_WAITING = (_S.SUBMITTED, _S.TO_DISPATCH, _S.ESCALATED, _S.UNMET, _S.DISPATCHED)
_UNSERVED = (_S.TO_DISPATCH, _S.ESCALATED, _S.UNMET)
PROVIDER = ("organization", "team", "handler")
REQUEST = Lifecycle(
    "service_request", RequestState,
    Move("admit", "受理", (_S.SUBMITTED,), _S.TO_DISPATCH, sets=("due_on",)),
    Move(
        "reject", "不予受理", (_S.SUBMITTED, *_UNSERVED), _S.REJECTED,
        reason=True, dated=("closed_on",), blanks=("due_on",),
    ),
    Move(
        "dispatch", "派单", _UNSERVED, _S.DISPATCHED,
        fields=PROVIDER, optional=PROVIDER, sets=("due_on",),
    ),
    Move("escalate", "上报街道", (_S.TO_DISPATCH,), _S.ESCALATED, reason=True, sets=("due_on",)),
    Move(
        "send_back", "交回社区", (_S.ESCALATED,), _S.TO_DISPATCH,
        action="direct", reason=True, sets=("due_on",),
    ),
    Move(
        "list_unmet", "列为未满足需求", (_S.ESCALATED,), _S.UNMET,
        action="direct", reason=True, blanks=("due_on",), dated=("unmet_on",),
        follows="列入“三张清单”公开征集，只公开类别、社区和日期，等待社会组织、志愿队伍认领。",
    ),
    Move("accept", "接单", (_S.DISPATCHED,), _S.ACCEPTED, action="handle", sets=("due_on", "promised_on")),
    Move(
        "decline", "退单", (_S.DISPATCHED, _S.ACCEPTED, _S.IN_SERVICE), _S.TO_DISPATCH,
        action="handle", reason=True, sets=("due_on",),
        blanks=(*PROVIDER, "appointed_on", "appointed_at", "promised_on", "started_on"),
    ),
    # Called off by whoever dispatched it, as where nobody answers.
    Move("recall", "撤回派单", (_S.DISPATCHED,), _S.TO_DISPATCH, reason=True, blanks=PROVIDER, sets=("due_on",)),
    Move(
        "appoint", "约定上门时间", (_S.ACCEPTED,), _S.ACCEPTED,
        action="handle", fields=("appointed_on", "appointed_at"), optional=("appointed_at",),
    ),
    Move(
        "start", "开始服务", (_S.ACCEPTED,), _S.IN_SERVICE, action="handle", dated=("started_on",),
    ),
    Move(
        "finish", "完成", (_S.ACCEPTED, _S.IN_SERVICE), _S.DONE,
        action="handle", fields=("result", "began", "ended", "people", "volunteers"),
        optional=("began", "ended", "people", "volunteers"), dated=("done_on",),
        sets=("due_on", "activities"),
        follows="由居民评价；满意才算办好。写明参加的志愿者和起止时间的，时长另由他人确认。",
    ),
    Move(
        "rate", "评价", (_S.DONE,), _S.RATED,
        action="confirm", fields=("rating", "comment"), optional=("comment",), dated=("rated_on",),
        not_by=("accept", "start", "finish"), blanks=("due_on", "not_done"),
    ),
    Move(
        "object", "不满意或没有办", (_S.DONE,), _S.FOLLOW_UP,
        action="confirm", fields=("rating", "not_done", "comment"),
        optional=("rating", "not_done", "comment"), dated=("rated_on",), sets=("due_on",),
    ),
    Move("close", "办结", (_S.RATED,), _S.CLOSED, action="confirm", dated=("closed_on",)),
    Move(
        "close_unrated", "未评价办结", (_S.DONE,), _S.CLOSED,
        action="follow", dated=("closed_on",), blanks=("due_on",),
    ),
    Move(
        "settle", "回访后办结", (_S.FOLLOW_UP,), _S.CLOSED,
        action="confirm", fields=("follow_up",), dated=("closed_on",), blanks=("due_on",),
        not_by=("accept", "start", "finish"),
    ),
    Move(
        "redo", "回访后重办", (_S.FOLLOW_UP,), _S.TO_DISPATCH,
        action="confirm", fields=("follow_up",), sets=("due_on", "volunteers"),
        not_by=("accept", "start", "finish"),
        blanks=(
            *PROVIDER, "appointed_on", "appointed_at", "promised_on", "started_on", "done_on", "result",
            "began", "ended", "people",
        ),
    ),
    Move(
        "cancel", "取消", _WAITING, _S.CANCELLED,
        reason=True, dated=("closed_on",), blanks=("due_on",),
    ),
    amend(
        "更正联系方式或期望时间", (*_UNSERVED, _S.DISPATCHED, _S.ACCEPTED, _S.IN_SERVICE),
        "name", "phone", "address", "wished_on", "wished_at",
    ),
    action="dispatch", closed=(_S.CLOSED, _S.REJECTED, _S.CANCELLED),
    begins="asked_on", good=(_S.RATED, _S.CLOSED), bad=(_S.REJECTED, _S.CANCELLED),
)  # fmt: skip
SERVED = (_S.DONE, _S.RATED, _S.FOLLOW_UP, _S.CLOSED)
WITH_PROVIDER = (_S.DISPATCHED, _S.ACCEPTED, _S.IN_SERVICE)
# Where somebody of ours is late once the day is past; a resident who says nothing is not.
OURS = (_S.SUBMITTED, _S.TO_DISPATCH, _S.ESCALATED, *WITH_PROVIDER, _S.FOLLOW_UP)
