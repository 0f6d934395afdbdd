"""A report as a workbook: a sheet of figures as numbers, one of divisions, one of what they mean."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from suzhou_portal.packed import at_rest
from suzhou_portal.reports.content import SIGNATURES, Report
from suzhou_portal.spreadsheets import append

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEFORE, AFTER = ("序号", "五社"), ("分子÷分母",)
WIDTHS = (30, 14, 8, 20, 20, 20)  # of the columns of a report


def render(report: Report) -> bytes:
    """The bytes of the file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = "指标"
    columns, widths = (*BEFORE, *report.headings, *AFTER), (6, 14, *report.shown(WIDTHS), 18)
    _titled(sheet, report, len(columns))
    _rows(sheet, columns, _lines(report))
    sheet.append([])
    append(sheet, [f"{name}：" for name in SIGNATURES])
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if report.inside:
        _divisions(book.create_sheet("各地区对照"), report)
    _rows(
        book.create_sheet("口径和出处"),
        ("指标", "性质", "口径", "公布值", "原文", "出处"),
        (
            (one.label, one.nature, one.definition, note.published, note.quote, note.source)
            for note in report.notes
            for one in [note.figure]
        ),
    )
    for one in book.worksheets:
        on_paper(one)
    file = io.BytesIO()
    book.save(file)
    return at_rest(file.getvalue())


def on_paper(sheet: Any) -> None:
    """A4 across, as wide as the page, every page numbered."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _lines(report: Report) -> Iterable[Sequence[Any]]:
    every = [(party, line) for party, lines in report.sections for line in lines]
    for number, (party, line) in enumerate(every, 1):
        value = line.text if line.number is None else line.number
        label, _, *others = line.cells
        yield (number, party.label, *report.shown((label, value, *others)), line.parts)


def _divisions(sheet: Any, report: Report) -> None:
    assert report.inside is not None  # noqa: S101 - narrows the type
    heading = ["地区", *(f"{figure.label}（{figure.unit}）" for figure in report.inside.columns)]
    # Each as a number in its column's unit, or as the reason why there is none.
    _rows(sheet, heading, (
        [name, *(
            text if value is None or value.value is None else value.value
            for text, value in zip(row.texts, row.values, strict=True)
        )]
        for name, row in report.divisions
    ))  # fmt: skip
    sheet.column_dimensions["A"].width = 24
    for number in range(2, len(heading) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 20


def _titled(sheet: Any, report: Report, width: int) -> None:
    for text in (report.title, *report.facts):
        append(sheet, [text])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")


def _rows(sheet: Any, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    append(sheet, heading)
    for mark in sheet[sheet.max_row]:
        mark.font = Font(bold=True)
    for row in rows:
        append(sheet, row)
