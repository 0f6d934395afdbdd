"""A file as a table of texts: CSV in the encodings offices use, or a sheet of a workbook."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice, repeat

from django.core.exceptions import ValidationError

from suzhou_portal.files.content import OLD, OLD_OFFICE
from suzhou_portal.files.packages import Package
from suzhou_portal.imports.workbooks import ALL_READ, WORKBOOK, Line, Row, Sheet, Workbook
from suzhou_portal.spreadsheets import as_typed
from suzhou_portal.texts import cleaned

LARGEST = 50 * 1024 * 1024  # bytes
MOST_ROWS = 200_000
CHUNK = 2_000  # rows looked at together
LONGEST_CELL = 10_000  # characters
MOST_LINES, MOST_COMMAS = 1_000_000, 5_000_000  # of a CSV file
WIDEST = 200  # columns looked at for headings
GLANCE = 64  # pieces of a sheet in which its headings and its first record stand
NOTHING: Line = (1, [], ALL_READ)
WHAT = "请上传 CSV 文件，或不带宏的 Excel 工作簿（xlsx）。"

SURPLUS = "：可能某一格里有逗号而没有加引号，请用 Excel 打开核对后再传。"


def require_size(size: int) -> None:
    """Raises ValidationError for a file of more bytes than are read at once."""
    if size > LARGEST:
        raise ValidationError(f"文件过大：最多{LARGEST // 1024 // 1024}MB，请分成几个文件。")


@dataclass(frozen=True)
class Chunk:
    """Rows that stand together: the number of each in its file, its cells in the order asked, and why
    a cell could not be read, by the row's number and the cell's place in that order.
    """

    numbers: Sequence[int]
    rows: list[Row]
    wrong: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


class Table:
    """A file's rows under the headings asked for, chunk by chunk; may be read again.

    Raises ValidationError for a file, or headings, that cannot be.
    """

    def __init__(self, data: bytes, headings: list[str]):
        if not data:
            raise ValidationError("文件是空的。")
        require_size(len(data))
        self._headings = headings
        if data[:2] == b"PK":
            self._lines = _from_workbook(data, headings)
        else:
            self._lines = partial(_csv_lines, data, _encoding_of(data))
        self._places = self._found()
        self._width = max(self._places) + 1
        self._straight = self._places == list(range(self._width))
        if next(self.chunks(), None) is None:
            raise ValidationError("文件中没有记录：列名下面没有一行内容。")

    def chunks(self) -> Iterator[Chunk]:
        """All rows but blank ones; a short row is filled up. Raises ValidationError."""
        lines = self._lines(len(self._first))
        next(lines)
        kept = 0
        while batch := list(islice(lines, CHUNK)):
            chunk = self._chunk(batch)
            kept += len(chunk.rows)
            if kept > MOST_ROWS:
                raise ValidationError(f"一次最多导入{MOST_ROWS}行，请分成几个文件。")
            if chunk.rows:
                yield chunk

    def _chunk(self, lines: list[Line]) -> Chunk:
        numbers, rows, wrong = zip(*lines, strict=True)
        if self._straight and set(map(len, rows)) == {self._width} and all(map(any, rows)):
            return Chunk(numbers, list(rows), self._wrong(lines) if any(wrong) else {})
        fitted = [(line[0], row) for line in lines if any(row := self._fitted(*line[:2]))]
        wrongs = self._wrong(lines) if any(wrong) else {}
        return Chunk([number for number, _ in fitted], [row for _, row in fitted], wrongs)

    def _wrong(self, lines: list[Line]) -> dict[int, dict[int, str]]:
        return {
            number: {self._places.index(place): why for place, why in wrong.items()}
            for number, _, wrong in lines
            if wrong
        }

    def _fitted(self, number: int, cells: Row) -> Row:
        for place, text in enumerate(cells):
            if place not in self._asked and text.strip():
                raise ValidationError(f"第{number}行的格数多于列名{SURPLUS}")
        cells = [*cells, *[""] * (self._width - len(cells))]
        return [cells[place] for place in self._places]

    def _found(self) -> list[int]:
        _, cells, _ = next(self._lines(WIDEST), NOTHING)
        self._first = [_heading(cell) for cell in cells]
        named = [cell for cell in self._first if cell]
        problems = [
            *_listed("缺少列", [one for one in self._headings if one not in named]),
            *_listed("不认识的列", [one for one in named if one not in self._headings]),
            *_listed("重复的列", sorted({one for one in named if named.count(one) > 1})),
        ]
        if problems:
            advice = "第1行应是列名，请对照空白模板。"
            raise ValidationError(f"列名不对：{'；'.join(problems)}。{advice}")
        places = [self._first.index(one) for one in self._headings]
        self._asked = set(places)
        return places


def _listed(what: str, headings: list[str]) -> list[str]:
    return [f"{what}{'、'.join(f'“{one[:30]}”' for one in headings[:20])}"] if headings else []


def _heading(text: str) -> str:
    return cleaned(text).strip().lstrip("*＊")


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


def _csv_lines(data: bytes, encoding: str, width: int) -> Iterator[Line]:
    csv.field_size_limit(LONGEST_CELL)
    start = data.partition(b"\n")[0]
    # What a spreadsheet copies is separated by tabs.
    separator = "\t" if b"\t" in start and b"," not in start else ","
    quoted = b"'" in data  # before what a spreadsheet would take for a formula
    try:
        read = csv.reader(_opened(data, encoding), delimiter=separator, strict=True)
        rows: Iterator[Row] = read
        if quoted:
            rows = ([as_typed(cell) for cell in cells] for cells in read)
        yield from zip(count(1), rows, repeat(ALL_READ))
    except csv.Error as error:
        raise ValidationError("CSV 的引号或格式不对，请用 Excel 打开后另存为 CSV。") from error


# --- workbooks


def _from_workbook(data: bytes, headings: list[str]) -> Callable[[int], Iterator[Line]]:
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
    return lambda width: _first_row_first(book.lines(chosen, width))


def _has(book: Workbook, sheet: Sheet, headings: list[str]) -> bool:
    """Whether a sheet has the headings, and something below; what cannot be read says so when it is."""
    try:
        lines = book.lines(sheet, WIDEST, GLANCE)
        _, cells, _ = next(lines, NOTHING)
        return set(headings) <= {_heading(cell) for cell in cells} and next(lines, None) is not None
    except ValidationError:
        return False


def _first_row_first(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines of which the first is row 1, as it stands or blank."""
    first = next(lines, NOTHING)
    if first[0] > 1:
        yield NOTHING
    yield first
    yield from lines
