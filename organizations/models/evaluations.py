"""M17 第三方评估: what is asked of a third party about a purchased project, and what it found."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from organizations.enums.supervision import (
    EVALUATION,
    THRESHOLDS,
    EvaluationGrade,
    EvaluationKind,
)
from organizations.models.projects import PurchasedProject
from organizations.models.register import SocialOrganization
from organizations.models.scoring import EvaluationScore, EvaluationStandard, begin_sheet
from organizations.third_parties import OFFERED, PROVIDER, REGISTERED, account_note, refusal
from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, together
from suzhou_portal.fields import PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import MERGED, Staged, StagedQuerySet

GRADED_RULE = "提交评估须有评估日期和等次；只是委托的，两项都不填。"
BEGUN = "这家机构已经开始评估，不能更换；请撤销委托，再委托另一家。"
ASKED = ("assigned", "revoked")


class EvaluationQuerySet(StagedQuerySet):
    def without_account(self, day: datetime.date):
        """Asked for, of a third party for whom nobody can sign in on that day."""
        held = Assignment.objects.in_force(day).filter(role=Role.EVALUATOR, user__is_active=True)
        able = held.filter(organization=OuterRef("evaluator"))
        return self.in_state("assigned").exclude(Exists(able))

    def doubtful(self):
        """Not settled yet, by somebody who is on no register of legal persons, or off it."""
        asked = self.in_state("assigned", "evaluated")
        return asked.exclude(evaluator__in=SocialOrganization.objects.filter(REGISTERED))


class Evaluation(Staged):
    """A third party's evaluation of a purchased project, from the day it is asked for.

    The district asks for it; only the evaluator fills it in, and the grade follows from the sheet. The
    provider is repeated here so that the database itself can refuse an evaluator who is the provider: a
    composite foreign key keeps it the project's own.
    """

    lifecycle = EVALUATION
    derived = ("provider",)
    stands_with = "project"

    project = refers_to(PurchasedProject, "项目", "evaluations", on_delete=models.CASCADE)
    provider = refers_to(SocialOrganization, "承接组织", "+", editable=False)
    evaluator = refers_to(SocialOrganization, "评估机构", "evaluations_made", help_text=OFFERED)
    kind = models.CharField(
        "类别", max_length=10, choices=EvaluationKind.choices, default=EvaluationKind.FINAL
    )
    due_on = PlannedDay("完成期限", null=True, blank=True)
    standard = refers_to(
        EvaluationStandard, "评估标准", "evaluations", optional=True, editable=False
    )
    total = models.DecimalField(
        "总分（百分制）", max_digits=4, decimal_places=1, null=True, editable=False
    )
    evaluated_on = PastDay("评估日期", null=True, blank=True, editable=False)
    grade = models.CharField(
        "等次", max_length=10, choices=EvaluationGrade.choices, blank=True, editable=False
    )
    summary = Prose("评估意见", blank=True)

    objects: ClassVar = EvaluationQuerySet.as_manager()
    owned_by: ClassVar = {
        "organization": "provider_id",
        "evaluator": "evaluator_id",
    }
    named_with: ClassVar = ("project",)
    offered: ClassVar = {"evaluator": REGISTERED}
    offered_because: ClassVar = {"evaluator": "没有在民政部门登记，不能评估"}

    class Meta:
        verbose_name = verbose_name_plural = "第三方评估"
        ordering = ["area_id", "-evaluated_on", "pk"]
        constraints = [
            check("evaluation_by_third_party", ~Q(evaluator=F("provider")), PROVIDER),
            check(
                "evaluation_made_has_grade",
                Q(state__in=ASKED, evaluated_on__isnull=True, grade="", total__isnull=True)
                | ~Q(state__in=ASKED) & Q(evaluated_on__isnull=False) & ~Q(grade=""),
                GRADED_RULE,
            ),
            together("evaluation_and_its_parties", "provider", "evaluator"),
        ]

    def __str__(self):
        return f"{self.project} {self.get_kind_display()}"

    @property
    def account_text(self) -> str:
        """Whether the evaluator has an account, without which nobody can fill this in."""
        return account_note(self.evaluator, Role.EVALUATOR, timezone.localdate())

    @property
    def lines_text(self) -> str:
        """From how many points on each grade is given here, and who says so."""
        return (self.standard or EvaluationStandard(**THRESHOLDS)).told

    def clean(self):
        """The evaluator is a third party, said at the field."""
        if self.project_id:  # else it is entered together with its project
            self.require_third_party(self.project)

    def require_third_party(self, project: PurchasedProject) -> None:
        """The project is signed, and the evaluator independent of it; one that began stays.

        Raises ValidationError.
        """
        if not project.is_signed:
            raise ValidationError("项目签约以后才能委托评估。")
        if self.state != "assigned" or not self.evaluator_id:
            return
        if problem := refusal(self.evaluator, project, timezone.localdate()):
            raise ValidationError({"evaluator": problem})
        if not self._state.adding and self._begun_by_another():
            raise ValidationError({"evaluator": BEGUN})

    def _begun_by_another(self) -> bool:
        stored = type(self).objects.filter(pk=self.pk).exclude(evaluator=self.evaluator_id)
        begun = Q(visits__isnull=False) | Q(scores__points__isnull=False)
        return stored.exists() and (
            stored.filter(begun | Q(rectifications__isnull=False)).exists()
            or self.steps().exclude(verb=MERGED).exists()
        )

    def save(self, *args, **kwargs):
        """The provider is the project's; what is asked for gets its sheet, by the standard of the day."""
        self.provider_id = self.project.provider_id  # type: ignore[assignment]
        begins = self._state.adding and self.state == "assigned"
        if begins:
            self.take_standard()
        super().save(*args, **kwargs)
        if begins:
            EvaluationScore.objects.bulk_create(begin_sheet(self))

    def take_standard(self) -> None:
        """Take the standard in force where the project stands; none where the district has set none."""
        found = EvaluationStandard.objects.for_project(self.project.area_id, timezone.localdate())
        self.standard = found if found.pk else None
