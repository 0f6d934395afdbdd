"""A report as a workbook: a sheet of figures as numbers, one of divisions, one of what they mean."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from suzhou_portal.reports.content import SIGNATURES, Report
from suzhou_portal.spreadsheets import append
from suzhou_portal.workbooks import MEDIA_TYPE, finished

__all__ = ["MEDIA_TYPE", "render"]
BEFORE, AFTER = ("序号", "五社"), ("分子÷分母",)
FIGURES = "指标"


def render(report: Report) -> bytes:
    """The bytes of the file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = FIGURES
    columns = (*BEFORE, *report.headings, *AFTER)
    _titled(sheet, report, len(columns))
    heading = sheet.max_row + 1
    _rows(sheet, columns, _lines(report))
    sheet.append([])
    append(sheet, [f"{name}：" for name in SIGNATURES])
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
    return finished(
        book, title=report.title, author=report.area.name,
        on=report.period.until(report.clock), headings={FIGURES: heading},
    )  # fmt: skip


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


def _titled(sheet: Any, report: Report, width: int) -> None:
    for text in (report.title, *report.facts):
        append(sheet, [text])
        row = sheet.max_row
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")


def _rows(sheet: Any, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    for row in (heading, *rows):
        append(sheet, row)
