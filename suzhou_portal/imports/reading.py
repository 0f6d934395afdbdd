"""A file as rows of texts under the headings of a ledger: whatever it is, and wherever they stand in it.

Each cell is taken, refused with its row and column, or told of as left out.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError
from openpyxl.utils import get_column_letter

from suzhou_portal.files.packages import WORKBOOK, Package
from suzhou_portal.imports import csv_files, headings, old_workbooks
from suzhou_portal.imports.headings import Header
from suzhou_portal.imports.outcomes import LeftOut
from suzhou_portal.imports.tables import WHAT, Cells, RowTable
from suzhou_portal.imports.workbooks import Workbook

LARGEST = 50 * 1024 * 1024  # bytes
MOST_ROWS = 200_000
CHUNK = 2_000  # rows looked at together
GLANCE = 64  # pieces of a sheet in which its headings and its first record stand
KEY = "系统编号"  # over the keys of records, in files that come from here
SAMPLE = "示例"  # how the first cell of the template's sample begins
MOST_TOLD = 200  # things left out that are told one by one
SURPLUS = "可能某一格里有逗号而没有加引号，请用 Excel 打开核对后再传。"
# How a row begins that adds up others, and one that says who made the table. Neither is a record.
_SUMS = "合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计", "总数", "合计数"
_SUM = re.compile("(?:" + "|".join(map(r"\s*".join, _SUMS)) + r")\s*(?:[（(:：].*)?", re.DOTALL)
_MAKERS = "填表", "填报", "制表", "审核", "复核", "打印", "导出", "统计"
_SIGNED = "注", "备注", "说明", "填表说明", "负责人", "单位负责人", "分管领导", *_MAKERS
_NOTES = (*_SIGNED, *(f"{one}{what}" for one in _MAKERS for what in ("人", "单位", "日期", "时间")))
_NOTE = re.compile("(?:" + "|".join(_NOTES) + r")(?:（[^）]*）)?\s*[:：].*", re.DOTALL)
_BEGINNINGS = frozenset(one[0] for one in (*_SUMS, *_NOTES, SAMPLE))
WEB = "这是网页（HTML）或 XML，只是文件名像 Excel：请用 Excel 打开，另存为 xlsx 再传。"


def require_size(size: int) -> None:
    """Raises ValidationError for a file of more bytes than are read at once."""
    if size > LARGEST:
        raise ValidationError(f"文件过大：最多{LARGEST // 1024 // 1024}MB，请分成几个文件。")


class Chunk(NamedTuple):
    """Rows that stand together: the number of each in its file, its cells in the order asked, and the key
    of its record where the file came from here.
    """

    numbers: Sequence[int]
    rows: list[Cells]
    keys: Sequence[str]


class LedgerFile:
    """A file's rows under the headings asked for, chunk by chunk; may be read again.

    Of the headings those `needed` must be there, all of them where it is not said. Raises
    ValidationError for a file, or headings, that cannot be.
    """

    def __init__(self, data: bytes, asked: Sequence[str], needed: Sequence[str] | None = None):
        if not data:
            raise ValidationError("文件是空的。")
        require_size(len(data))
        self._needed = list(asked if needed is None else needed)
        tables, unseen = _tables_of(data)
        self.table, self.header = _chosen(tables, [*asked, KEY], self._needed)
        self._unread = [LeftOut(f"工作表“{name}”", "", "是隐藏的，没有读取。") for name in unseen]
        self._unread += [
            LeftOut(f"工作表“{one.name}”", "", "没有这种台账的列名，没有读取。")
            for one in tables
            if one.name and one.name != self.table.name
        ]
        self._places = [self.header.places[one] for one in asked]
        self._key_place = self.header.places[KEY]
        self._must = [
            place for one in self._needed if (place := self.header.places[one]) is not None
        ]
        self._told: list[LeftOut] = []
        self.untold = 0
        if next(self.chunks(), None) is None:
            raise ValidationError("文件中没有记录：列名下面没有一行内容。")

    @property
    def absent(self) -> list[str]:
        """The headings asked for that the file has not."""
        return [one for one in self.header.absent if one != KEY]

    @property
    def left_out(self) -> list[LeftOut]:
        """What is not taken, once the chunks have been read: sheets, columns, rows."""
        columns = [
            LeftOut(f"{get_column_letter(place + 1)}列", text, "台账没有这一列，没有导入。")
            for place, text in self.header.others.items()
        ]
        return [*self._unread, *columns, *self._told]

    def chunks(self) -> Iterator[Chunk]:
        """All records; a short row is filled up. Raises ValidationError."""
        self._told, self.untold, kept = [], 0, 0
        records = self._records(array("l"))
        while batch := list(islice(records, CHUNK)):
            kept += len(batch)
            if kept > MOST_ROWS:
                raise ValidationError(f"一次最多导入{MOST_ROWS}行，请分成几个文件。")
            numbers, rows, keys = zip(*batch, strict=True)
            yield Chunk(numbers, list(rows), keys)

    def _records(self, numbers: array) -> Iterator[tuple[int, Cells, str]]:
        """The rows that are records: number, cells in the order asked, and key."""
        header, width = self.header, len(self._places)
        straight = self._places == list(range(width))
        for number, cells in self.table.rows(partial(self._is_loose, numbers)):
            if number <= header.number:
                self._note_title(number, cells)
                continue
            if why := self._why_left_out(cells):
                self._note(number, cells, why)
                continue
            fitted = cells if straight and len(cells) == width else self._fitted(number, cells)
            if any(map(str.strip, fitted)):
                numbers.append(number)
                yield number, fitted, self._key(cells)
            elif any(map(str.strip, cells)):
                self._note(number, cells, "没有登记内容，没有导入。")

    def _key(self, cells: Cells) -> str:
        place = self._key_place
        return "" if place is None or place >= len(cells) else cells[place].strip()

    def _is_loose(self, numbers: array, first: int, last: int) -> bool:
        """Whether merged rows are no records."""
        place = bisect_left(numbers, first)
        return place == len(numbers) or numbers[place] > last

    def _why_left_out(self, cells: Cells) -> str:
        """Why a row is no record, though something stands in it; blank for one that is."""
        if cells == self.header.cells:
            return "是重复的列名，没有导入。"
        first = _beginning(cells)
        if first[:1] not in _BEGINNINGS:  # as with nearly all
            return ""
        if _SUM.fullmatch(first) and self._lacks(cells):
            return "是合计，不是记录，没有导入。"
        if _NOTE.fullmatch(first) and self._lacks(cells):
            return "是填表说明，不是记录，没有导入。"
        return "是模板中的示例，没有导入。" if first.startswith(SAMPLE) else ""

    def _lacks(self, cells: Cells) -> bool:
        """Whether something is blank that every record has, or says itself that this is none."""
        return any(
            place >= len(cells)
            or not (text := cells[place].strip())
            or bool(_SUM.fullmatch(text) or _NOTE.fullmatch(text))
            for place in self._must
        )

    def _fitted(self, number: int, cells: Cells) -> Cells:
        """The cells in the order asked. Raises ValidationError where text stands below no heading."""
        known = {*self._places, self._key_place, *self.header.others}
        for place, cell in enumerate(cells):
            if place not in known and cell.strip():
                letter = get_column_letter(place + 1)
                raise ValidationError(f"第{number}行的格数多于列名：{letter}列没有列名。{SURPLUS}")
        return [
            cells[place] if place is not None and place < len(cells) else ""
            for place in self._places
        ]

    def _note_title(self, number: int, cells: Cells) -> None:
        if number < self.header.number and any(map(str.strip, cells)):
            self._note(number, cells, "在列名上面，没有导入。")

    def _note(self, number: int, cells: Cells, why: str) -> None:
        if len(self._told) < MOST_TOLD:
            text = " ".join(one.strip() for one in cells if one.strip())
            self._told.append(LeftOut(f"第{number}行", text[:60], why))
        else:
            self.untold += 1


def _beginning(cells: Cells) -> str:
    """The first text of a row, or what stands beside it where that is the row's number."""
    numbered = False
    for cell in cells:
        if text := cell.strip():
            if numbered or not text.isdecimal():
                return text
            numbered = True
    return ""


def _tables_of(data: bytes) -> tuple[list[RowTable], list[str]]:
    """The tables of a file, and the names of its hidden sheets. Raises ValidationError."""
    if data.startswith(b"PK"):
        return _sheets_of(data)
    if data.startswith(old_workbooks.MAGIC):
        tables, unseen = old_workbooks.tables(data)
        return _some(tables), unseen
    if re.match(
        rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|style|meta)", data[:200], re.IGNORECASE
    ):
        raise ValidationError(WEB)
    return csv_files.tables(data), []


def _sheets_of(data: bytes) -> tuple[list[RowTable], list[str]]:
    package = Package(data)
    if WORKBOOK not in package.names or package.has_macros:
        raise ValidationError(f"不支持这种文件：{WHAT}")
    book = Workbook(package)
    visible = [sheet for sheet in book.sheets if sheet.visible]
    tables = [
        RowTable(
            sheet.name,
            partial(book.rows, sheet),
            partial(book.rows, sheet, lambda _, __: True, GLANCE),
        )
        for sheet in visible
    ]
    _some(tables)
    book.require_bounded()
    return tables, [sheet.name for sheet in book.sheets if not sheet.visible]


def _some(tables: list[RowTable]) -> list[RowTable]:
    if not tables:
        raise ValidationError(f"工作簿中没有可见的工作表。{WHAT}")
    return tables


def _chosen(tables: list[RowTable], asked: list[str], needed: list[str]) -> tuple[RowTable, Header]:
    """The table that has the headings, and where: never one of two. Raises ValidationError."""
    meant = [(one, header) for one in tables if (header := _header_in(one, asked, needed))]
    if len(meant) > 1:
        meant = [(one, header) for one, header in meant if _goes_on(one, header)] or meant[:1]
    if len(meant) > 1 and meant[0][0].name:
        named = "、".join(f"“{one.name}”" for one, _ in meant[:9])
        raise ValidationError(f"几张工作表都有这些列（{named}）：请合成一张，或分别上传。")
    if not meant:
        raise headings.refusal(headings.nearest(tables[0].glance(), asked), needed)
    return meant[0]


def _header_in(table: RowTable, asked: list[str], needed: list[str]) -> Header | None:
    """Where a table has the headings; what cannot be read says so when it is."""
    with suppress(ValidationError):
        return headings.found(table.glance(), asked, needed)
    return None


def _goes_on(table: RowTable, header: Header) -> bool:
    """Whether anything stands below the headings."""
    with suppress(ValidationError):
        return any(number > header.number for number, _ in table.glance())
    return False
