"""Figures of M16 政府购买服务 and M17 第三方督导评估 beside those that are published."""

from organizations.enums.supervision import EvaluationGrade
from organizations.models import (
    Evaluation,
    Payment,
    PurchasedProject,
    Rectification,
    SupervisionVisit,
)
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_EVALUATION = ("area", "project", "evaluator", "kind", "grade", "evaluated_on")
_RECTIFICATION = ("area", "evaluation.project", "problem", "due_on", "confirmed_on")
_GOOD = (EvaluationGrade.EXCELLENT, EvaluationGrade.GOOD)

figures.add(Figure(
    key="purchase_payments", label="购买服务付款（按付款日期）", unit="元",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, measure=SumOf("amount"),
    records_as_of=lambda day: Payment.objects.unreversed(day, "paid_on"),
    columns=("area", "project", Column("金额（元）", "amount"), "paid_on"),
    definition="截至日政府购买服务已付的各笔款项之和，按付款日期计；冲正的自冲正之日起不计。",
))  # fmt: skip

figures.add(Figure(
    key="purchase_payment_progress", label="购买服务付款进度", unit="%",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("purchase_payments", "purchased_funds"), nothing=State.UNKNOWN,
    definition="购买服务付款（按付款日期）÷ 购买社工服务投入资金。",
))  # fmt: skip

figures.add(Figure(
    key="purchases_completed", label="结项的购买服务项目", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: PurchasedProject.objects.until(day, "completed_on"),
    columns=("area", "name", "provider", "completed_on"),
    definition="截至日整改和成果验收全部完成、已经结项的政府购买服务项目数。",
))  # fmt: skip

figures.add(Figure(
    key="evaluations_made", label="第三方评估", unit="次",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Evaluation.objects.until(day, "evaluated_on"),
    columns=_EVALUATION,
    definition="截至日累计作出的第三方评估次数，中期、末期分别计次。",
))  # fmt: skip

figures.add(Figure(
    key="good_evaluations", label="优良的第三方评估", unit="次",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Evaluation.objects.until(day, "evaluated_on").filter(grade__in=_GOOD),
    columns=_EVALUATION,
    definition="第三方评估中，截至日评为优秀和良好的次数。",
))  # fmt: skip

figures.add(Figure(
    key="good_evaluation_share", label="第三方评估优良率", unit="%",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("good_evaluations", "evaluations_made"), nothing=State.UNKNOWN,
    definition="优良的第三方评估 ÷ 第三方评估。",
))  # fmt: skip

figures.add(Figure(
    key="supervision_visits", label="第三方督导走访", unit="次",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: SupervisionVisit.objects.until(day, "visited_on"),
    columns=("area", "evaluation.project", "evaluator", "visited_on"),
    definition="截至日累计由承接组织以外的机构到购买服务项目现场督导的次数。",
))  # fmt: skip

figures.add(Figure(
    key="rectifications", label="督导评估提出的整改", unit="项",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Rectification.objects.until(day, "demanded_on"),
    columns=_RECTIFICATION,
    definition="截至日累计由督导和评估提出、要求承接组织限期整改的问题数。",
))  # fmt: skip

figures.add(Figure(
    key="rectifications_done", label="完成的整改", unit="项",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Rectification.objects.until(day, "confirmed_on"),
    columns=_RECTIFICATION,
    definition="督导评估提出的整改中，截至日复核通过的项数。",
))  # fmt: skip

figures.add(Figure(
    key="rectification_rate", label="整改完成率", unit="%",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("rectifications_done", "rectifications"), nothing=State.UNKNOWN,
    definition="完成的整改 ÷ 督导评估提出的整改。",
))  # fmt: skip
