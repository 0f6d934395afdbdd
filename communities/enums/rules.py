"""The words of written rules and emergency plans, both kept in versions."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move


class RuleState(models.TextChoices):
    DRAFT = "draft", "草案"
    PUBLIC = "public", "公示"
    IN_FORCE = "in_force", "施行"
    REPEALED = "repealed", "废止"


class PlanKind(models.TextChoices):
    """The four kinds of emergency. Source: 突发事件应对法 article 2."""

    NATURAL = "natural", "自然灾害"
    ACCIDENT = "accident", "事故灾难"
    HEALTH = "health", "公共卫生事件"
    SECURITY = "security", "社会安全事件"


class ResponseLevel(models.TextChoices):
    """The levels of response, from the most serious down."""

    ONE = "1", "Ⅰ级"
    TWO = "2", "Ⅱ级"
    THREE = "3", "Ⅲ级"
    FOUR = "4", "Ⅳ级"


class EmergencyPlanState(models.TextChoices):
    DRAFTING = "drafting", "编制中"
    IN_REVIEW = "in_review", "待审核"
    IN_EFFECT = "in_effect", "生效"
    REVISING = "revising", "修订中"
    REPEALED = "repealed", "废止"


_R, _P = RuleState, EmergencyPlanState
_CONTACTS = ("contacts", "预案还没有联络岗位，请先登记各岗位的姓名和电话。")
RULE_VERSION = Lifecycle(
    "rule_version", RuleState,
    Move("publish", "公示", (_R.DRAFT,), _R.PUBLIC, dated=("published_on",)),
    Move(
        "rewrite", "退回修改", (_R.PUBLIC,), _R.DRAFT,
        reason=True, blanks=("published_on", "adopted_on"),
    ),
    Move(
        "enforce", "施行", (_R.PUBLIC,), _R.IN_FORCE,
        action="decide", by_another=True, fields=("adopted_on",), dated=("in_force_from",),
    ),
    Move(
        "repeal", "废止", (_R.IN_FORCE,), _R.REPEALED,
        action="decide", reason=True, dated=("repealed_on",),
    ),
    closed=(_R.IN_FORCE, _R.REPEALED), good=(_R.IN_FORCE,),
)  # fmt: skip
EMERGENCY_PLAN = Lifecycle(
    "emergency_plan", EmergencyPlanState,
    Move("submit", "提交审核", (_P.DRAFTING,), _P.IN_REVIEW, needs=_CONTACTS),
    Move("send_back", "退回修改", (_P.IN_REVIEW,), _P.DRAFTING, action="review", reason=True),
    Move(
        "approve", "审核通过", (_P.IN_REVIEW,), _P.IN_EFFECT,
        action="review", by_another=True, dated=("effective_on", "assessed_on"), needs=_CONTACTS,
        follows="原来生效的预案同时废止。", binding=True,
    ),
    Move(
        "assess", "年度评估", (_P.IN_EFFECT,), _P.IN_EFFECT,
        fields=("assessment",), dated=("assessed_on",),
    ),
    Move("revise", "启动修订", (_P.IN_EFFECT,), _P.REVISING, reason=True),
    Move(
        "repeal", "废止", (_P.IN_EFFECT, _P.REVISING), _P.REPEALED,
        action="review", reason=True, dated=("repealed_on",),
    ),
    closed=(_P.REPEALED,), good=(_P.IN_EFFECT,),
)  # fmt: skip
