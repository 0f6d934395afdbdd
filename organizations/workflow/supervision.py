"""What steps of evaluations and of things to put right check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums.supervision import THRESHOLDS, EvaluationGrade, EvaluationKind
from organizations.models import Evaluation, EvaluationStandard, Rectification
from organizations.models.scoring import total_of
from organizations.third_parties import refusal, sides_of
from suzhou_portal.accounts.roles import Role
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import before


@before(Evaluation, "submit")
@before(Rectification, "confirm", "send_back")
def evaluate_as_a_third_party(record: Any, by: Any, on: datetime.date) -> None:
    """Refuse whoever also works for the purchaser or the provider, by whatever other role."""
    if by and (side := sides_of(by, record, Role.EVALUATOR)):
        raise ValidationError(f"由他人办理：您同时以“{side}”的身份参与这个项目，不是第三方。")


@before(Rectification, "report")
def rectify_as_the_provider(record: Rectification, by: Any, on: datetime.date) -> None:
    """Refuse whoever also reviews it, or works for the purchaser."""
    if by and (side := sides_of(by, record, Role.ORGANIZATION)):
        raise ValidationError(f"由他人办理：您同时以“{side}”的身份参与这个项目，不是承接组织。")


@before(Evaluation, "submit")
def grade_by_the_sheet(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    """Fill in total and grade from the sheet. Refuse a blank line, or an evaluator who is no third party
    any more.
    """
    evaluation.total = total_of(evaluation.scores.all())
    if evaluation.total is None:
        raise ValidationError("评分表还没有填完，请先打开“评分表”逐项评分。")
    standard = evaluation.standard or EvaluationStandard(**THRESHOLDS)
    evaluation.grade = standard.grade_of(evaluation.total)
    if problem := refusal(evaluation.evaluator, evaluation.project, on):
        raise ValidationError(problem)


@before(Evaluation, "submit")
def evaluate_after_signing(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    """Refuse a day before the contract was signed."""
    signed_on = evaluation.project.signed_on
    if signed_on and on < signed_on:
        raise ValidationError({"evaluated_on": "评估日期不能早于签约日期。"})


@before(Evaluation, "submit")
def evaluate_in_order(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    """Refuse a final evaluation before the midterm one, and the other way round."""
    others = evaluation.project.evaluations.exclude(pk=evaluation.pk)
    if evaluation.kind == EvaluationKind.FINAL:
        wrong = others.filter(kind=EvaluationKind.MIDTERM, evaluated_on__gt=on).first()
    else:
        wrong = others.filter(kind=EvaluationKind.FINAL, evaluated_on__lt=on).first()
    if wrong:
        said = f"{wrong.get_kind_display()}的日期是{date(wrong.evaluated_on)}"
        raise ValidationError({"taken_on": f"{said}，末期评估不能早于中期评估。"})


@before(Evaluation, "settle")
def demand_where_it_failed(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    """Refuse a failing grade with nothing to put right."""
    if evaluation.grade == EvaluationGrade.FAIL and not evaluation.rectifications.exists():
        raise ValidationError("评为不合格的，须先提出整改要求和期限，再确认结果。")


@before(Rectification, "send_back")
def give_more_time(rectification: Rectification, by: Any, on: datetime.date) -> None:
    """Refuse a deadline that is over."""
    if rectification.due_on and rectification.due_on < on:
        raise ValidationError({"due_on": "新的整改期限不能早于今天办理的日期。"})
