"""Workbooks of Excel 97 to 2003 (.xls), and what WPS saves as such: read as those of today are.

xlrd tells errors, formats, merged and hidden cells, which python-calamine does not (docs/adr/0034).
"""

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import xlrd
from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from suzhou_portal.files.packages import DAMAGED, LOCKED, refusing
from suzhou_portal.imports.shown import BUILT_IN, GENERAL, UnclearError, number, shower
from suzhou_portal.imports.tables import (
    WIDEST,
    Cells,
    Loose,
    MergedCells,
    NumberedRow,
    RowTable,
    UnreadCell,
)

MAGIC = b"\xd0\xcf\x11\xe0"
LARGEST = 20 * 1024 * 1024  # bytes
GLANCED = 200  # rows among which headings are looked for
_ERROR = "这一格是公式错误，请改正。"
_BLANK = "这一格的公式没有算出的结果，或结果是空白：请删去公式，直接填写；或用 Excel 打开，另存为 xlsx 再传。"
_NONE = "打不开：不是 Excel 工作簿，或者加了密码。请去掉密码，另存为 xlsx 再传。"
# What encrypts a workbook of today stands in such a file, under this name in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def tables(data: bytes) -> tuple[list[RowTable], list[str]]:
    """The sheets that people see, and the names of those that are hidden. Raises ValidationError."""
    if len(data) > LARGEST:
        raise ValidationError("xls 文件过大：请另存为 xlsx，或分成几个文件。")
    if _ENCRYPTED in data:
        raise ValidationError(LOCKED)
    book = _opened(data)
    sheets = [book.sheet_by_index(place) for place in range(book.nsheets)]
    seen = [
        RowTable(sheet.name, partial(_rows, book, sheet), partial(_glance, book, sheet))
        for sheet in sheets
        if not sheet.visibility
    ]
    return seen, [sheet.name for sheet in sheets if sheet.visibility]


def _opened(data: bytes) -> Any:
    with refusing(DAMAGED), Path(os.devnull).open("w") as silent:
        try:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=silent
            )
        except xlrd.XLRDError as error:
            raise ValidationError(_NONE) from error


def _glance(book: Any, sheet: Any) -> Iterator[NumberedRow]:
    return islice(_cells(book, sheet), GLANCED)


def _rows(book: Any, sheet: Any, loose: Loose) -> Iterator[NumberedRow]:
    yield from _cells(book, sheet)
    merged = MergedCells()
    for first, after, left, right in sheet.merged_cells:
        name = f"{get_column_letter(left + 1)}{first + 1}:{get_column_letter(right)}{after}"
        merged.add(name, first + 1, after)
    merged.require_loose(loose)


def _cells(book: Any, sheet: Any) -> Iterator[NumberedRow]:
    hidden = {place for place, one in sheet.colinfo_map.items() if one.hidden}
    for row in range(sheet.nrows):
        cells = [_shown(book, cell) for cell in sheet.row(row)]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            _require_seen(sheet, row, cells, hidden)
            yield row + 1, cells


def _require_seen(sheet: Any, row: int, cells: Cells, hidden: set[int]) -> None:
    """Refuse what a clerk does not see, and what stands too far right. Raises ValidationError."""
    if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
        raise ValidationError(
            f"第{row + 1}行是隐藏的（可能开着筛选）：请取消隐藏或筛选，核对后再传。"
        )
    for place in hidden & {*range(len(cells))}:
        if cells[place].strip():
            letter = get_column_letter(place + 1)
            raise ValidationError(f"{letter}列是隐藏的：请取消隐藏，核对后再传。")
    if len(cells) > WIDEST:
        raise ValidationError(f"第{row + 1}行的格数超过{WIDEST}，请删去多余的列。")


def _shown(book: Any, cell: Any) -> str:
    """What a cell shows."""
    if cell.ctype == xlrd.XL_CELL_TEXT:  # which only of a formula is kept without any text
        return str(cell.value) or UnreadCell("=", _BLANK)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return UnreadCell(xlrd.error_text_from_code.get(cell.value, "#"), _ERROR)
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    try:
        value = number(repr(cell.value))
        return shower(_code(book, cell.xf_index), since_1904=bool(book.datemode))(value)
    except UnclearError as error:
        return UnreadCell(repr(cell.value), str(error))


def _code(book: Any, style: int) -> str:
    """The format of a cell: of what has only a number, as a Chinese Excel shows it."""
    key = book.xf_list[style].format_key
    if str(key) in BUILT_IN:
        return BUILT_IN[str(key)]
    found = book.format_map.get(key)
    return found.format_str if found else GENERAL
