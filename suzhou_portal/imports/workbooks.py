"""The rows of a workbook's sheets as a clerk sees them, read by what is there and by nothing it claims.

openpyxl believes a sheet's dimension and took 22 s for what takes 5 s here; python-calamine holds a
sheet densely, knows no number formats and tells an error from a blank cell as little as a formula
nobody has worked out (docs/adr/0014-reading-workbooks.md).
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from xml.parsers import expat

from django.core.exceptions import ValidationError
from openpyxl.utils import column_index_from_string, get_column_letter

from suzhou_portal.files.packages import DAMAGED, DEEPEST, TOO_LARGE, WORKBOOK, Package
from suzhou_portal.imports.shown import CellFormats, UnclearError
from suzhou_portal.imports.tables import WIDEST, Cells, Loose, MergedCells, NumberedRow, UnreadCell

STRINGS = "xl/sharedStrings.xml"
# What the visible sheets may hold: tags, and bytes when unpacked. It is what can be read in some seconds.
SHEET_MARKS, SHEET_SIZE = 14_000_000, 300 * 1024 * 1024
STRING_MARKS, STRING_SIZE = 3_000_000, 48 * 1024 * 1024
MOST_PIECES = 4_096  # in which the text of a cell comes, each of at most 8 KB
LONGEST = 32_767  # characters that a spreadsheet takes in a cell
LAST_ROW = 1_048_576
_FORMULA = "这一格的公式没有算出的结果：请用 Excel 打开、保存后再传，或直接填写结果。"
_ERROR = "这一格是公式错误，请改正。"
_RANGE = re.compile(r"[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_KNOWN = {
    f"{space} {name}": name
    for space in _SPACES
    for name in ("row", "c", "v", "f", "t", "rPh", "si", "col", "mergeCell")
}
_YES = ("1", "true")


class SheetPart(NamedTuple):
    """A sheet of cells: its name for people, its part of the file, and whether people see it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """A workbook. Raises ValidationError for what is none, here and while rows are read."""

    def __init__(self, package: Package):
        self._package = package
        described = package.elements(WORKBOOK)
        related = package.related(WORKBOOK)
        self.sheets = [
            SheetPart(one.get("name", ""), part, one.get("state", "visible") == "visible")
            for tag, one in described
            if tag == "sheet"
            for kind, part in [related.get(one.get("id", ""), ("", ""))]
            if kind == "worksheet" and part in package.names
        ]
        since_1904 = any(
            tag == "workbookPr" and one.get("date1904") in _YES for tag, one in described
        )
        self._formats = CellFormats(package, since_1904=since_1904)

    def require_bounded(self) -> None:
        """Refuse more visible sheets than can be read in some seconds, before any is read."""
        sheets = [sheet.part for sheet in self.sheets if sheet.visible]
        self._package.require_marks(sheets, SHEET_MARKS, SHEET_SIZE)
        if STRINGS in self._package.names:
            self._package.require_marks([STRINGS], STRING_MARKS, STRING_SIZE)

    def rows(
        self, sheet: SheetPart, loose: Loose, pieces: int | None = None
    ) -> Iterator[NumberedRow]:
        """The rows that are not blank, or those of the first pieces of the sheet. Text right of the
        widest there may be is refused, as are merged cells in records and what a clerk does not see.
        """
        reader = _SheetReader(_Strings(self._package), self._formats, WIDEST)
        for _ in islice(self._package.parse(reader.parser, sheet.part, SHEET_SIZE), pieces):
            yield from reader.rows
            reader.rows.clear()
        reader.merged.require_loose(loose)


class _TextReader:
    """Gathers the texts that a parser comes by. Its handlers raise ValidationError."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._taking = self._aside = False  # aside stands how a text is pronounced
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def _end(self, tag: str) -> None:
        raise NotImplementedError

    def _characters(self, text: str) -> None:
        if self._taking:
            self._text.append(text)
            if len(self._text) > MOST_PIECES:
                raise ValidationError(TOO_LARGE)


class _Strings(_TextReader):
    """The shared strings, read only as far as a cell asks for them."""

    def __init__(self, package: Package):
        super().__init__()
        self._known: list[str] = []
        there = STRINGS in package.names
        self._more = package.parse(self.parser, STRINGS, STRING_SIZE) if there else iter(())

    def __getitem__(self, place: int) -> str:
        while not 0 <= place < len(self._known):
            if place < 0 or next(self._more, self) is self:
                raise ValidationError(DAMAGED)
        return self._known[place]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _KNOWN.get(tag)
        self._taking = name == "t" and not self._aside
        self._aside = self._aside or name == "rPh"

    def _end(self, tag: str) -> None:
        name = _KNOWN.get(tag)
        self._taking = False
        if name == "rPh":
            self._aside = False
        elif name == "si":
            self._known.append(_unescaped("".join(self._text)))
            self._text.clear()


class _SheetReader(_TextReader):
    """Makes rows of what a parser finds in a sheet."""

    def __init__(self, strings: _Strings, formats: CellFormats, width: int):
        super().__init__()
        self.rows: list[NumberedRow] = []
        self._strings, self._formats, self._width = strings, formats, width
        self._number, self._row, self._hidden = 0, "", False
        self._cells: Cells = []
        self._unseen: set[int] = set()
        self.merged = MergedCells()
        self._place, self._cell = 0, dict[str, str]()
        self._formula = self._valued = False
        self._depth = 0

    # What comes most often is asked first.
    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValidationError(TOO_LARGE)
        name = _KNOWN.get(tag)
        if name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._taking = self._valued = True
        elif name == "t":
            self._taking = not self._aside
        elif name == "row":
            self._begin_row(attributes)
        elif name is not None:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif name == "col" and attributes.get("hidden") in _YES:
            last = min(int(attributes["max"]), self._width)
            self._unseen |= set(range(int(attributes["min"]) - 1, last))
        elif name == "mergeCell" and (found := _RANGE.fullmatch(attributes.get("ref", ""))):
            self.merged.add(found[0], int(found[1]), int(found[2]))

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = _KNOWN.get(tag)
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            if self._text or self._formula or self._valued:
                self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aside = False

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = attributes.get("r", str(self._number + 1))
        before, self._number = self._number, int(self._row)
        if not before < self._number <= LAST_ROW:
            raise ValidationError(DAMAGED)
        self._hidden = attributes.get("hidden") in _YES
        self._place = -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell, before = attributes, self._place
        self._place += 1
        if address := attributes.get("r"):
            self._place = column_index_from_string(address.removesuffix(self._row)) - 1
        if self._place <= before:
            raise ValidationError(DAMAGED)
        self._formula = self._valued = False
        if self._text:
            self._text.clear()

    def _end_cell(self) -> None:
        text, place = "".join(self._text), self._place
        self._text.clear()
        try:
            text = self._meant(text)
        except UnclearError as error:
            text = UnreadCell(text or "=", str(error))
        if not text or text.isspace():
            return
        if len(text) > LONGEST:
            raise ValidationError(f"第{self._number}行有一格超过{LONGEST}字，请删减。")
        if place >= self._width:
            raise ValidationError(
                f"第{self._number}行的格数多于列名：{get_column_letter(place + 1)}列没有列名，请核对。"
            )
        if place in self._unseen:
            raise ValidationError(
                f"{get_column_letter(place + 1)}列是隐藏的：请取消隐藏，核对后再传。"
            )
        self._cells += [""] * (place - len(self._cells))
        self._cells.append(text)

    def _meant(self, text: str) -> str:
        """What the cell shows of a text kept in it. Raises UnclearError."""
        kind = self._cell.get("t", "n")
        if self._formula and not self._valued:
            raise UnclearError(_FORMULA)
        if kind == "s":
            return self._strings[int(text)] if text else ""
        if kind in ("inlineStr", "str"):
            return _unescaped(text)
        if kind == "b":
            return "是" if text in _YES else "否"
        if kind == "e":
            raise UnclearError(_ERROR)
        if kind == "d":
            return text.removesuffix("T00:00:00")
        return self._formats.shown(text, self._cell.get("s", "0")) if text else ""

    def _end_row(self) -> None:
        if self._cells and self._hidden:
            raise ValidationError(
                f"第{self._number}行是隐藏的（可能开着筛选）：请取消隐藏或筛选，核对后再传。"
            )
        if self._cells:
            self.rows.append((self._number, self._cells))
            self._cells = []


def _unescaped(text: str) -> str:
    """A text as people see it: what XML cannot hold is written _x000D_, and a line ends in one way."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
