"""The file that was sent, with what is wrong marked in its cells: to be put right there, and sent again."""

import io
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from suzhou_portal.files.packages import DAMAGED, refusing
from suzhou_portal.imports.outcomes import Outcome, Problem
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.spreadsheets import sheet_value

WRONG = PatternFill("solid", fgColor="FFC7CE")
SAID_BY = "五社联动"
HEIGHT, WIDTH = 120, 320  # of a comment, in pixels


def marked(ledger: Ledger, data: bytes, outcome: Outcome) -> bytes:
    """The bytes of a workbook: the one that was sent, or the rows of another kind of file."""
    file = LedgerFile(data, ledger.headings, ledger.needed)
    book, sheet = _opened(file, data)
    for problem in outcome.problems:
        if problem.row:
            place = file.header.places.get(problem.heading)
            _mark(sheet.cell(problem.row, 1 if place is None else place + 1), problem)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _opened(file: LedgerFile, data: bytes) -> tuple[Any, Any]:
    """A workbook, and its sheet in which the ledger stands as in the file, row by row."""
    if data.startswith(b"PK"):
        with refusing(DAMAGED):
            book = load_workbook(io.BytesIO(data))
        return book, book[file.table.name]
    book = Workbook()
    sheet: Any = book.active
    for number, cells in file.table.rows(lambda _, __: True):
        for place, text in enumerate(cells, 1):
            cell = sheet.cell(number, place)
            cell.value, cell.number_format = sheet_value(text), "@"
    return book, sheet


def _mark(cell: Any, problem: Problem) -> None:
    said = f"{problem.heading or '整行'}：{problem.message}"
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = WRONG
    cell.comment = Comment(before + said, SAID_BY, height=HEIGHT, width=WIDTH)
