"""What steps of evaluations and of things to put right check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums.supervision import EvaluationGrade
from organizations.models import Evaluation, Rectification
from suzhou_portal.lifecycle.moves import before


@before(Evaluation, "submit")
def evaluate_after_signing(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    """Refuse a day before the contract was signed."""
    signed_on = evaluation.project.signed_on
    if signed_on and on < signed_on:
        raise ValidationError({"evaluated_on": "评估日期不能早于签约日期。"})


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
