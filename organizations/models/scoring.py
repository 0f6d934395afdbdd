"""M17: by which criteria projects are scored, from how many points on each grade is given, and the sheets."""

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from organizations.enums.supervision import CRITERIA, FULL, THRESHOLDS, EvaluationGrade
from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, placed, unique
from suzhou_portal.fields import Line, Name, PlannedDay

POINTS = (MinValueValidator(1, "至少1分。"), MaxValueValidator(FULL, "满分100分。"))


class EvaluationStandardQuerySet(AreaRecordQuerySet):
    def for_project(self, area: str, day: datetime.date) -> "EvaluationStandard":
        """The district's standard on a day, with criteria; the portal's default where there is none."""
        ready = self.covering(area).until(day, "started_on").filter(criteria__isnull=False)
        found = ready.order_by("-area", "-started_on", "-pk").first()
        return found or EvaluationStandard(**THRESHOLDS)


class EvaluationStandard(AreaRecord):
    """From how many of 100 points on a grade is given; valid from a day, until a later one is.

    The criteria stand below it. Evaluations keep the standard under which they were asked for.
    """

    shared = True

    name = Name("名称", max_length=60)
    started_on = PlannedDay("施行日期")
    excellent_from = models.PositiveSmallIntegerField(
        "优秀（分以上）", default=THRESHOLDS["excellent_from"], validators=POINTS
    )
    good_from = models.PositiveSmallIntegerField(
        "良好（分以上）", default=THRESHOLDS["good_from"], validators=POINTS
    )
    pass_from = models.PositiveSmallIntegerField(
        "合格（分以上）", default=THRESHOLDS["pass_from"], validators=POINTS
    )

    objects: ClassVar = EvaluationStandardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评估标准"
        ordering = ["area_id", "-started_on", "-pk"]
        constraints = [
            placed(
                "evaluation_standard_at_district", "评估标准由区级制定：请选择区。", Level.DISTRICT
            ),
            check(
                "evaluation_standard_in_order",
                Q(pass_from__gte=1, good_from__gt=F("pass_from"))
                & Q(excellent_from__gt=F("good_from"), excellent_from__lte=FULL),
                "各等次的分数线应依次为合格、良好、优秀，由低到高，不超过100分。",
                at="excellent_from",
            ),
            unique(
                "evaluation_standard_once_a_day", "这一天施行的评估标准已有。", "area", "started_on"
            ),
        ]

    def grade_of(self, total: Decimal) -> EvaluationGrade:
        """The grade that so many of 100 points earn."""
        if total >= self.excellent_from:
            return EvaluationGrade.EXCELLENT
        if total >= self.good_from:
            return EvaluationGrade.GOOD
        return EvaluationGrade.PASS if total >= self.pass_from else EvaluationGrade.FAIL

    @property
    def told(self) -> str:
        """Whose it is, and from how many points on each grade is given."""
        whose = self.name or "区级尚未制定评估标准，按系统默认"
        lines = f"优秀{self.excellent_from}分、良好{self.good_from}分、合格{self.pass_from}分以上"
        return f"{whose}：{lines}"

    def asked(self) -> Iterable[tuple[str, int]]:
        """Name and weight of each criterion."""
        return self.criteria.values_list("name", "weight") if self.pk else CRITERIA

    @property
    def whole(self) -> str:
        """The weights together, and that they should be 100."""
        total = self.criteria.aggregate(total=models.Sum("weight"))["total"] or 0
        return f"{total}分" if total == FULL else f"{total}分，应为100分：总分按比例折算为百分制"


class EvaluationCriterion(AreaRecord):
    """One thing a project is scored on, with the points it may get."""

    stands_with = "standard"

    standard = refers_to(EvaluationStandard, "评估标准", "criteria", on_delete=models.CASCADE)
    name = Name("指标", max_length=60)
    weight = models.PositiveSmallIntegerField("分值", validators=POINTS)

    class Meta:
        verbose_name = verbose_name_plural = "评估指标"
        ordering = ["pk"]
        constraints = [
            check(
                "evaluation_criterion_weight",
                Q(weight__gte=1, weight__lte=FULL),
                "分值为1至100分。",
            ),
            unique(
                "evaluation_criterion_once", "这项标准已有同名指标。", "standard", "name", at="name"
            ),
        ]


class EvaluationScore(AreaRecord):
    """One line of an evaluation's sheet: a criterion as it was when the evaluation was asked for, and
    the points given. Filled in while the evaluation is being made, and never afterwards.
    """

    stands_with = "evaluation"

    evaluation = refers_to(
        "organizations.Evaluation",
        "委托的评估",
        "scores",
        on_delete=models.CASCADE,
        editable=False,
    )
    name = Name("指标", max_length=60, editable=False)
    weight = models.PositiveSmallIntegerField("分值", editable=False)
    points = models.DecimalField("得分", max_digits=4, decimal_places=1, null=True, blank=True)
    remark = Line("扣分说明", max_length=200, blank=True, help_text="得分不满分值的必填。")

    owned_by: ClassVar = {
        "organization": "evaluation__provider_id",
        "evaluator": "evaluation__evaluator_id",
    }

    class Meta:
        verbose_name = verbose_name_plural = "评估评分"
        ordering = ["pk"]
        constraints = [
            check(
                "evaluation_score_within_weight",
                Q(points__isnull=True) | Q(points__gte=0, points__lte=F("weight")),
                "得分不能小于0，也不能超过这项指标的分值。",
                at="points",
            ),
            check(
                "evaluation_score_says_why",
                Q(points__isnull=True) | Q(points__gte=F("weight")) | ~Q(remark=""),
                "得分不满分值，请写明扣分的理由。",
                at="remark",
            ),
            unique("evaluation_score_once", "这项指标已在评分表中。", "evaluation", "name"),
        ]

    @property
    def weight_text(self) -> str:
        """The points it may get, for the sheet."""
        return formats.number(self.weight)

    def clean(self):
        """Nobody scores what was submitted."""
        same = {"pk": self.pk, "points": self.points, "remark": self.remark}
        if not self.evaluation_id or self.evaluation.state == "assigned":
            return
        if not type(self).objects.filter(**same).exists():
            raise ValidationError("评估已经提交，评分不能再改；须先由区级退回重评。")


def begin_sheet(evaluation: Any) -> list[EvaluationScore]:
    """The blank lines of an evaluation's sheet, not stored yet."""
    standard = evaluation.standard or EvaluationStandard(**THRESHOLDS)
    return [
        EvaluationScore(
            evaluation=evaluation, area_id=evaluation.area_id, name=name, weight=weight,
            is_demo=evaluation.is_demo,
        )
        for name, weight in standard.asked()
    ]  # fmt: skip


def total_of(scores: Iterable[EvaluationScore]) -> Decimal | None:
    """The points of a sheet as of 100, to one decimal; None while a line is blank."""
    lines = list(scores)
    points = [one.points for one in lines if one.points is not None]
    if not lines or len(points) < len(lines):
        return None
    whole = sum(one.weight for one in lines)
    return (sum(points, Decimal(0)) * FULL / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
