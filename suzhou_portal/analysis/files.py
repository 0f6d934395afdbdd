"""The table as a file: the same rows and columns, numbers as numbers, and the reason where there is none."""

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from suzhou_portal.analysis.pivot import Pivot
from suzhou_portal.spreadsheets import append
from suzhou_portal.workbooks import MEDIA_TYPE, finished

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
    for values in ([about], header(table), *lines(table)):
        append(sheet, values)
    sheet["A1"].font = Font(bold=True)
    return finished(book, title=about, author=table.asked.scope.area.name, heading=2)
