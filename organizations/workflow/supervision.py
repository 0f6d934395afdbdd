"""What else happens when an evaluation, or something to put right, moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from organizations.enums import EvaluationGrade
from organizations.models import Evaluation, Rectification
from suzhou_portal.lifecycle.moves import before


@before(Evaluation, "submit")
def _after_signing(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    signed_on = evaluation.project.signed_on
    if signed_on and on < signed_on:
        raise ValidationError({"evaluated_on": "评估日期不能早于签约日期。"})


@before(Evaluation, "settle")
def _failing_asks_for_more(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    if evaluation.grade == EvaluationGrade.FAIL and not evaluation.rectifications.exists():
        raise ValidationError("评为不合格的，须先提出整改要求和期限，再确认结果。")


@before(Evaluation, "send_back")
def _not_made_yet(evaluation: Evaluation, by: Any, on: datetime.date) -> None:
    evaluation.evaluated_on = None
    evaluation.grade = ""


@before(Rectification, "send_back")
def _not_reported_yet(rectification: Rectification, by: Any, on: datetime.date) -> None:
    if rectification.due_on and rectification.due_on < on:
        raise ValidationError({"due_on": "新的整改期限不能早于今天办理的日期。"})
    rectification.reported_on = None
