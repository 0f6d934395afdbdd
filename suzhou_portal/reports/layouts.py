"""The workbook in which a higher office sent its form. Its cells are written where they stand, in the XML
of its sheets; all else stays byte for byte: text boxes, pictures, charts, print setup.

openpyxl, which reads a workbook and writes another one, loses all of that (docs/adr/0035-paper.md).
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from lxml import etree

from suzhou_portal.files.models import Attachment
from suzhou_portal.files.packages import SMALL, WORKBOOK, Package, refusing
from suzhou_portal.packed import repacked
from suzhou_portal.reports import cells
from suzhou_portal.workbooks import MEDIA_TYPE

MOST_MARKS = 100_000  # tags in a part
MOST_MERGED = 20_000  # cells
MOST_UNPACKED = 200 * 1024 * 1024  # bytes
BROKEN = "这个工作簿打不开，可能已损坏；请用 Excel 打开后另存再传。"
TOO_LARGE = "这个工作簿过大，不像一张表样：请删去多余的行、列和工作表。"
_CHAIN, _STRINGS = "xl/calcChain.xml", "xl/sharedStrings.xml"
_TYPES, _LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"


class FormPlace(NamedTuple):
    """A cell of a form: the sheet as its tab is named, blank for the one that shows first, and the address."""

    sheet: str
    cell: str


class _Sheet(NamedTuple):
    name: str
    part: str
    visible: bool


def of(form: Any) -> bytes | None:
    """The workbook kept with a form, as the office sent it; the latest where there are several."""
    kept = Attachment.objects.of(form).filter(media_type=MEDIA_TYPE).last()
    if kept is None:
        return None
    try:
        with kept.file.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


@contextmanager
def said_of_file() -> Iterator[None]:
    """What is wrong with a cell is said of the file in which it cannot be filled in."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(error.messages) from error


class Layout:
    """A form's workbook. Raises ValidationError for what cannot be opened in bounded time."""

    def __init__(self, data: bytes):
        self._data, self._package = data, Package(data)
        if self._package.unpacked > MOST_UNPACKED:
            raise ValidationError(TOO_LARGE)
        for name in self._package.names:
            if name.endswith((".xml", ".rels")):
                self._package.require_marks([name], MOST_MARKS, SMALL)
        with refusing(BROKEN):
            self._book = self._parsed(WORKBOOK)
            self._sheets = self._named()
            self._known: dict[str, Any] = {}
        if not self._sheets:
            raise ValidationError(BROKEN)

    @property
    def names(self) -> list[str]:
        """Its sheets, as their tabs are named."""
        return [sheet.name for sheet in self._sheets]

    def require_takes(self, places: Iterable[FormPlace]) -> None:
        """Raises ValidationError for a cell that is not there to be filled in, at `sheet` or `cell`."""
        for place in places:
            sheet = self._sheet(place.sheet)
            if sheet is None:
                there = "、".join(f"“{name}”" for name in self.names)
                raise ValidationError({"sheet": f"表样里没有工作表“{place.sheet}”，有：{there}。"})
            seen = cells.seen_at(self._root(sheet), place.cell)
            where = f"单元格{place.cell}在表样“{sheet.name}”中"
            if seen != place.cell:
                said = f"{where}被合并，看得见的是{seen}：请改填{seen}。"
                raise ValidationError({"cell": said})
            if cells.is_formula(self._root(sheet), place.cell):
                said = f"{where}是公式：它由表样自己计算，请改填它引用的单元格。"
                raise ValidationError({"cell": said})

    def filled(self, values: Mapping[FormPlace, Any]) -> bytes:
        """The workbook with numbers and texts in its cells. Its formulas are worked out anew when it is opened."""
        replaced = False
        for place, value in values.items():
            sheet = self._sheet(place.sheet) or self._sheet("")
            assert sheet is not None  # noqa: S101 - one without sheets is refused
            root = self._root(sheet)
            replaced |= cells.write(root, cells.seen_at(root, place.cell), value)
        self._require_strings()
        for sheet in self._sheets:
            cells.forget_results(self._root(sheet))
        changed = {sheet.part: _written(self._root(sheet)) for sheet in self._sheets}
        cells.work_out_when_opened(self._book)
        changed[WORKBOOK] = _written(self._book)
        without = {_CHAIN} & self._package.names if replaced else set()
        for name in (_TYPES, _LINKS) if without else ():
            changed[name] = _written(cells.without_chain(self._parsed(name)))
        return repacked(self._data, changed, without)

    def _named(self) -> list[_Sheet]:
        related = self._package.related(WORKBOOK)
        found = [
            (one.get("name", ""), one.get("state", "visible") == "visible",
             *related.get(cells.attribute(one, "id"), ("", "")))
            for one in self._book.iter("{*}sheet")
        ]  # fmt: skip
        return [
            _Sheet(name, part, visible)
            for name, visible, kind, part in found
            if kind == "worksheet" and part in self._package.names
        ]

    def _require_strings(self) -> None:
        """Raises ValidationError for a text that the workbook does not have: nothing would open it."""
        there = sum(tag == "si" for tag, _ in self._package.elements(_STRINGS, MOST_MARKS))
        roots = [self._root(sheet) for sheet in self._sheets]
        with refusing(BROKEN):
            asked = (
                cell.findtext("{*}v", "0") for root in roots for cell in cells.of_strings(root)
            )
            if any(int(number) >= there for number in asked):
                raise ValidationError(BROKEN)

    def _sheet(self, name: str) -> _Sheet | None:
        if name:
            return next((one for one in self._sheets if one.name == name), None)
        view = next(self._book.iter("{*}workbookView"), None)
        shown = int(view.get("activeTab", "0")) if view is not None else 0
        first = [one for one in self._sheets[shown : shown + 1] if one.visible]
        return [*first, *(one for one in self._sheets if one.visible), *self._sheets][0]

    def _root(self, sheet: _Sheet) -> Any:
        if sheet.part not in self._known:
            with refusing(BROKEN):
                self._known[sheet.part] = self._parsed(sheet.part)
                if cells.merged(self._known[sheet.part]) > MOST_MERGED:
                    raise ValidationError(TOO_LARGE)
        return self._known[sheet.part]

    def _parsed(self, name: str) -> Any:
        for _ in self._package.elements(
            name, MOST_MARKS
        ):  # no entity, nothing too deep or too long
            pass
        data = io.BytesIO(b"".join(self._package.pieces(name)))
        return etree.parse(data, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
