"""A file as a table of texts: CSV in the encodings offices use, or the first sheet of a workbook."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from suzhou_portal.files.content import OFFICE
from suzhou_portal.ledgers import as_typed

LARGEST = 50 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 500 * 1024 * 1024  # bytes of a workbook's parts
MOST_ROWS = 200_000
CHUNK = 2_000  # rows looked at together
LONGEST_CELL = 10_000  # characters
WHAT = "请上传 CSV 文件，或不带宏的 Excel 工作簿（xlsx）。"

SURPLUS = "：可能某一格里有逗号而没有加引号，请用 Excel 打开核对后再传。"

Row = list[str]


def require_size(size: int) -> None:
    """Raises ValidationError for a file of more bytes than are read at once."""
    if size > LARGEST:
        raise ValidationError(f"文件过大：最多{LARGEST // 1024 // 1024}MB，请分成几个文件。")


@dataclass(frozen=True)
class Chunk:
    """Rows that stand together: the number of each in its file, and its cells in the order asked."""

    numbers: Sequence[int]
    rows: list[Row]


class Table:
    """A file's rows under the headings asked for, chunk by chunk; may be read again.

    Raises ValidationError for a file, or headings, that cannot be.
    """

    def __init__(self, data: bytes, headings: list[str]):
        if not data:
            raise ValidationError("文件是空的。")
        require_size(len(data))
        self._source: str | bytes = _checked_workbook(data) if data[:2] == b"PK" else _decoded(data)
        self._headings = headings
        self._places = self._found()
        self._width = max(self._places) + 1
        self._straight = self._places == list(range(self._width))
        if next(self.chunks(), None) is None:
            raise ValidationError("文件中没有记录：列名下面没有一行内容。")

    def chunks(self) -> Iterator[Chunk]:
        """All rows but blank ones; a short row is filled up. Raises ValidationError."""
        lines = self._lines()
        next(lines)
        for first in count(2, CHUNK):
            rows = list(islice(lines, CHUNK))
            if first + len(rows) > MOST_ROWS + 2:
                raise ValidationError(f"一次最多导入{MOST_ROWS}行，请分成几个文件。")
            if not rows:
                return
            if self._straight and set(map(len, rows)) == {self._width} and all(map(any, rows)):
                yield Chunk(range(first, first + len(rows)), rows)
            elif kept := [one for one in map(self._fitted, count(first), rows) if any(one[1])]:
                yield Chunk([number for number, _ in kept], [row for _, row in kept])

    def _fitted(self, number: int, cells: Row) -> tuple[int, Row]:
        if any(map(str.strip, cells[self._width :])):
            raise ValidationError(f"第{number}行的格数多于列名{SURPLUS}")
        cells = [*cells, *[""] * (self._width - len(cells))]
        return number, [cells[place] for place in self._places]

    def _lines(self) -> Iterator[Row]:
        if isinstance(self._source, str):
            yield from _csv_lines(self._source)
        else:
            yield from _sheet_lines(self._source)

    def _found(self) -> list[int]:
        self._first = [_heading(cell) for cell in next(self._lines(), [])]
        named = [cell for cell in self._first if cell]
        problems = [
            *_listed("缺少列", [one for one in self._headings if one not in named]),
            *_listed("不认识的列", [one for one in named if one not in self._headings]),
            *_listed("重复的列", sorted({one for one in named if named.count(one) > 1})),
        ]
        if problems:
            advice = "第1行应是列名，请对照空白模板。"
            raise ValidationError(f"列名不对：{'；'.join(problems)}。{advice}")
        return [self._first.index(one) for one in self._headings]


def _listed(what: str, headings: list[str]) -> list[str]:
    return [f"{what}{'、'.join(f'“{one[:30]}”' for one in headings[:20])}"] if headings else []


def _heading(text: str) -> str:
    return text.strip().lstrip("*＊")


# --- CSV


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise ValidationError(f"不支持这种文件：{WHAT}")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(f"文件的文字编码不认识：请另存为 UTF-8 或 GB18030（GBK）的 CSV。{WHAT}")


def _csv_lines(text: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    start = text[: text.find("\n")] if "\n" in text else text
    # What a spreadsheet copies is separated by tabs.
    separator = "\t" if "\t" in start and "," not in start else ","
    quoted = "'" in text  # before what a spreadsheet would take for a formula
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        if quoted:
            yield from ([as_typed(cell) for cell in cells] for cells in rows)
        else:
            yield from rows
    except csv.Error as error:
        raise ValidationError("CSV 的引号或格式不对，请用 Excel 打开后另存为 CSV。") from error


# --- workbooks


def _checked_workbook(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ValidationError(f"工作簿已损坏。{WHAT}") from error
    names = {part.filename for part in parts}
    workbook = next(marker for marker, (ending, _) in OFFICE.items() if ending == "xlsx")
    if workbook not in names or any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(f"不支持这种文件：{WHAT}")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValidationError("工作簿过大，请另存为 CSV，或分成几个文件。")
    return data


def _sheet_lines(data: bytes) -> Iterator[Row]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        yield from (_texts(cells) for cells in book.worksheets[0].iter_rows(values_only=True))
    except (
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        SyntaxError,
    ) as error:
        raise ValidationError(f"工作簿打不开，可能已损坏。{WHAT}") from error


def _texts(cells: Iterable[Any]) -> Row:
    return [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return as_typed(str(value))
