"""What steps of training plans and courses check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import Course, TrainingPlan
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import before


@before(TrainingPlan, "finish")
def account_for_each_session(plan: TrainingPlan, by: Any, on: datetime.date) -> None:
    """Refuse while a planned session has neither a course nor a reason why there was none."""
    left = list(plan.sessions.unsettled().values_list("name", flat=True))
    if left:
        raise ValidationError(
            f"还有{len(left)}场没有登记实施的培训，也没有写明未实施的原因：{'、'.join(left)}。"
        )


@before(Course, "begin")
def begin_when_it_starts(course: Course, by: Any, on: datetime.date) -> None:
    """Refuse a day before the course starts."""
    if on < course.starts_on:
        raise ValidationError(f"开始日期是{date(course.starts_on)}，还不能开班。")


@before(Course, "end")
def end_when_it_is_over(course: Course, by: Any, on: datetime.date) -> None:
    """Refuse a day before the course ends."""
    if on < course.ends_on:
        raise ValidationError(f"结束日期是{date(course.ends_on)}，还没有结束。")


@before(Course, "publish")
def publish_complete_results(course: Course, by: Any, on: datetime.date) -> None:
    """Refuse while attendance, or a score of a contest, is missing."""
    enrolled = course.enrolments.all()
    unknown = enrolled.filter(attendance="").count()
    if not enrolled.exists():
        raise ValidationError("还没有人参训，没有成绩可公布。")
    if unknown:
        raise ValidationError(f"还有{unknown}人没有登记出勤，登记后才能公布成绩。")
    unscored = enrolled.filter(attendance="present", score__isnull=True).count()
    if course.is_contest and unscored:
        raise ValidationError(f"还有{unscored}人没有成绩，登记后才能公布。")
