"""M5 书记破题: the difficult problem a community's party secretary takes on in a year."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from communities.enums.secretary import (
    CRITERIA,
    FULL_SCORE,
    SCORES,
    SECRETARY_PROJECT,
    SecretaryProjectState,
)
from communities.models.people import Person, refuse_gone
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import (
    by_another,
    check,
    in_order,
    placed,
    unique,
    year_validators,
)
from suzhou_portal.fields import Line, PastDay, PlannedDay, Prose
from suzhou_portal.figures.dates import site_date
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.models import Staged

UNSETTLED = "内涵待区委组织部核定"
NUMERALS = "一二三四"
SCORE_RULE = f"每项标准0至{FULL_SCORE}分。"
PERCENT_RULE = "完成比例为0至100。"
REVIEWED = ("underway", "finished", "done")


class Criterion(AreaRecord):
    """One of the four criteria of 书记破题, empty until the district says what it means.

    No public source names them, so nothing is made up: the place stays, its content is editable.
    """

    shared = True

    position = models.PositiveSmallIntegerField("序号")
    title = Line("名称", max_length=60, blank=True)
    meaning = Prose("内涵", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "书记破题四项标准"
        ordering = ["area_id", "position"]
        constraints = [
            unique("criterion_once", "这一序号的标准已存在。", "area", "position"),
            check(
                "criterion_is_one_of_four",
                Q(position__gte=CRITERIA[0], position__lte=CRITERIA[-1]),
                "序号只能是1至4。",
            ),
            placed(
                "criterion_stands_at_district", "四项标准由区级核定：请选择区。", Level.DISTRICT
            ),
        ]

    def __str__(self):
        return f"{criterion_name(self.position)}{'：' if self.title else ''}{self.title}"

    @property
    def shown_meaning(self) -> str:
        """What it means, or who will say."""
        return self.meaning or UNSETTLED


def criterion_name(position: int) -> str:
    """The criterion by its number."""
    return f"标准{NUMERALS[position - 1] if position in CRITERIA else position}"


def score_field(position: int) -> models.PositiveSmallIntegerField:
    """The points given for one criterion."""
    return models.PositiveSmallIntegerField(
        f"{criterion_name(position)}得分",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(0, SCORE_RULE),
            MaxValueValidator(FULL_SCORE, SCORE_RULE),
        ],
        help_text=SCORE_RULE,
    )


def _all_scores(**lookup: Any) -> Q:
    [(name, value)] = lookup.items()
    return Q(**{f"{score}__{name}": value for score in SCORES})


def this_year() -> int:
    """The year it is here."""
    return timezone.localdate().year


class SecretaryProject(Staged):
    """A problem, what is done about it by whom and until when, how it was judged, what came of it."""

    year = models.PositiveSmallIntegerField("年度", default=this_year, validators=year_validators)
    title = Line("题目", max_length=60)
    problem = Prose("难题", max_length=1000, help_text="居民反映什么，为什么难。")
    measures = Prose("破题措施", max_length=2000)
    responsible = refers_to(
        Person, "责任人", "secretary_projects", help_text="一般为社区党委书记。"
    )
    planned_from = PlannedDay("计划开始")
    planned_to = PlannedDay("计划完成")
    filed_on = PastDay("立项日期", null=True, blank=True, editable=False)
    score_1 = score_field(1)
    score_2 = score_field(2)
    score_3 = score_field(3)
    score_4 = score_field(4)
    total = models.GeneratedField(
        expression=F("score_1") + F("score_2") + F("score_3") + F("score_4"),
        output_field=models.PositiveSmallIntegerField("总分"),
        db_persist=True,
        verbose_name="总分",
    )
    reviewed_by = account("评审人")
    started_on = PastDay("评审通过日期", null=True, blank=True, editable=False)
    result = Prose("成效", max_length=2000, blank=True)
    finished_on = PastDay("申请验收日期", null=True, blank=True, editable=False)
    opinion = Prose("验收意见", max_length=1000, blank=True)
    accepted_on = PastDay("验收通过日期", null=True, blank=True, editable=False)
    accepted_by = account("验收人")

    lifecycle = SECRETARY_PROJECT
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "书记破题项目"
        ordering = ["-year", "area_id", "pk"]
        constraints = [
            in_order("project_plan", "planned_from", "planned_to", "计划完成不能早于计划开始。"),
            in_order("project_started", "filed_on", "started_on", "评审日期不能早于立项日期。"),
            in_order(
                "project_finished",
                "started_on",
                "finished_on",
                "申请验收日期不能早于评审通过日期。",
            ),
            in_order(
                "project_accepted", "finished_on", "accepted_on", "验收日期不能早于申请验收日期。"
            ),
            unique(
                "project_one_a_year",
                "该社区这一年度已有书记破题项目，一年只破一题。",
                "area",
                "year",
            ),
            placed(
                "project_stands_at_community", "书记破题项目属于社区：请选择社区。", Level.COMMUNITY
            ),
            check(
                "project_scores_in_range",
                _all_scores(isnull=True) | _all_scores(range=(0, FULL_SCORE)),
                SCORE_RULE,
            ),
            check(
                "project_reviewed_with_all_scores",
                Q(state__in=REVIEWED, started_on__isnull=False) & _all_scores(isnull=False)
                | ~Q(state__in=REVIEWED) & Q(started_on__isnull=True) & _all_scores(isnull=True),
                "四项标准都打分后才能评审通过。",
            ),
            by_another(
                "project_reviewed_by_another",
                "reviewed_by",
                "entered_by",
                "不能评审自己录入的项目。",
            ),
            check(
                "project_accepted_with_result",
                Q(state="done", accepted_on__isnull=False) & ~Q(result="")
                | ~Q(state="done") & Q(accepted_on__isnull=True),
                "验收通过须有成效和验收日期。",
            ),
        ]

    def clean(self):
        """Whoever answers for it is still in office when it begins."""
        super().clean()
        if self.planned_from:
            refuse_gone(self, "responsible", self.planned_from)

    def refusals(self, name, found):
        """The same, of those among whom one is chosen."""
        refused = super().refusals(name, found)
        if name == "responsible":
            refused |= Person.objects.why_gone(found, self.planned_from or site_date())
        return refused

    def labels(self) -> dict[str, str]:
        """How a form names the scores: by the criteria as the district has settled them."""
        criteria = Criterion.objects.covering(self.area_id) if self.area_id else ()
        return {
            f"score_{one.position}": f"{one}{'' if one.title else f'（{UNSETTLED}）'}"
            for one in criteria
        }

    @property
    def scores(self) -> str:
        """The points of each criterion, as one line."""
        if self.score_1 is None:
            return ""
        points = [f"{criterion_name(n)}{getattr(self, f'score_{n}')}分" for n in CRITERIA]
        return f"{'、'.join(points)}，合计{self.total}分"


class ProjectProgress(AreaRecord):
    """What was done about a problem by a day, and how much of it by estimate."""

    stands_with = "project"
    written_while = (SecretaryProjectState.UNDERWAY,)

    project = refers_to(SecretaryProject, "书记破题项目", "progress", on_delete=models.CASCADE)
    reported_on = PastDay("日期", default=timezone.localdate)
    done = Prose("进展", max_length=2000)
    percent = models.PositiveSmallIntegerField(
        "完成（%）",
        null=True,
        blank=True,
        validators=[MaxValueValidator(100, PERCENT_RULE)],
        help_text="估计不出的留空。",
    )
    named_with: ClassVar = ("project",)

    class Meta:
        verbose_name = verbose_name_plural = "破题进展"
        ordering = ["project_id", "reported_on", "pk"]
        constraints = [
            check("progress_percent", Q(percent__isnull=True) | Q(percent__lte=100), PERCENT_RULE)
        ]

    def __str__(self):
        return f"{self.project} {self.reported_on}"

    def clean(self):
        """Work begins once the project has passed its review."""
        super().clean()
        begun = self.above.started_on if self.above else None
        if begun and self.reported_on and self.reported_on < begun:
            raise ValidationError({"reported_on": f"日期不能早于评审通过日期（{date(begun)}）。"})
