"""The table as a file: the same rows and columns, numbers as numbers, and the reason where there is none."""

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from suzhou_portal.analysis.pivot import Pivot
from suzhou_portal.packed import at_rest
from suzhou_portal.reports.sheet import MEDIA_TYPE, on_paper
from suzhou_portal.spreadsheets import append

__all__ = ["MEDIA_TYPE", "header", "lines", "workbook"]


def header(table: Pivot) -> list[str]:
    """The headings, in one row."""
    return [table.asked.rows.label, *table.titles]


def lines(table: Pivot) -> Iterator[list[Any]]:
    """The rows below them."""
    for row in table.rows:
        yield [row.name, *(cell.filed for cell in row.cells)]


def workbook(table: Pivot) -> bytes:
    """The bytes of an Excel file, with what the table is about above it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = "分析台"
    about = "，".join(filter(None, [table.asked.scope.area.name, table.alone, table.when]))
    for values in ([about], header(table)):
        append(sheet, values)
        for cell in sheet[sheet.max_row]:
            cell.font = Font(bold=True)
    for line in lines(table):
        append(sheet, line)
    for number in range(1, len(table.titles) + 2):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    on_paper(sheet)
    file = io.BytesIO()
    book.save(file)
    return at_rest(file.getvalue())
