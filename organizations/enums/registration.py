"""The words of 公益类注册绿色通道 and 街道备案: how a body comes onto the register, and off it."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class RegistrationState(models.TextChoices):
    SUBMITTED = "submitted", "已申请"
    CORRECTING = "correcting", "待补正"
    RECEIVED = "received", "已受理"
    APPROVED = "approved", "准予登记"
    REFUSED = "refused", "不予登记"
    WITHDRAWN = "withdrawn", "已撤回"


class FilingState(models.TextChoices):
    APPLIED = "applied", "申请待备案"
    FILED = "filed", "已备案"
    REFUSED = "refused", "不予备案"
    CANCELLED = "cancelled", "已注销"
    REGISTERED = "registered", "已转登记"


_R = RegistrationState
REGISTRATION = Lifecycle(
    "registration", RegistrationState,
    Move(
        "receive", "受理", (_R.SUBMITTED, _R.CORRECTING), _R.RECEIVED,
        action="decide", sets=("due_on",), dated=("received_on",),
    ),
    Move("ask", "要求补正", (_R.SUBMITTED,), _R.CORRECTING, action="decide", reason=True),
    Move(
        "supplement", "提交补正", (_R.CORRECTING,), _R.SUBMITTED,
        fields=("supplement",), dated=("supplemented_on",),
    ),
    Move(
        "approve", "准予登记", (_R.RECEIVED,), _R.APPROVED,
        action="decide", by_another=True, not_by=("receive",), fields=("credit_code",),
        sets=("organization", "days_taken"), dated=("decided_on",),
    ),
    Move(
        "refuse", "不予登记", (_R.RECEIVED,), _R.REFUSED,
        action="decide", by_another=True, not_by=("receive",), reason=True, sets=("days_taken",),
        dated=("decided_on",),
    ),
    Move("withdraw", "撤回", (_R.SUBMITTED, _R.CORRECTING, _R.RECEIVED), _R.WITHDRAWN, reason=True),
    closed=(_R.APPROVED, _R.REFUSED, _R.WITHDRAWN),
    open_in=(_R.SUBMITTED, _R.CORRECTING), begins="applied_on", good=(_R.APPROVED,),
    bad=(_R.REFUSED,),
)  # fmt: skip

_F = FilingState
FILING = Lifecycle(
    "filing", FilingState,
    Move(
        "file", "备案", (_F.APPLIED,), _F.FILED,
        by_another=True, fields=("number",), sets=("organization",), dated=("filed_on",),
    ),
    Move("refuse", "不予备案", (_F.APPLIED,), _F.REFUSED, by_another=True, reason=True),
    Move(
        "change", "变更", (_F.FILED,), _F.FILED,
        reason=True, fields=("name", "contact", "phone", "activities"),
        optional=("contact", "phone", "activities"), dated=("changed_on",),
    ),
    Move("cancel", "注销", (_F.FILED,), _F.CANCELLED, reason=True, dated=("ended_on",)),
    Move(
        "register", "转为登记", (_F.FILED,), _F.REGISTERED,
        action="register", dated=("ended_on",),
    ),
    action="decide", closed=(_F.REFUSED, _F.CANCELLED, _F.REGISTERED),
    begins="applied_on", good=(_F.FILED, _F.REGISTERED),
    bad=(_F.REFUSED,),
)  # fmt: skip
