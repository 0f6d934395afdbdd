"""A form of a higher office that fills itself."""

import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import Workbook
from openpyxl.styles import Font

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.trends import PeriodValue, series
from suzhou_portal.reports import layouts
from suzhou_portal.reports.content import SIGNATURES
from suzhou_portal.reports.models import Aspect, FormCell, ReturnForm, Scale
from suzhou_portal.spreadsheets import append, sheet_value
from suzhou_portal.workbooks import finished

HEADINGS_ROW = 3  # of a sheet made here: title and facts stand above
PLACES, PLACES_OF_FRACTION = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True)
class Filled:
    """A cell with its figure: `number` in `unit`, or `text` that says why there is none."""

    cell: FormCell
    figure: Figure | None
    number: Decimal | None
    text: str
    unit: str = ""

    @property
    def value(self) -> Any:
        """What stands in the cell of a workbook."""
        return sheet_value(self.text if self.number is None else self.number)


def fill(form: ReturnForm, area: Area, period: Period, clock: Any) -> list[Filled]:
    """Every cell of the form for a division and a period that has begun."""
    cells = list(form.cells.all())
    known = {figure.key for figure in figures.all()}
    asked = {
        key: series(key, area.code, [period.year_before(), period.previous(), period], clock)
        for key in {cell.figure for cell in cells} & known
    }
    return [_filled(cell, asked.get(cell.figure)) for cell in cells]


def _filled(cell: FormCell, values: Sequence[PeriodValue] | None) -> Filled:
    if values is None:
        return Filled(cell, None, None, "这一指标已停止统计")
    aspect, scale = Aspect(cell.aspect), Scale(cell.scale)
    figure = figures.get(cell.figure).since(values[-1].period.first)
    at = {Aspect.YEAR_BEFORE: 0, Aspect.PREVIOUS: 1}.get(aspect, 2)
    amount = values[at].amount
    value = {Aspect.NUMERATOR: amount.numerator, Aspect.DENOMINATOR: amount.denominator}.get(
        aspect, amount.value
    )
    if value is None:
        reason = amount.state if amount.value is None else State.UNKNOWN
        return Filled(cell, figure, None, reason.label)
    unit = _unit(figure, aspect)
    places = PLACES_OF_FRACTION if unit == "%" and scale is Scale.OWN else PLACES
    number = (Decimal(value) * scale.factor).quantize(places, ROUND_HALF_UP)
    return Filled(cell, figure, number, formats.exact(number), scale.of(unit))


def _unit(figure: Figure, aspect: Aspect) -> str:
    """Of the value, or of the part of a ratio that stands in the cell."""
    parts = figures.parts(figure)
    if parts and aspect in (Aspect.NUMERATOR, Aspect.DENOMINATOR):
        return parts[aspect is Aspect.DENOMINATOR].unit
    return figure.unit


def workbook(form: ReturnForm, title: str, as_of: datetime.date, filled: Sequence[Filled]) -> bytes:
    """The form's own workbook with its cells filled in; a plain one where none is kept with it."""
    if data := layouts.of(form):
        # Somebody else's file may be anything; the figures are worth more than its look.
        with suppress(ValidationError):
            return layouts.Layout(data).filled({one.cell.place: one.value for one in filled})
    return _plain(form, title, as_of, filled)


def _with_unit(label: str, unit: str) -> str:
    """What an item is called, with its unit once: many a form has it in the name."""
    said = re.search(rf"[（(][计量单位]*[：:]?\s*{re.escape(unit)}\s*[)）]", label)
    return label if said or not unit else f"{label}（{unit}）"


def _plain(form: ReturnForm, title: str, as_of: datetime.date, filled: Sequence[Filled]) -> bytes:
    number = f"表号：{form.number or formats.DASH}"
    about = f"制表机关：{form.issued_by}　{number}　统计截至{formats.date(as_of)}"
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in dict.fromkeys(one.cell.sheet for one in filled) or [""]:
        sheet: Any = book.create_sheet(name or "Sheet")
        append(sheet, [title])
        append(sheet, [about])
        _plain_sheet(sheet, [one for one in filled if one.cell.sheet == name])
    return finished(book, title=title, author=form.area.name, on=as_of, heading=HEADINGS_ROW)


def _plain_sheet(sheet: Any, filled: Sequence[Filled]) -> None:
    sheet["A1"].font = Font(size=14, bold=True)
    # Where the cells leave no room above or beside them, they stand alone.
    taken = {one.cell.cell for one in filled}
    for one in filled:
        cell = sheet[one.cell.cell]
        name = _with_unit(one.cell.label, one.unit)
        heading = one.cell.get_aspect_display()
        for place, text in (
            (sheet.cell(cell.row, 1), name),
            (sheet.cell(HEADINGS_ROW, cell.column), heading),
        ):
            if cell.row > HEADINGS_ROW and place.coordinate not in taken and not place.value:
                place.value = sheet_value(text)
        cell.value = one.value
    if "A3" not in taken:
        sheet["A3"] = "项目（计量单位）"
    last = sheet.max_row + 2
    for column, name in enumerate(SIGNATURES, 1):
        sheet.cell(last, column, f"{name}：")
