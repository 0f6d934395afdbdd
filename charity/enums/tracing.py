"""The words of donors, of partnerships and projects as they proceed, and of tracing a donation."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class DonorKind(models.TextChoices):
    """Who gives; what a donor who does not want to be named is called."""

    PERSON = "person", "爱心人士"
    COMPANY = "company", "爱心企业"
    BODY = "body", "爱心单位"


class PartnershipState(models.TextChoices):
    TALKING = "talking", "洽谈中"
    AGREED = "agreed", "合作中"
    ENDED = "ended", "已结束"
    DROPPED = "dropped", "未达成"


_P = PartnershipState
PARTNERSHIP = Lifecycle(
    "partnership", PartnershipState,
    Move(
        "agree", "签约", (_P.TALKING,), _P.AGREED,
        fields=("valid_to", "summary"), optional=("valid_to",), dated=("started_on",),
    ),
    Move("renew", "续签", (_P.AGREED,), _P.AGREED, fields=("valid_to",)),
    Move("end", "结束合作", (_P.AGREED,), _P.ENDED, fields=("outcome",), dated=("ended_on",)),
    Move("drop", "未达成", (_P.TALKING,), _P.DROPPED, reason=True),
    amend("补充协议", (_P.AGREED,), "summary", "long_term"),
    closed=(_P.ENDED, _P.DROPPED), good=(_P.AGREED,),
)  # fmt: skip


class CharityProjectState(models.TextChoices):
    PLANNED = "planned", "拟定"
    RUNNING = "running", "实施中"
    DONE = "done", "已结项"
    STOPPED = "stopped", "已终止"


_J = CharityProjectState
PROJECT = Lifecycle(
    "charity_project", CharityProjectState,
    Move("start", "开始实施", (_J.PLANNED,), _J.RUNNING, dated=("started_on",)),
    Move("finish", "结项", (_J.RUNNING,), _J.DONE, fields=("result",), dated=("ended_on",)),
    Move("stop", "终止", (_J.RUNNING,), _J.STOPPED, reason=True, dated=("ended_on",)),
    amend("变更项目", (_J.RUNNING,), "amount", "summary", "planned_to"),
    closed=(_J.DONE, _J.STOPPED), good=(_J.DONE,), bad=(_J.STOPPED,),
)  # fmt: skip


class AllocationState(models.TextChoices):
    """Where a part of a resource stands on its way to its use."""

    PROPOSED = "proposed", "拟分配"
    ALLOCATED = "allocated", "已分配"
    DELIVERED = "delivered", "已签收"
    SETTLED = "settled", "已结清"
    WITHDRAWN = "withdrawn", "已撤回"


_A = AllocationState
ALLOCATION = Lifecycle(
    "allocation", AllocationState,
    Move(
        "approve", "同意分配", (_A.PROPOSED,), _A.ALLOCATED,
        action="approve", by_another=True, dated=("allocated_on",),
        follows="资源的可分配余额随之减少，公开的去向页显示这笔分配。",
    ),
    Move(
        "deliver", "签收", (_A.ALLOCATED,), _A.DELIVERED,
        not_by=("approve",), fields=("receiver",), dated=("delivered_on",),
    ),
    Move(
        "settle", "结清，余额退回", (_A.DELIVERED,), _A.SETTLED,
        sets=("returned_value", "returned_quantity"), dated=("settled_on",),
    ),
    Move(
        "reopen", "重新打开", (_A.SETTLED,), _A.DELIVERED,
        action="approve", reason=True, sets=("returned_value", "returned_quantity"),
        blanks=("settled_on",),
    ),
    Move("withdraw", "撤回", (_A.PROPOSED, _A.ALLOCATED), _A.WITHDRAWN, reason=True),
    closed=(_A.SETTLED, _A.WITHDRAWN), good=(_A.SETTLED,), bad=(_A.WITHDRAWN,),
)  # fmt: skip


class DutyKind(models.TextChoices):
    """What is to be disclosed."""

    PROGRESS = "progress", "实施情况"
    EMERGENCY = "emergency", "应急募捐情况"
    FINAL = "final", "全面情况"


class DutyState(models.TextChoices):
    DUE = "due", "待公开"
    DISCLOSED = "disclosed", "已公开"
    LAPSED = "lapsed", "不再需要"


_D = DutyState
DUTY = Lifecycle(
    "duty", DutyState,
    Move("disclose", "公开", (_D.DUE,), _D.DISCLOSED, fields=("report",), dated=("disclosed_on",)),
    # Whoever owes it does not let itself off.
    Move(
        "lapse", "不再需要", (_D.DUE,), _D.LAPSED,
        action="waive", by_another=True, from_above=True, reason=True,
    ),
    Move(
        "restore", "恢复应公开", (_D.LAPSED,), _D.DUE,
        action="waive", from_above=True, reason=True,
    ),
    action="disclose", closed=(_D.DISCLOSED, _D.LAPSED), good=(_D.DISCLOSED,),
)  # fmt: skip
