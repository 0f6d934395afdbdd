"""The words of 双孵化中心: from an organization's application to the day it leaves."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class ServiceTier(models.TextChoices):
    """The two kinds of service an incubation centre gives."""

    BASIC = "basic", "基本孵化服务"
    EXTENDED = "extended", "拓展服务"


class IncubateeState(models.TextChoices):
    APPLIED = "applied", "申请待评审"
    REFUSED = "refused", "评审未通过"
    APPROVED = "approved", "评审通过"
    ADMITTED = "admitted", "已入驻"
    INCUBATING = "incubating", "在孵"
    GRADUATED = "graduated", "已出壳"
    WITHDRAWN = "withdrawn", "已退出"


_S = IncubateeState
INCUBATEE = Lifecycle(
    "incubatee", IncubateeState,
    Move(
        "approve", "评审通过", (_S.APPLIED,), _S.APPROVED,
        by_another=True, fields=("track", "findings"), dated=("reviewed_on",),
    ),
    Move("refuse", "评审不通过", (_S.APPLIED,), _S.REFUSED, by_another=True, reason=True),
    Move("admit", "入驻", (_S.APPROVED,), _S.ADMITTED, fields=("ends_on",), dated=("admitted_on",)),
    Move("incubate", "开始孵化", (_S.ADMITTED,), _S.INCUBATING, dated=("incubating_on",)),
    Move(
        "graduate", "出壳", (_S.INCUBATING,), _S.GRADUATED,
        fields=("outcome",), dated=("left_on",),
    ),
    Move(
        "withdraw", "退出", (_S.APPROVED, _S.ADMITTED, _S.INCUBATING), _S.WITHDRAWN,
        reason=True, dated=("left_on",),
    ),
    amend(
        "变更孵化计划", (_S.ADMITTED, _S.INCUBATING), "plan", "ends_on",
        by_another=True, proposed_by="change",
    ),
    action="decide", begins="applied_on", closed=(_S.REFUSED, _S.GRADUATED, _S.WITHDRAWN), good=(_S.GRADUATED,),
    bad=(_S.REFUSED, _S.WITHDRAWN),
)  # fmt: skip
