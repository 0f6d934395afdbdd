"""The words of 政府购买服务: what the government buys from an organization, by stage."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class Procurement(models.TextChoices):
    """How the provider is found: 政府采购法第二十六条, and what the rules add for services."""

    OPEN_TENDER = "open_tender", "公开招标"
    INVITED_TENDER = "invited_tender", "邀请招标"
    CONSULTATION = "consultation", "竞争性磋商"
    NEGOTIATION = "negotiation", "竞争性谈判"
    SINGLE_SOURCE = "single_source", "单一来源"
    INQUIRY = "inquiry", "询价"
    ENTRUSTED = "entrusted", "限额以下直接委托"


class PurchaseState(models.TextChoices):
    NEED = "need", "需求"
    APPROVED = "approved", "已立项"
    PROCURING = "procuring", "采购中"
    SIGNED = "signed", "已签约"
    UNDERWAY = "underway", "实施中"
    MIDTERM = "midterm", "中期已评估"
    FINAL = "final", "末期已评估"
    COMPLETED = "completed", "已结项"
    DISCLOSED = "disclosed", "已公示"
    DROPPED = "dropped", "未实施"
    TERMINATED = "terminated", "已解除合同"


class ReportState(models.TextChoices):
    DRAFTED = "drafted", "草稿"
    SUBMITTED = "submitted", "待审核"
    ACCEPTED = "accepted", "已审核"


class DeliverableState(models.TextChoices):
    PROMISED = "promised", "待提交"
    SUBMITTED = "submitted", "待验收"
    ACCEPTED = "accepted", "已验收"


_S = PurchaseState
UNSIGNED = (_S.NEED, _S.APPROVED, _S.PROCURING, _S.DROPPED)
CONTRACT = ("provider", "contract_amount", "starts_on", "ends_on")
PURCHASE = Lifecycle(
    "purchase", PurchaseState,
    Move(
        "approve", "立项", (_S.NEED,), _S.APPROVED,
        action="decide", by_another=True, fields=("budget", "explanation"),
        optional=("explanation",), dated=("approved_on",),
    ),
    Move(
        "refuse", "不予立项", (_S.NEED,), _S.DROPPED,
        action="decide", by_another=True, reason=True,
    ),
    Move(
        "procure", "开始采购", (_S.APPROVED,), _S.PROCURING,
        fields=("procurement",), dated=("procured_on",),
    ),
    Move(
        "fail", "采购失败，重新采购", (_S.PROCURING,), _S.APPROVED,
        reason=True, blanks=("procured_on", "procurement"),
    ),
    Move("drop", "终止采购", (_S.APPROVED, _S.PROCURING), _S.DROPPED, action="decide", reason=True),
    Move(
        "sign", "签约", (_S.PROCURING,), _S.SIGNED,
        fields=(*CONTRACT, "plan", "explanation"), optional=("explanation",),
        dated=("signed_on",),
    ),
    Move("start", "开始实施", (_S.SIGNED,), _S.UNDERWAY),
    Move("pass_midterm", "中期评估完成", (_S.UNDERWAY,), _S.MIDTERM),
    Move("pass_final", "末期评估完成", (_S.MIDTERM,), _S.FINAL),
    Move(
        "complete", "结项", (_S.FINAL,), _S.COMPLETED,
        action="decide", by_another=True, fields=("result",), dated=("completed_on",),
    ),
    Move("disclose", "公示", (_S.COMPLETED,), _S.DISCLOSED, dated=("disclosed_on",)),
    Move(
        "terminate", "解除合同", (_S.SIGNED, _S.UNDERWAY, _S.MIDTERM), _S.TERMINATED,
        action="decide", reason=True, dated=("terminated_on",),
    ),
    amend(
        "补充协议", (_S.SIGNED, _S.UNDERWAY, _S.MIDTERM), "contract_amount", "ends_on", "plan",
        "explanation", action="decide", by_another=True, proposed_by="purchase",
    ),
    action="purchase", closed=(_S.DISCLOSED, _S.DROPPED, _S.TERMINATED),
    good=(_S.COMPLETED, _S.DISCLOSED),
    bad=(_S.DROPPED, _S.TERMINATED),
)  # fmt: skip

_P = ReportState
REPORT = Lifecycle(
    "project_report", ReportState,
    Move(
        "submit", "提交", (_P.DRAFTED,), _P.SUBMITTED, action="submit", dated=("submitted_on",),
    ),
    Move(
        "accept", "审核通过", (_P.SUBMITTED,), _P.ACCEPTED,
        action="review", by_another=True, dated=("accepted_on",),
    ),
    Move(
        "send_back", "退回修改", (_P.SUBMITTED,), _P.DRAFTED,
        action="review", reason=True, blanks=("submitted_on",),
    ),
    closed=(_P.ACCEPTED,), good=(_P.ACCEPTED,),
)  # fmt: skip

_D = DeliverableState
DELIVERABLE = Lifecycle(
    "deliverable", DeliverableState,
    Move(
        "submit", "提交", (_D.PROMISED,), _D.SUBMITTED,
        action="submit", fields=("content",), dated=("submitted_on",),
    ),
    Move(
        "accept", "验收通过", (_D.SUBMITTED,), _D.ACCEPTED,
        action="accept", by_another=True, dated=("accepted_on",),
    ),
    Move(
        "send_back", "退回补充", (_D.SUBMITTED,), _D.PROMISED,
        action="accept", reason=True, blanks=("submitted_on",),
    ),
    closed=(_D.ACCEPTED,), good=(_D.ACCEPTED,),
)  # fmt: skip
