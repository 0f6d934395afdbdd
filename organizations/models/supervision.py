"""M17 第三方督导: visits during an evaluation, and what they ask to be put right by a day."""

from typing import ClassVar

from django.db.models import F, Q
from django.utils import timezone

from organizations.enums.supervision import RECTIFICATION, EvaluationState
from organizations.models.evaluations import Evaluation
from organizations.models.register import SocialOrganization
from organizations.third_parties import PROVIDER
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order
from suzhou_portal.calendars.workdays import Deadline
from suzhou_portal.fields import Line, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged

DAYS_TO_RECTIFY = 15  # working days; the evaluator may set another day


class SupervisionVisit(AreaRecord):
    """The evaluator's visit to a project. Provider and evaluator are the evaluation's own, which a
    composite foreign key holds, so that the database refuses a provider who visits itself.
    """

    stands_with = "evaluation"
    written_while = (EvaluationState.ASSIGNED,)

    evaluation = refers_to(Evaluation, "委托的评估", "visits")
    provider = refers_to(SocialOrganization, "承接组织", "+", editable=False)
    evaluator = refers_to(SocialOrganization, "督导机构", "+", editable=False)
    visited_on = PastDay("督导日期", default=timezone.localdate)
    place = Line("地点", max_length=80, blank=True)
    findings = Prose("发现的情况", max_length=1000)
    advice = Prose("督导建议", max_length=1000, blank=True)

    owned_by: ClassVar = {"organization": "provider_id", "evaluator": "evaluation__evaluator_id"}
    named_with: ClassVar = ("evaluation",)

    class Meta:
        verbose_name = verbose_name_plural = "督导走访"
        ordering = ["-visited_on", "-pk"]
        constraints = [
            check("visit_by_third_party", ~Q(evaluator=F("provider")), PROVIDER),
        ]

    def __str__(self):
        return f"{self.evaluation.project} {self.visited_on}督导"

    def save(self, *args, **kwargs):
        """Provider and evaluator are the evaluation's."""
        self.provider_id = self.evaluation.provider_id
        self.evaluator_id = self.evaluation.evaluator_id
        super().save(*args, **kwargs)


class Rectification(Staged):
    """Something the provider is to put right by a day, counted in working days."""

    lifecycle = RECTIFICATION
    stands_with = "evaluation"

    evaluation = refers_to(Evaluation, "委托的评估", "rectifications")
    problem = Line("问题", max_length=100)
    demand = Prose("整改要求", max_length=1000)
    demanded_on = PastDay("提出日期", default=timezone.localdate)
    due_on = PlannedDay(
        "整改期限", blank=True, help_text=f"留空则为提出后第{DAYS_TO_RECTIFY}个工作日。"
    )
    result = Prose("整改情况", max_length=1000, blank=True)
    reported_on = PastDay("提交整改日期", null=True, blank=True, editable=False)
    confirmed_on = PastDay("复核通过日期", null=True, blank=True, editable=False)

    owned_by: ClassVar = {
        "organization": "evaluation__provider_id",
        "evaluator": "evaluation__evaluator_id",
    }
    called = "problem"
    deadlines: ClassVar = {"due_on": Deadline("demanded_on", DAYS_TO_RECTIFY)}

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        ordering = ["-demanded_on", "-pk"]
        constraints = [
            in_order("rectification_due", "demanded_on", "due_on", "整改期限不能早于提出日期。"),
            in_order(
                "rectification_reported", "demanded_on", "reported_on", "提交整改不能早于提出日期。"
            ),
            in_order(
                "rectification_confirmed", "reported_on", "confirmed_on", "复核不能早于提交整改。"
            ),
            check(
                "rectification_reported_with_result",
                Q(state="demanded", reported_on__isnull=True)
                | ~Q(state="demanded") & Q(reported_on__isnull=False) & ~Q(result=""),
                "提交整改须写明整改情况。",
            ),
            check(
                "rectification_confirmed_on_a_day",
                Q(state="confirmed", confirmed_on__isnull=False)
                | ~Q(state="confirmed") & Q(confirmed_on__isnull=True),
                "复核通过须有日期。",
            ),
        ]

    def save(self, *args, **kwargs):
        """The deadline, where nobody set one, counts in working days."""
        if self.due_on is None:
            self.due_on = self.deadlines["due_on"].of(self)
        super().save(*args, **kwargs)
