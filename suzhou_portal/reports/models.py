"""一表通: a form that a higher office asks for, as a mapping from cells to figures."""

import re
from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, unique
from suzhou_portal.fields import Code, Line, Name, PlannedDay
from suzhou_portal.figures.models import figure_choices
from suzhou_portal.figures.periods import PeriodKind
from suzhou_portal.reports import layouts

CELL = r"^[A-Z]{1,2}[1-9][0-9]{0,2}$"
NO_CELL = "请写单元格的位置，如 C5。"
SHEET, NO_SHEET = r"^[^\[\]:*?/\\]*$", "工作表的名称中没有 [ ] : * ? / \\ 这些符号。"
KINDS = [(kind.key, kind.label) for kind in PeriodKind]


class Aspect(models.TextChoices):
    """What of a figure stands in a cell."""

    VALUE = "value", "本期"
    PREVIOUS = "previous", "上期"
    YEAR_BEFORE = "year_before", "上年同期"
    NUMERATOR = "numerator", "分子"
    DENOMINATOR = "denominator", "分母"


class Scale(models.TextChoices):
    """In what a cell counts: the figure's own unit (元, a ratio as a fraction), 万元, or percent."""

    OWN = "own", "原单位"
    WAN = "wan", "万"
    PERCENT = "percent", "百分数"

    @property
    def factor(self) -> Decimal:
        """What the figure is multiplied by."""
        return {Scale.WAN: Decimal("0.0001"), Scale.PERCENT: Decimal(100)}.get(self, Decimal(1))

    def of(self, unit: str) -> str:
        """What a figure's unit becomes; blank for a fraction, which has none."""
        if self is Scale.OWN:
            return "" if unit == "%" else unit
        return f"万{unit}" if self is Scale.WAN else "%"


class ReturnForm(AreaRecord):
    """A form as a higher office issued it. Its own workbook may be kept with it as a file."""

    shared = True

    title = Line("表名", max_length=80)
    number = Code("表号", max_length=30, blank=True)
    issued_by = Name("制表机关", max_length=60)
    kind = models.CharField("填报周期", max_length=10, choices=KINDS, default="quarter")
    ended_on = PlannedDay("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "一表通表样"
        ordering = ["area_id", "title", "pk"]
        constraints = [
            unique("return_form_once", "这张表已经登记。", "area", "title", "issued_by"),
            check(
                "return_form_kind",
                Q(kind__in=[key for key, _ in KINDS]),
                "填报周期只有月、季、年。",
            ),
        ]

    def __str__(self):
        return self.title

    def require_takes(self, media_type: str, data: bytes) -> None:
        """A workbook is the form's own, and its cells can be filled in."""
        if media_type == layouts.MEDIA_TYPE:
            cells = list(self.cells.all()) if self.pk else []
            with layouts.said_of_file():
                layouts.Layout(data).require_takes(cell.place for cell in cells)

    @property
    def period_kind(self) -> PeriodKind:
        return PeriodKind.named(self.kind)


class FormCell(AreaRecord):
    """One cell of a form and the figure that fills it."""

    stands_with = "form"

    form = refers_to(ReturnForm, "一表通表样", "cells", on_delete=models.CASCADE)
    sheet = Line(
        "工作表", max_length=31, blank=True, validators=[RegexValidator(SHEET, NO_SHEET)],
        help_text="表样有几张工作表时写它的名称；留空为打开文件时显示的那张。",
    )  # fmt: skip
    cell = Code(
        "单元格", max_length=5, validators=[RegexValidator(CELL, NO_CELL)], help_text="如 C5。"
    )
    label = Line("项目名称", max_length=60, help_text="表上怎么称呼这一项。")
    figure = models.CharField("指标", max_length=40, choices=figure_choices)
    aspect = models.CharField("取什么", max_length=12, choices=Aspect.choices, default=Aspect.VALUE)
    scale = models.CharField("计量", max_length=8, choices=Scale.choices, default=Scale.OWN)

    class Meta:
        verbose_name = verbose_name_plural = "一表通单元格"
        ordering = ["form_id", "pk"]
        constraints = [
            check("form_cell_address", Q(cell__regex=CELL), NO_CELL, at="cell"),
            unique("form_cell_once", "这一单元格已经有指标。", "form", "sheet", "cell", at="cell"),
        ]

    def __str__(self):
        return f"{self.address} {self.label}"

    @property
    def place(self) -> layouts.FormPlace:
        """Where in the form's workbook it is."""
        return layouts.FormPlace(self.sheet, self.cell)

    @property
    def address(self) -> str:
        """The same as people write it."""
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell

    def clean(self):
        """A cell that the form's own workbook shows."""
        super().clean()
        if self.form_id and re.fullmatch(CELL, self.cell) and (data := layouts.of(self.form)):
            layouts.Layout(data).require_takes([self.place])
