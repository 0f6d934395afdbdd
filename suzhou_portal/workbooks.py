"""Every workbook that the portal writes, as offices print it: wide enough, with its headings on each page
and in sight, on A4, and saying what it is.
"""

import datetime
import io
import unicodedata
from typing import Any

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from suzhou_portal.packed import at_rest
from suzhou_portal.texts import cleaned

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGE = "zh-CN"
NARROWEST, WIDEST = 8, 60  # widths of a column, in digits
SHOWN = 1000  # rows, from which the widths are taken
HEADING = 1  # the row of headings where nobody says another


def finished(
    book: Any,
    *,
    title: str,
    author: str,
    on: datetime.date | None = None,
    heading: int = HEADING,
    headings: dict[str, int] | None = None,
) -> bytes:
    """The bytes of a workbook, each of its sheets ready for screen and paper.

    `heading` is the row of the columns' headings, `headings` those of sheets by name that have another one.
    `on` is the day it is of, by which it says it was made.
    """
    about = book.properties
    about.title, about.creator, about.lastModifiedBy = (
        cleaned(title),
        cleaned(author),
        cleaned(author),
    )
    about.language = LANGUAGE
    for sheet in book.worksheets:
        _set(sheet, (headings or {}).get(sheet.title, heading))
    file = io.BytesIO()
    book.save(file)
    return at_rest(file.getvalue(), on) if on else at_rest(file.getvalue())


def _set(sheet: Any, heading: int) -> None:
    for mark in sheet[heading]:
        if not mark.has_style:
            mark.font = Font(bold=True)
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.print_title_rows = f"{heading}:{heading}"
    for number, column in enumerate(sheet.iter_cols(min_row=heading, max_row=heading + SHOWN), 1):
        widest = max((_width(cell.value) for cell in column), default=0)
        width = min(max(widest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _width(value: Any) -> int:
    """How many digits wide a cell's longest line is: a Chinese character is two."""
    lines = str("" if value is None else value).splitlines() or [""]
    return max(
        sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line) for line in lines
    )
