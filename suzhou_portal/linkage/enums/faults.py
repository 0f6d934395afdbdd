"""The words of 找错: what somebody found wrong on a page."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class PageFaultState(models.TextChoices):
    NEW = "new", "待处理"
    HANDLED = "handled", "已改正"
    REJECTED = "rejected", "不用改"


_S = PageFaultState
PAGE_FAULT = Lifecycle(
    "page_fault", PageFaultState,
    Move("handle", "已改正", (_S.NEW,), _S.HANDLED, fields=("answer",), dated=("closed_on",)),
    Move("reject", "不用改", (_S.NEW,), _S.REJECTED, reason=True, dated=("closed_on",)),
    action="handle", closed=(_S.HANDLED, _S.REJECTED), begins="reported_on", good=(_S.HANDLED,),
)  # fmt: skip
