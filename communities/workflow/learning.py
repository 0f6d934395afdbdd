"""What steps of training plans and courses check besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.enums.learning import Award
from communities.models import Course, Enrolment, TrainingPlan
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import after, before


@before(TrainingPlan, "finish")
def account_for_each_session(plan: TrainingPlan, by: Any, on: datetime.date) -> None:
    """Refuse while a planned session has neither taken place nor a reason why there was none."""
    left = list(plan.sessions.unfinished().values_list("name", flat=True))
    if left:
        raise ValidationError(
            f"还有{len(left)}场没有办完，也没有写明未实施的原因：{'、'.join(left)}。"
            "请先登记实施的培训并办到结束，或写明未实施的原因。"
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
    """Refuse while attendance, or a score of a contest, is missing; else give contestants their places."""
    enrolled = course.enrolments.all()
    unknown = enrolled.filter(attendance="").count()
    if not enrolled.exists():
        raise ValidationError("还没有人参训，没有成绩可公布。")
    if unknown:
        raise ValidationError(f"还有{unknown}人没有登记出勤，登记后才能公布成绩。")
    unscored = enrolled.filter(attendance="present", score__isnull=True).count()
    if course.is_contest and unscored:
        raise ValidationError(f"还有{unscored}人没有成绩，登记后才能公布。")
    if course.is_contest:
        _rank(enrolled.filter(score__isnull=False))


def _rank(scored: Any) -> None:
    """Places follow from points: as many as did better stand before, so that equals share one.

    Refuses an award above that of somebody who did better.
    """
    awards = [*Award, ""]
    ranked = list(scored.select_related("person").order_by("-score", "pk"))
    points = [one.score for one in ranked]
    for one in ranked:
        one.place = points.index(one.score) + 1
        if any(
            awards.index(one.award) < awards.index(better.award)
            for better in ranked[: one.place - 1]
        ):
            raise ValidationError(
                f"{one.person}第{one.place}名，奖项高于名次在前的人，请核对奖项。"
            )
    Enrolment.objects.bulk_update(ranked, ["place"])


@after(Course, "withdraw")
def take_places_back(course: Course, by: Any, on: datetime.date) -> None:
    """Empty the places, which follow anew once results are published again."""
    course.enrolments.update(place=None)
