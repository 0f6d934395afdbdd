"""Published values, targets, and what is demonstrated on this site."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal import formats
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.areas.rules import check, not_negative, unique
from suzhou_portal.fields import DocumentNumber, Name, PastDay, Prose
from suzhou_portal.figures.enums import Direction, Exactness
from suzhou_portal.figures.kept.models import FigureAudit, KeptValue
from suzhou_portal.figures.periods import PATTERN, Period
from suzhou_portal.figures.possible import require_possible
from suzhou_portal.figures.registry import Figure, figures

__all__ = ["Demonstration", "FigureAudit", "FigureTarget", "KeptValue", "PublishedValue"]


class PublishedValue(models.Model):
    """What somebody has published of a figure: reference data, never changed by what is computed."""

    figure = models.CharField("指标", max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="地区", related_name="+")
    value = models.DecimalField(
        "公布值", max_digits=18, decimal_places=4, null=True, blank=True, help_text="金额以元计。"
    )
    previous_value = models.DecimalField(
        "调整前的值", max_digits=18, decimal_places=4, null=True, blank=True
    )
    exactness = models.CharField("精确程度", max_length=12, choices=Exactness.choices)
    quote = models.CharField("原文", max_length=120)
    source = models.CharField("出处", max_length=120)
    as_of = PastDay("截至日期")
    as_of_inferred = models.BooleanField("截至日期系推定", default=False)
    note = models.CharField("口径说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公布值"
        ordering = ["area_id", "figure", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "area", "as_of", "source"], name="published_once"
            ),
            models.CheckConstraint(
                name="published_number_unless_qualitative",
                condition=Q(exactness=Exactness.QUALITATIVE, value__isnull=True)
                | ~Q(exactness=Exactness.QUALITATIVE) & Q(value__isnull=False),
                violation_error_message="只有定性表述可以没有数值。",
            ),
        ]

    def __str__(self):
        return self.quote


def figure_choices() -> list[tuple[str, str]]:
    """Every figure there is."""
    return figures.choices()


def require_period(text: str) -> None:
    """Raises ValidationError, with the reason, for what is no period."""
    try:
        Period.parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class FigureTarget(AreaRecord):
    """What an office wants a figure to come to in a division, by the end of a period. A value of a period
    is that of its last day, of a flow what happened in it.
    """

    called, shared = "text", True

    figure = models.CharField("指标", max_length=40, choices=figure_choices)
    period = models.CharField(
        "时期",
        max_length=7,
        validators=[require_period],
        help_text="年写成 2023，季写成 2023-Q2，月写成 2023-04。",
    )
    direction = models.CharField(
        "方向", max_length=10, choices=Direction.choices, default=Direction.AT_LEAST
    )
    value = models.DecimalField(
        "目标值",
        max_digits=18,
        decimal_places=4,
        help_text="按指标的计量单位填；金额以元计，比率写成小数（85%写成0.85）。",
    )
    set_by = Name("定目标的机关", max_length=60)
    number = DocumentNumber("文号", max_length=40, blank=True)
    note = Prose("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标目标"
        ordering = ["area_id", "figure", "-period"]
        constraints = [
            unique(
                "figure_target_once",
                "该地区这一指标在这一时期已经有目标。",
                "figure", "area", "period",
                at="period",
            ),
            check("figure_target_period", Q(period__regex=PATTERN), "没有这一时期。", at="period"),
            not_negative("figure_target_not_negative", "value", message="目标值不能小于0。"),
        ]  # fmt: skip

    def get_absolute_url(self):
        """Where the figure stands beside it."""
        asked = {"area": self.area_id, "period": self.period}
        return f"{reverse('figure', args=[self.figure])}?{urlencode(asked)}"

    def clean(self):
        """A value that the figure can come to."""
        super().clean()
        if (figure := self.meant) and self.value is not None:
            require_possible(self.value, figure.unit, repr(figure.measure))

    @property
    def meant(self) -> Figure | None:
        """The figure; None where there is no such one any more."""
        with suppress(KeyError):
            return figures.get(self.figure)
        return None

    @property
    def span(self) -> Period:
        return Period.parse(self.period)

    @property
    def period_label(self) -> str:
        """The period as people say it."""
        return self.span.label

    @property
    def label(self) -> str:
        """The figure's name; its key where there is no such figure any more."""
        return self.meant.label if self.meant else self.figure

    @property
    def wanted(self) -> str:
        """The value with its direction and unit."""
        unit = self.meant.unit if self.meant else ""
        return self.get_direction_display() + "".join(formats.quantity(self.value, unit))

    @property
    def text(self) -> str:
        """All of it, in a line."""
        return f"{self.label}{self.period_label}{self.wanted}"


class Demonstration(models.Model):
    """Says that this site holds demonstration records, and as of which date they are."""

    area = models.OneToOneField(Area, models.PROTECT, verbose_name="地区", related_name="+")
    as_of = PastDay("统计截至")
    created_at = models.DateTimeField("生成时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "演示数据"

    def __str__(self):
        return f"{self.area}演示数据"
