"""A file as rows of texts: CSV in the encodings offices use, or a sheet of a workbook."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError

from suzhou_portal.files.content import OLD, OLD_OFFICE
from suzhou_portal.files.packages import WORKBOOK, Package
from suzhou_portal.imports.workbooks import Cells, NumberedRow, SheetPart, Workbook
from suzhou_portal.spreadsheets import as_typed
from suzhou_portal.texts import cleaned

LARGEST = 50 * 1024 * 1024  # bytes
MOST_ROWS = 200_000
CHUNK = 2_000  # rows looked at together
LONGEST_CELL = 10_000  # characters
MOST_LINES, MOST_COMMAS = 1_000_000, 5_000_000  # of a CSV file
WIDEST = 200  # columns looked at for headings
GLANCE = 64  # pieces of a sheet in which its headings and its first record stand
NOTHING: NumberedRow = (1, [])
WHAT = "请上传 CSV 文件，或不带宏的 Excel 工作簿（xlsx）。"
SURPLUS = "：可能某一格里有逗号而没有加引号，请用 Excel 打开核对后再传。"


def require_size(size: int) -> None:
    """Raises ValidationError for a file of more bytes than are read at once."""
    if size > LARGEST:
        raise ValidationError(f"文件过大：最多{LARGEST // 1024 // 1024}MB，请分成几个文件。")


class Chunk(NamedTuple):
    """Rows that stand together: the number of each in its file, and its cells in the order asked."""

    numbers: Sequence[int]
    rows: list[Cells]


class LedgerFile:
    """A file's rows under the headings asked for, chunk by chunk; may be read again.

    Raises ValidationError for a file, or headings, that cannot be.
    """

    def __init__(self, data: bytes, headings: list[str]):
        if not data:
            raise ValidationError("文件是空的。")
        require_size(len(data))
        if data.startswith(b"PK"):
            self._rows = _rows_of_workbook(data, headings)
        else:
            self._rows = partial(_rows_of_csv, data, _encoding_of(data))
        _, cells = next(self._rows(WIDEST), NOTHING)
        self._named = _headings(cells)
        _require_all(headings, self._named)
        self._places = [self._named.index(one) for one in headings]
        if next(self.chunks(), None) is None:
            raise ValidationError("文件中没有记录：列名下面没有一行内容。")

    def chunks(self) -> Iterator[Chunk]:
        """All rows but blank ones; a short row is filled up. Raises ValidationError."""
        rows = self._rows(len(self._named))
        next(rows)
        kept = 0
        while batch := list(islice(rows, CHUNK)):
            chunk = self._chunk(batch)
            kept += len(chunk.rows)
            if kept > MOST_ROWS:
                raise ValidationError(f"一次最多导入{MOST_ROWS}行，请分成几个文件。")
            if chunk.rows:
                yield chunk

    def _chunk(self, batch: list[NumberedRow]) -> Chunk:
        width = len(self._places)
        numbers, rows = zip(*batch, strict=True)
        straight = self._places == list(range(width)) and set(map(len, rows)) == {width}
        if straight and all(map(any, rows)):
            return Chunk(numbers, list(rows))
        fitted = [
            (number, row) for number, cells in batch if any(row := self._fitted(number, cells))
        ]
        return Chunk([number for number, _ in fitted], [row for _, row in fitted])

    def _fitted(self, number: int, cells: Cells) -> Cells:
        """The cells in the order asked. Raises ValidationError where text stands below no heading."""
        surplus = set(range(len(cells))).difference(self._places)
        if any(cells[place].strip() for place in surplus):
            raise ValidationError(f"第{number}行的格数多于列名{SURPLUS}")
        return [cells[place] if place < len(cells) else "" for place in self._places]


def _headings(cells: Cells) -> list[str]:
    return [cleaned(cell).strip().lstrip("*＊") for cell in cells]


def _require_all(headings: list[str], found: list[str]) -> None:
    """Raises ValidationError unless the headings found are those asked for, each once."""
    named = [one for one in found if one]
    wrong = {
        "缺少列": [one for one in headings if one not in named],
        "不认识的列": [one for one in named if one not in headings],
        "重复的列": sorted({one for one in named if named.count(one) > 1}),
    }
    problems = [
        what + "、".join(f"“{one[:30]}”" for one in those[:20])
        for what, those in wrong.items()
        if those
    ]
    if problems:
        advice = "第1行应是列名，请对照空白模板。"
        raise ValidationError(f"列名不对：{'；'.join(problems)}。{advice}")


# --- CSV


def _encoding_of(data: bytes) -> str:
    if data.startswith(OLD_OFFICE):
        raise ValidationError(OLD)
    if b"\0" in data:
        raise ValidationError(f"不支持这种文件：{WHAT}")
    if data.count(b"\n") + data.count(b"\r") > MOST_LINES or data.count(b",") > MOST_COMMAS:
        raise ValidationError("文件中的行、格过多，请删去空行和空列，或分成几个文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            for _ in _opened(data, encoding):
                pass
            return encoding
    raise ValidationError(f"文件的文字编码不认识：请另存为 UTF-8 或 GB18030（GBK）的 CSV。{WHAT}")


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    """Never all of it as text at once, which may take many times its bytes."""
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _rows_of_csv(data: bytes, encoding: str, width: int) -> Iterator[NumberedRow]:
    csv.field_size_limit(LONGEST_CELL)
    start = data.partition(b"\n")[0]
    # What a spreadsheet copies is separated by tabs.
    separator = "\t" if b"\t" in start and b"," not in start else ","
    try:
        rows: Iterator[Cells] = csv.reader(
            _opened(data, encoding), delimiter=separator, strict=True
        )
        if b"'" in data:  # before what a spreadsheet would take for a formula
            rows = ([as_typed(cell) for cell in cells] for cells in rows)
        yield from enumerate(rows, 1)
    except csv.Error as error:
        raise ValidationError("CSV 的引号或格式不对，请用 Excel 打开后另存为 CSV。") from error


# --- workbooks


def _rows_of_workbook(data: bytes, headings: list[str]) -> Callable[[int], Iterator[NumberedRow]]:
    """What reads the sheet that has the headings: never one of two, and never one that is hidden."""
    package = Package(data)
    if WORKBOOK not in package.names or package.has_macros:
        raise ValidationError(f"不支持这种文件：{WHAT}")
    book = Workbook(package)
    visible = [sheet for sheet in book.sheets if sheet.visible]
    if not visible:
        raise ValidationError(f"工作簿中没有可见的工作表。{WHAT}")
    book.require_bounded()
    meant = [sheet for sheet in visible if _has(book, sheet, headings)]
    if len(meant) > 1:
        named = "、".join(f"“{sheet.name}”" for sheet in meant[:9])
        raise ValidationError(f"几张工作表都有这些列（{named}）：请合成一张，或分别上传。")
    chosen = (meant or visible)[0]
    return lambda width: _first_row_first(book.rows(chosen, width))


def _has(book: Workbook, sheet: SheetPart, headings: list[str]) -> bool:
    """Whether a sheet has the headings, and something below; what cannot be read says so when it is."""
    try:
        rows = book.rows(sheet, WIDEST, GLANCE)
        _, cells = next(rows, NOTHING)
        return set(headings) <= {*_headings(cells)} and next(rows, None) is not None
    except ValidationError:
        return False


def _first_row_first(rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    """Rows of which the first is row 1, as it stands or blank."""
    first = next(rows, NOTHING)
    if first[0] > 1:
        yield NOTHING
    yield first
    yield from rows
