"""The words of people's mediation."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class CaseOrigin(models.TextChoices):
    """How a case came. Source: 人民调解法 article 17."""

    APPLIED = "applied", "当事人申请"
    OFFERED = "offered", "主动调解"


class CaseKind(models.TextChoices):
    """What the parties disagree about."""

    NEIGHBOURS = "neighbours", "邻里纠纷"
    FAMILY = "family", "婚姻家庭纠纷"
    PROPERTY = "property", "物业纠纷"
    HOUSING = "housing", "房屋宅基地纠纷"
    CONTRACT = "contract", "合同纠纷"
    DAMAGES = "damages", "损害赔偿纠纷"
    LABOUR = "labour", "劳动争议"
    OTHER = "other", "其他纠纷"


class AgreementForm(models.TextChoices):
    """An oral agreement is as good; the mediator records it. Source: 人民调解法 article 28."""

    ORAL = "oral", "口头协议"
    WRITTEN = "written", "调解协议书"


class Ruling(models.TextChoices):
    """What the court decided about an agreement."""

    VALID = "valid", "确认有效"
    INVALID = "invalid", "驳回或确认无效"
    WITHDRAWN = "withdrawn", "当事人撤回"


class CaseState(models.TextChoices):
    APPLIED = "applied", "待受理"
    REFUSED = "refused", "不予受理"
    MEDIATING = "mediating", "调解中"
    AGREED = "agreed", "已达成协议"
    CONFIRMING = "confirming", "司法确认中"
    RULED = "ruled", "已有确认结果"
    FAILED = "failed", "未达成协议"
    ENDED = "ended", "已终止"
    FULFILLED = "fulfilled", "已履行"


_S = CaseState
_WORDS = ("agreement_form", "agreement", "court", "ruling")
MEDIATION_CASE = Lifecycle(
    "mediation_case", CaseState,
    Move(
        "accept", "受理", (_S.APPLIED,), _S.MEDIATING,
        needs=("mediators", "请先在案件中指定调解员，再受理。"), dated=("accepted_on",),
    ),
    Move("refuse", "不予受理", (_S.APPLIED,), _S.REFUSED, reason=True, dated=("ended_on",)),
    Move(
        "agree", "达成协议", (_S.MEDIATING,), _S.AGREED,
        fields=("agreement_form", "agreement", "perform_by"), optional=("perform_by",),
        sets=("confirm_by",), dated=("agreed_on",),
    ),
    Move("fail", "未达成协议", (_S.MEDIATING,), _S.FAILED, reason=True, dated=("ended_on",)),
    Move("end", "终止调解", (_S.MEDIATING,), _S.ENDED, reason=True, dated=("ended_on",)),
    Move(
        "ask_court", "申请司法确认", (_S.AGREED,), _S.CONFIRMING,
        fields=("court",), dated=("asked_court_on",),
    ),
    Move(
        "record_ruling", "登记确认结果", (_S.CONFIRMING,), _S.RULED,
        fields=("ruling",), dated=("ruled_on",),
    ),
    Move(
        "resume", "重新调解", (_S.AGREED, _S.RULED), _S.MEDIATING,
        reason=True,
        blanks=("agreed_on", "confirm_by", "perform_by", "asked_court_on", "ruled_on", *_WORDS),
    ),
    Move("fulfil", "已履行", (_S.AGREED, _S.RULED), _S.FULFILLED, dated=("ended_on",)),
    amend("更换调解员或联系方式", (_S.MEDIATING,), "mediators", "phone_a", "phone_b"),
    action="handle", begins="applied_on", closed=(_S.REFUSED, _S.FAILED, _S.ENDED, _S.FULFILLED),
    good=(_S.AGREED, _S.RULED, _S.FULFILLED),
)  # fmt: skip
