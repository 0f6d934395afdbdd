"""The rows of a workbook's sheets as a clerk sees them, read by what is there and by nothing it claims.

openpyxl believes a sheet's dimension and took 22 s for what takes 5 s here; python-calamine holds a
sheet densely, knows no number formats and tells an error from a blank cell as little as a formula
nobody has worked out (docs/adr/0014-reading-workbooks.md).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from xml.parsers import expat

from suzhou_portal.files.packages import DAMAGED, DEEPEST, TOO_LARGE, Package
from suzhou_portal.imports.shown import UnclearError
from suzhou_portal.imports.workbook_parts import (
    KNOWN,
    MOST_PIECES,
    STRING_MARKS,
    STRING_SIZE,
    STRINGS,
    YES,
    Strings,
    Styles,
    refuse,
    unescaped,
)

WORKBOOK = "xl/workbook.xml"
# What the visible sheets may hold: tags, and bytes when unpacked. It is what can be read in some seconds.
SHEET_MARKS, SHEET_SIZE = 8_000_000, 300 * 1024 * 1024
LONGEST = 32_767  # characters that a spreadsheet takes in a cell
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
SHOWN = 5  # places named in a message
_NO_ATTRIBUTES: dict[str, str] = {}
_FORMULA = "这一格的公式没有算出的结果：请用 Excel 打开、保存后再传，或直接填写结果。"
_ERROR = "这一格是公式错误，请改正。"

Row = list[str]
# A row's number, its texts up to the last that is not blank, and why a cell cannot be read, by place.
Line = tuple[int, Row, Mapping[int, str]]
ALL_READ: Mapping[int, str] = {}


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells."""

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
            Sheet(one.get("name", ""), part, one.get("state", "visible") == "visible")
            for tag, one in described
            if tag == "sheet"
            for kind, part in [related.get(one.get("id", ""), ("", ""))]
            if kind == "worksheet" and part in package.names
        ]
        since_1904 = any(
            tag == "workbookPr" and one.get("date1904") in ("1", "true") for tag, one in described
        )
        self._styles = Styles(package, since_1904=since_1904)

    def require_bounded(self) -> None:
        """Refuse more visible sheets than can be read in some seconds, before any is read."""
        sheets = [sheet.part for sheet in self.sheets if sheet.visible]
        self._package.require_marks(sheets, SHEET_MARKS, SHEET_SIZE)
        if STRINGS in self._package.names:
            self._package.require_marks([STRINGS], STRING_MARKS, STRING_SIZE)

    def lines(self, sheet: Sheet, width: int, pieces: int | None = None) -> Iterator[Line]:
        """The rows that are not blank, or those of the first pieces of the sheet. Text right of
        `width` columns is refused, as are merged cells and what a clerk does not see.
        """
        reader = _Reader(Strings(self._package), self._styles, width)
        for _ in islice(self._package.parse(reader.parser, sheet.part, SHEET_SIZE), pieces):
            yield from reader.lines
            reader.lines.clear()
        reader.require_no_merged()


class _Reader:
    """Makes lines of what a parser finds in a sheet."""

    def __init__(self, strings: Strings, styles: Styles, width: int):
        self.lines: list[Line] = []
        self._strings, self._styles, self._width = strings, styles, width
        self._number, self._row, self._hidden = 0, "", False
        self._texts: list[str] = []
        self._wrong: dict[int, str] = {}
        self._unseen: set[int] = set()
        self._merged: list[str] = []
        self._place, self._cell = 0, _NO_ATTRIBUTES
        self._formula = self._valued = self._taking = self._aside = False
        self._text: list[str] = []
        self._depth = 0
        self._places: dict[str, int] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters

    def require_no_merged(self) -> None:
        """Raise ValidationError where cells are merged: what they say of each row nobody can tell."""
        if self._merged:
            named = "、".join(self._merged[:SHOWN]) + ("等" if len(self._merged) > SHOWN else "")
            refuse(f"有合并的单元格（{named}）：请取消合并，在每一行都填上内容。")

    # What comes most often is asked first.
    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            refuse(TOO_LARGE)
        name = KNOWN.get(tag)
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
        elif name == "col" and attributes.get("hidden") in YES:
            last = min(int(attributes["max"]), self._width)
            self._unseen |= set(range(int(attributes["min"]) - 1, last))
        elif name == "mergeCell" and len(self._merged) <= SHOWN:
            self._merged.append(attributes.get("ref", "")[: SHOWN * 4])

    def _end(self, tag: str) -> None:
        self._depth -= 1
        name = KNOWN.get(tag)
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            if self._text or self._formula or self._valued:
                self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._aside = False

    def _characters(self, text: str) -> None:
        if self._taking:
            self._text.append(text)
            if len(self._text) > MOST_PIECES:
                refuse(TOO_LARGE)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = attributes.get("r", str(self._number + 1))
        before, self._number = self._number, int(self._row)
        if not before < self._number <= LAST_ROW:
            refuse(DAMAGED)
        self._hidden = attributes.get("hidden") in YES
        self._place = -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell, before = attributes, self._place
        address = attributes.get("r")
        if address is None:
            self._place = before + 1
        else:
            letters = address[: -len(self._row)]
            place = self._places.get(letters)
            if place is None:
                place = self._places[letters] = place_of(letters)
            if place <= before or not address.endswith(self._row):
                refuse(DAMAGED)
            self._place = place
        self._formula = self._valued = False
        if self._text:
            self._text.clear()

    def _end_cell(self) -> None:
        text, place = "".join(self._text), self._place
        self._text.clear()
        try:
            text = self._shown(text)
        except UnclearError as error:
            self._wrong[place] = str(error)
            text = text or "="
        if not text or text.isspace():
            return
        if len(text) > LONGEST:
            refuse(f"第{self._number}行有一格超过{LONGEST}字，请删减。")
        if place >= self._width:
            refuse(f"第{self._number}行的格数多于列名：{column_name(place)}列没有列名，请核对。")
        if place in self._unseen:
            refuse(f"{column_name(place)}列是隐藏的：请取消隐藏，核对后再传。")
        self._texts += [""] * (place - len(self._texts))
        self._texts.append(text)

    def _shown(self, text: str) -> str:
        kind = self._cell.get("t", "n")
        if self._formula and not self._valued:
            raise UnclearError(_FORMULA)
        if kind == "s":
            return self._strings[int(text)] if text else ""
        if kind in ("inlineStr", "str"):
            return unescaped(text)
        if kind == "b":
            return "是" if text in YES else "否"
        if kind == "e":
            raise UnclearError(_ERROR)
        if kind == "d":
            return text.removesuffix("T00:00:00")
        return self._styles.shown(text, self._cell.get("s", "0")) if text else ""

    def _end_row(self) -> None:
        if not self._texts:
            return
        if self._hidden:
            refuse(f"第{self._number}行是隐藏的（可能开着筛选）：请取消隐藏或筛选，核对后再传。")
        self.lines.append((self._number, self._texts, self._wrong or ALL_READ))
        self._texts, self._wrong = [], {}


def place_of(letters: str) -> int:
    """The place of a column from 0. Raises ValidationError for what is none."""
    if not re.fullmatch("[A-Z]{1,3}", letters):
        refuse(DAMAGED)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1 if number <= LAST_COLUMN else refuse(DAMAGED)


def column_name(place: int) -> str:
    """The letters of the column at a place from 0."""
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
