"""A form of a higher office that fills itself."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.trends import PeriodValue, series
from suzhou_portal.files.models import Attachment
from suzhou_portal.reports.models import Aspect, FormCell, ReturnForm, Scale
from suzhou_portal.reports.sheet import MEDIA_TYPE

FIRST_ROW_FREE = 4  # of a sheet made here: title, facts and headings stand above
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Filled:
    """A cell with its figure. `number` is what stands in the cell; None where `text` says why not."""

    cell: FormCell
    figure: Figure | None
    number: Decimal | None
    text: str


def fill(form: ReturnForm, area: Area, period: Period, clock: Any) -> list[Filled]:
    """Every cell of the form for a division and a period that has begun.

    Figures are asked for once each, however many cells they stand in.
    """
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
    aspect, figure = Aspect(cell.aspect), figures.get(cell.figure)
    at = {Aspect.YEAR_BEFORE: 0, Aspect.PREVIOUS: 1}.get(aspect, 2)
    amount = values[at].amount
    value = {Aspect.NUMERATOR: amount.numerator, Aspect.DENOMINATOR: amount.denominator}.get(
        aspect, amount.value
    )
    if value is None:
        reason = amount.state if amount.value is None else State.UNKNOWN
        return Filled(cell, figure, None, reason.label)
    number = (Decimal(value) * Scale(cell.scale).factor).quantize(PLACES)
    return Filled(cell, figure, number, formats.number(number, None))


def workbook(form: ReturnForm, title: str, filled: Sequence[Filled]) -> bytes:
    """The form's own workbook with its cells filled in; a plain one where none is kept with it."""
    book = _own(form) or _plain(form, title, filled)
    sheet: Any = book.worksheets[0]
    for one in filled:
        sheet[one.cell.cell] = one.text if one.number is None else one.number
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _own(form: ReturnForm) -> Workbook | None:
    kept = Attachment.objects.of(form).filter(media_type=MEDIA_TYPE).last()
    if kept is None:
        return None
    try:
        with kept.file.open("rb") as file:
            return load_workbook(io.BytesIO(file.read()))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, FileNotFoundError):
        # Somebody else's file may be anything; the figures are worth more than its look.
        return None


def _plain(form: ReturnForm, title: str, filled: Sequence[Filled]) -> Workbook:
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.append([title])
    sheet.append([f"制表机关：{form.issued_by}　表号：{form.number or formats.DASH}"])
    sheet["A1"].font = Font(size=14, bold=True)
    for one in filled:
        row = sheet[one.cell.cell].row
        if row >= FIRST_ROW_FREE and sheet.cell(row, 1).value is None:
            sheet.cell(row, 1, one.cell.label)
    sheet.column_dimensions["A"].width = 36
    return book
