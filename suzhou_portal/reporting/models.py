"""Returns 上报, the snapshots they keep, corrections of these, and definitions in their versions."""

from contextlib import suppress
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, filled_while, in_order, unique
from suzhou_portal.fields import PastDay, Prose
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.periods import PATTERN, Period
from suzhou_portal.figures.possible import require_possible
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.reporting import duties
from suzhou_portal.reporting.disclosure import Disclosed
from suzhou_portal.reporting.enums import CORRECTION, RETURN, CorrectionState, ReturnState
from suzhou_portal.reporting.fields import PeriodField


def _amount(label: str, **options: Any) -> models.DecimalField:
    """In the figure's unit (元; a ratio as a fraction), rounded to six places; blank where unknown."""
    return models.DecimalField(
        label, max_digits=24, decimal_places=6, null=True, blank=True, **options
    )


class FigureDefinition(models.Model):
    """What a figure meant from some day on. Kept for good: see the migration."""

    figure = models.CharField("指标", max_length=40)
    version = models.PositiveIntegerField("版次")
    label = models.CharField("名称", max_length=60)
    unit = models.CharField("计量单位", max_length=20)
    kind = models.CharField("性质", max_length=12, choices=FigureKind.choices)
    measure = models.CharField("计算方式", max_length=200)
    definition = models.TextField("口径")
    period_label = models.CharField("按时期的名称", max_length=60, blank=True, default="")
    period_definition = models.TextField("按时期的口径", blank=True, default="")
    digest = models.CharField("声明摘要", max_length=64)
    valid_from = models.DateTimeField("登记时间", auto_now_add=True)
    stamped = "valid_from"

    class Meta:
        verbose_name = verbose_name_plural = "指标口径"
        ordering = ["figure", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "version"], name="definition_version_once")
        ]

    def __str__(self):
        return f"{self.label}（第{self.version}版口径）"

    @property
    def in_period(self) -> str:
        return self.period_definition or self.definition


class ReturnQuerySet(StagedQuerySet):
    def published(self):
        """The returns that are approved, which anybody may read."""
        return self.filter(state=ReturnState.APPROVED)


class Return(Staged):
    """A unit's report of its figures of a period; who entered it is `entered_by`. Its values are
    computed from records, and approving it keeps them as `Snapshot` rows.
    """

    lifecycle = RETURN

    period = PeriodField("时期", help_text="还没有结束的时期可以先填，结束后再提交。")
    explanation = Prose(
        "填报说明",
        max_length=1000,
        blank=True,
        help_text="有未知、未报的指标时，写明原因。发布后公开。",
    )
    submitted_on = PastDay("提交日期", null=True, blank=True, editable=False)
    approved_on = PastDay("发布日期", null=True, blank=True, editable=False)

    objects: ClassVar = ReturnQuerySet.as_manager()
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "上报"
        ordering = ["area_id", "-period"]
        constraints = [
            unique("return_once", "该地区这一时期已经有上报。", "area", "period", at="period"),
            check("return_period_exists", Q(period__regex=PATTERN), "没有这一时期。"),
            filled_while(
                "return_approved_on_a_day",
                "approved_on",
                "发布须有发布日期。",
                state=ReturnState.APPROVED,
            ),
            in_order("return_days", "submitted_on", "approved_on", "发布日期不能早于提交日期。"),
        ]

    def __str__(self):
        return f"{self.area}{self.span.label}上报"

    def get_absolute_url(self):
        return reverse("return", args=[self.pk])

    def placed_on(self):
        """A unit reports what it did while it existed, even after its end."""
        with suppress(ValueError):  # no period, as is said where the column is checked
            return min(timezone.localdate(), self.span.last)
        return super().placed_on()

    @property
    def span(self) -> Period:
        return Period.parse(self.period)

    @property
    def period_label(self) -> str:
        """The period as people say it."""
        return self.span.label

    @property
    def is_published(self) -> bool:
        """Whether anybody may read it."""
        return self.state == ReturnState.APPROVED

    def clean(self):
        """Units report the periods that are theirs to report."""
        super().clean()
        if self.area_id and self.period and not duties.is_due(self.area_id, self.span.kind):
            level = self.area.get_level_display()
            raise ValidationError({"period": f"{level}不按{self.span.kind.label}上报。"})


class SnapshotQuerySet(AreaRecordQuerySet):
    def with_proof(self):
        """With the definition of each, and in `published` the corrections published of it."""
        corrections = Correction.objects.filter(state=CorrectionState.APPROVED).order_by("pk")
        return self.select_related("report", "definition").prefetch_related(
            Prefetch("corrections", corrections, to_attr="published")
        )


class Snapshot(Disclosed, AreaRecord):
    """A figure as it was when a return was approved: the database keeps it as it is.

    `digest` is the SHA-256 of the sorted keys of the records counted, joined by commas; few keys are
    kept too.
    """

    stands_with, part_of, stamped = "report", "", "created_at"  # part of none: approval makes it
    # What a kept mean says is shown by `disclosure` alone: neither in the trail nor as a filter.
    withheld: ClassVar = ("value", "numerator", "denominator")

    report = refers_to(Return, "上报", "snapshots")
    figure = models.CharField("指标", max_length=40)
    definition = refers_to(FigureDefinition, "口径", "+")
    value, numerator, denominator = _amount("数值"), _amount("分子"), _amount("分母")
    value_state = models.CharField("数值状态", max_length=12, choices=State.choices)
    as_of = PastDay("统计截至")
    rows = models.PositiveIntegerField("计入的记录数")
    digest = models.CharField("记录摘要", max_length=64)
    keys = ArrayField(
        models.BigIntegerField(), verbose_name="记录编号", null=True, blank=True, editable=False
    )

    objects: ClassVar = SnapshotQuerySet.as_manager()
    named_with: ClassVar = ("definition",)

    class Meta:
        verbose_name = verbose_name_plural = "上报快照"
        ordering = ["report_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "figure"], name="snapshot_once"),
            filled_while(
                "snapshot_value_where_known", "value", "已知的才有数值。", value_state=State.KNOWN
            ),
        ]

    def __str__(self):
        return f"{self.label}：{self.text}"

    def get_absolute_url(self):
        return reverse("snapshot", args=[self.report_id, self.figure])

    @property
    def label(self) -> str:
        """The figure's name in a period, as its own definition had it."""
        return self.definition.period_label or self.definition.label


class Correction(Staged):
    """What was wrong in a snapshot, said in public beside it. The snapshot itself never changes."""

    lifecycle = CORRECTION
    stands_with = "report"

    report = refers_to(Return, "上报", "corrections")
    snapshot = refers_to(Snapshot, "更正的指标", "corrections")
    value = _amount("更正为", help_text="金额以元计，比率写成小数。只作说明、不改数时留空。")
    note = Prose("公开说明", max_length=500, help_text="为什么更正，依据是什么。")
    approved_on = PastDay("公布日期", null=True, blank=True, editable=False)
    named_with: ClassVar = ("snapshot", "report")

    class Meta:
        verbose_name = verbose_name_plural = "上报更正"
        ordering = ["report_id", "pk"]
        constraints = [
            filled_while(
                "correction_approved_on_a_day",
                "approved_on",
                "公布须有公布日期。",
                state=CorrectionState.APPROVED,
            ),
            unique(
                "correction_one_in_review",
                "这一指标已经有一件更正待审核，请先审核那一件。",
                "snapshot",
                condition=Q(state=CorrectionState.PROPOSED),
                at="snapshot",
            ),
            check(
                # Asked when it is proposed, so that what was published before the rule may stand.
                "correction_not_negative",
                ~Q(state=CorrectionState.PROPOSED) | Q(value__isnull=True) | Q(value__gte=0),
                "数值不能是负数。",
                at="value",
            ),
        ]

    def __str__(self):
        return f"{self.snapshot.label}：更正为{self.text}" if self.text else self.note

    @property
    def text(self) -> str:
        """The corrected value; blank where there is only a note, or the snapshot is shown to nobody."""
        if self.value is None or self.snapshot.is_concealed:
            return ""
        return self.snapshot.worded(self.value)

    def clean(self):
        """Only what was published is corrected, and only in its own return."""
        super().clean()
        if self.report_id and not self.report.is_published:
            raise ValidationError("上报发布后才能更正；没有发布的，请退回修改。")
        if self.snapshot_id and self.snapshot.report_id != self.report_id:
            raise ValidationError({"snapshot": "这一指标不在这份上报中。"})
        if self.snapshot_id and self.value is not None:
            definition = self.snapshot.definition
            require_possible(self.value, definition.unit, definition.measure)
