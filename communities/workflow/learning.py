"""What else happens when a training plan or a course moves."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import Course, TrainingPlan
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import before


@before(TrainingPlan, "submit")
def _plans_something(plan: TrainingPlan, by: Any, on: datetime.date) -> None:
    if not plan.sessions.exists():
        raise ValidationError("计划还没有场次，请先增加计划场次。")


@before(TrainingPlan, "finish")
def _every_session_settled(plan: TrainingPlan, by: Any, on: datetime.date) -> None:
    left = list(plan.sessions.unsettled().values_list("name", flat=True))
    if left:
        raise ValidationError(
            f"还有{len(left)}场没有登记实施的培训，也没有写明未实施的原因：{'、'.join(left)}。"
        )


@before(Course, "begin")
def _not_begun_early(course: Course, by: Any, on: datetime.date) -> None:
    if on < course.starts_on:
        raise ValidationError(f"开始日期是{date(course.starts_on)}，还不能开班。")


@before(Course, "end")
def _not_over_early(course: Course, by: Any, on: datetime.date) -> None:
    if on < course.ends_on:
        raise ValidationError(f"结束日期是{date(course.ends_on)}，还没有结束。")


@before(Course, "publish")
def _results_complete(course: Course, by: Any, on: datetime.date) -> None:
    enrolled = course.enrolments.all()
    unknown = enrolled.filter(attendance="").count()
    if not enrolled.exists():
        raise ValidationError("还没有人参训，没有成绩可公布。")
    if unknown:
        raise ValidationError(f"还有{unknown}人没有登记出勤，登记后才能公布成绩。")
    unscored = enrolled.filter(attendance="present", score__isnull=True).count()
    if course.is_contest and unscored:
        raise ValidationError(f"还有{unscored}人没有成绩，登记后才能公布。")


@before(Course, "withdraw")
def _no_longer_published(course: Course, by: Any, on: datetime.date) -> None:
    course.published_on = None
