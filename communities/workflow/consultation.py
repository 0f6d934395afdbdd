"""What else happens when a mediation case or a meeting moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import DeliberationMeeting, MediationCase
from communities.models.mediation import last_day_to_confirm
from suzhou_portal.lifecycle.moves import before


@before(MediationCase, "accept")
def _has_a_mediator(case: MediationCase, by: Any, on: datetime.date) -> None:
    if not case.mediators.exists():
        raise ValidationError("请先在案件中指定调解员，再受理。")


@before(MediationCase, "agree")
def _can_be_confirmed_until(case: MediationCase, by: Any, on: datetime.date) -> None:
    case.confirm_by = last_day_to_confirm(on)


@before(MediationCase, "resume")
def _agreement_no_longer_stands(case: MediationCase, by: Any, on: datetime.date) -> None:
    case.agreed_on = case.confirm_by = case.perform_by = None
    case.asked_court_on = case.ruled_on = None
    case.agreement_form = case.agreement = case.court = case.ruling = ""


@before(DeliberationMeeting, "postpone")
def _notice_no_longer_stands(meeting: DeliberationMeeting, by: Any, on: datetime.date) -> None:
    meeting.announced_on = None


@before(DeliberationMeeting, "perform")
def _has_tasks(meeting: DeliberationMeeting, by: Any, on: datetime.date) -> None:
    if not meeting.tasks.exists():
        raise ValidationError("请先列出落实任务：做什么、谁负责、何时完成。")


@before(DeliberationMeeting, "finish")
def _has_no_task_left(meeting: DeliberationMeeting, by: Any, on: datetime.date) -> None:
    left = meeting.tasks.unfinished().count()
    if left:
        raise ValidationError(f"还有{left}项落实任务没有完成。")
