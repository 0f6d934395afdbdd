"""The workbook in which a higher office sent its form: what of it can be filled in, and what would be lost."""

import io
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook

from suzhou_portal.files.models import Attachment
from suzhou_portal.files.packages import SMALL, Package, refusing

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MARKS = 100_000  # tags in a part
MOST_MERGED = 20_000  # cells
# What openpyxl, which fills a form in, writes again as it was.
_KEPT = {
    "drawing", "hyperlink", "printerSettings", "comments", "vmlDrawing", "table", "pivotTable",
    "image",
}  # fmt: skip
_SHAPES = {"sp", "cxnSp", "grpSp", "contentPart", "relIds"}
_LOST_PICTURES = (".emf", ".wmf")
BROKEN = "这个工作簿打不开，可能已损坏；请用 Excel 打开后另存再传。"
TOO_LARGE = "这个工作簿过大，不像一张表样：请删去多余的行、列和工作表。"
LOST = "表样里有填表时会丢失的内容（{what}）：请把其中的文字移到单元格里，删去后再传。"


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


def opened(data: bytes) -> Workbook:
    """Ready to be filled in. Raises ValidationError for what cannot be opened in bounded time."""
    package = Package(data)
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.require_marks([name], MOST_MARKS, SMALL)
    for name in package.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _merged(package, name)
    with refusing(BROKEN):
        return load_workbook(io.BytesIO(data), rich_text=True)


def sheet_of(book: Workbook) -> Any:
    """The sheet that is filled in: the one that shows when the file is opened."""
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return book.active if book.active in visible else (visible or book.worksheets)[0]


def target(sheet: Any, address: str) -> str:
    """Where in the sheet a text at the address is seen: of merged cells, in the first."""
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return str(merged.coord.partition(":")[0])
    return address


def require_takes(book: Workbook, addresses: Iterable[str]) -> None:
    """Raises ValidationError for a cell of which another is the one that is seen."""
    sheet = sheet_of(book)
    for address in addresses:
        if (seen := target(sheet, address)) != address:
            raise ValidationError(
                f"单元格{address}在表样“{sheet.title}”中被合并，看得见的是{seen}：请改填{seen}。"
            )


def require_nothing_lost(data: bytes) -> None:
    """Raises ValidationError for a workbook of which a part would not be there when it is filled in."""
    package = Package(data)
    lost = set()
    for name in package.names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            kinds = {kind for kind, _ in package.related(name).values()}
            controls = "vmlDrawing" in kinds and "comments" not in kinds
            lost |= {"控件或嵌入的对象"} if kinds - _KEPT or controls else set()
        elif re.fullmatch(r"xl/drawings/[^/]+\.xml", name):
            drawn = {tag for tag, _ in package.elements(name)}
            lost |= {"文本框或图形"} if drawn & _SHAPES else set()
        elif name.lower().endswith(_LOST_PICTURES) or "cellimages" in name.lower():
            lost.add("图片")
    if lost:
        raise ValidationError(LOST.format(what="、".join(sorted(lost))))


def _merged(package: Package, name: str) -> None:
    room = MOST_MERGED
    for tag, attributes in package.elements(name, MOST_MARKS):
        if tag == "mergeCell":
            with refusing(BROKEN):
                left, top, right, bottom = range_boundaries(attributes["ref"])
                room -= (right - left + 1) * (bottom - top + 1)
            if room < 0:
                raise ValidationError(TOO_LARGE)
