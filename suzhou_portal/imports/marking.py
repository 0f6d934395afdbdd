"""The file that was sent, with what is wrong marked in its cells: to be put right there, and sent again."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from suzhou_portal.files.packages import DAMAGED, Package, refusing
from suzhou_portal.imports.outcomes import Outcome, Problem
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.spreadsheets import sheet_value

WRONG = PatternFill("solid", fgColor="FFC7CE")
SAID_BY = "五社联动"
HEIGHT, WIDTH = 120, 320  # of a comment, in pixels
# Bytes of a file, unpacked, that are given back whole: a workbook takes some ten times as much memory.
WHOLE = 16 * 1024 * 1024
TEXT_GROWS = 5  # times, by what stands round each cell in a workbook
NUMBER = "原文件行号"
SHORTENED = (
    f"文件较大，这里只有有问题的行，“{NUMBER}”是它们在原文件中的行号。请在原文件里改正后再传。"
)

# A workbook, and its cell of a row of the file and a column of it (from 0).
_Marking = tuple[Any, Callable[[int, int], Any]]


def marked(ledger: Ledger, data: bytes, outcome: Outcome) -> bytes:
    """The bytes of a workbook: the one that was sent, or the rows of another kind of file; of a file that
    is larger than `WHOLE` its headings and the rows in which anything is wrong, with their numbers.
    """
    file = LedgerFile(data, ledger.headings, ledger.needed)
    made = _shortened if _unpacked(data) > WHOLE else _sent if _is_workbook(data) else _retyped
    book, cell_of = made(file, data, outcome)
    for problem in outcome.problems:
        if problem.row:
            _mark(cell_of(problem.row, file.header.places.get(problem.heading) or 0), problem)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK")


def _unpacked(data: bytes) -> int:
    """Bytes of the workbook, unpacked, that the file is or would be."""
    return Package(data).unpacked if _is_workbook(data) else len(data) * TEXT_GROWS


def _sent(file: LedgerFile, data: bytes, _: Outcome) -> _Marking:
    """The workbook itself, with all that is in it."""
    with refusing(DAMAGED):
        book = load_workbook(io.BytesIO(data))
    sheet = book[file.table.name]
    return book, lambda row, place: sheet.cell(row, place + 1)


def _retyped(file: LedgerFile, *_: Any) -> _Marking:
    """The rows, each where it stands in the file."""
    book = Workbook()
    sheet: Any = book.active
    for number, cells in file.table.rows(lambda _, __: True):
        _write(sheet, number, cells)
    return book, lambda row, place: sheet.cell(row, place + 1)


def _shortened(file: LedgerFile, _: bytes, outcome: Outcome) -> _Marking:
    """The headings, and the rows in which anything is wrong."""
    wrong = {problem.row for problem in outcome.problems}
    places: dict[int, int] = {}
    book = Workbook()
    sheet: Any = book.active
    sheet.cell(1, 1).value = SHORTENED
    _write(sheet, 2, [NUMBER, *file.header.cells])
    for number, cells in file.table.rows(lambda _, __: True):
        if number in wrong:
            places[number] = len(places) + 3
            _write(sheet, places[number], [str(number), *cells])
    return book, lambda row, place: sheet.cell(places[row], place + 2)


def _write(sheet: Any, row: int, cells: Iterable[str]) -> None:
    for place, text in enumerate(cells, 1):
        cell = sheet.cell(row, place)
        cell.value, cell.number_format = sheet_value(text), "@"


def _mark(cell: Any, problem: Problem) -> None:
    said = f"{problem.heading or '整行'}：{problem.message}"
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.fill = WRONG
    cell.comment = Comment(before + said, SAID_BY, height=HEIGHT, width=WIDTH)
