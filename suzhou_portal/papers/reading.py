"""A Word file as plain data, block by block: what is set as PDF, and what of it cannot be.

Lengths are points.
"""

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from suzhou_portal.papers.fonts import missing, printable

Data = dict[str, Any]
SIZE = 10.5  # of text of which nothing says how large it is: 五号
LONGEST_WHOLE = 600  # characters of a row
EMU = 12_700  # of a point, in which Word measures pictures
_ALIGN = {0: "left", 1: "center", 2: "right"}
_FIELDS = {"PAGE": "page", "NUMPAGES": "pages"}
_SIGNS = {"tab": "　　", "noBreakHyphen": "-", "br": "\n"}
_UNSET = {
    "numPr": "自动编号",
    "footnoteReference": "脚注",
    "txbxContent": "文本框",
    "AlternateContent": "图形",
    "object": "嵌入的对象",
    "oMath": "公式",
}


def unset(document: Document) -> list[str]:
    """What of a template Word would print and a PDF would not."""
    tags = {element.tag.rpartition("}")[2] for element in document.element.body.iter()}
    return [name for tag, name in _UNSET.items() if tag in tags]


def read(document: Document) -> Data:
    """All that a file says, and on what paper. What the font does not have is marked and listed."""
    section, about = document.sections[0], document.core_properties
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    reader = _Reader()
    said = {
        "title": about.title or "",
        "author": about.author or "",
        "width": _points(section.page_width, 595.3),
        "height": _points(section.page_height, 841.9),
        "margins": [_points(one, 56.7) for one in margins],
        "header": [reader.paragraph(one) for one in section.header.paragraphs if one.text],
        "footer": [reader.paragraph(one) for one in section.footer.paragraphs],
        "blocks": list(reader.blocks(document)),
    }
    lost = missing("".join(_texts(said)))
    listed = "、".join(f"U+{ord(one):04X}" for one in lost)
    return (_printable(said) if lost else said) | {"missing": listed}


def _points(length: Any, otherwise: float) -> float:
    return otherwise if length is None else round(length.pt, 2)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _printable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return printable(value) if isinstance(value, str) else value


class _Reader:
    """Reads blocks, and looks up each style once."""

    def __init__(self) -> None:
        self._styles: dict[str | None, list[Any]] = {}

    def blocks(self, parent: Any) -> Iterator[Data]:
        for one in parent.iter_inner_content():
            yield self.table(one) if isinstance(one, Table) else self.paragraph(one)

    def paragraph(self, paragraph: Paragraph) -> Data:
        styles = self._of(paragraph._p.style, paragraph)
        formats = [one.paragraph_format for one in (paragraph, *styles)]
        runs = [one for run in paragraph.runs for one in self._run(run, styles)]
        breaks = any(one.get(qn("w:type")) == "page" for one in paragraph._p.iter(qn("w:br")))
        lengths = {
            key: _points(_first(formats, name), 0)
            for key, name in (
                ("first", "first_line_indent"), ("left", "left_indent"),
                ("before", "space_before"), ("after", "space_after"),
            )
        }  # fmt: skip
        return lengths | {
            "kind": "paragraph",
            "level": _level(styles),
            "align": _ALIGN.get(_first(formats, "alignment") or 0, "justify"),
            "break": breaks or bool(_first(formats, "page_break_before")),
            "size": _points(_first([one.font for one in styles], "size"), SIZE),
            "runs": runs,
        }

    def _of(self, key: str | None, owner: Paragraph | Run) -> list[Any]:
        if key not in self._styles:
            found, style = [], owner.style
            while style is not None:
                found.append(style)
                style = style.base_style
            self._styles[key] = found
        return self._styles[key]

    def _run(self, run: Run, styles: list[Any]) -> Iterator[Data]:
        own = self._of(run._r.style, run) if run._r.style else []
        fonts = [one.font for one in (run, *own, *styles)]
        look = {
            "size": _points(_first(fonts, "size"), SIZE),
            "bold": bool(_first(fonts, "bold")),
            "italic": bool(_first(fonts, "italic")),
            "underline": bool(_first(fonts, "underline")),
        }
        text = ""
        for element in run._r:
            tag = element.tag.rpartition("}")[2]
            field = tag == "instrText" and _FIELDS.get((element.text or "").strip())
            if field or tag == "drawing":
                yield look | {"kind": "text", "text": text}
                text = ""
                yield from [look | {"kind": field}] if field else _pictures(run, element, look)
            elif tag == "t":
                text += element.text or ""
            elif element.get(qn("w:type")) != "page":
                text += _SIGNS.get(tag, "")
        yield look | {"kind": "text", "text": text}

    def table(self, table: Table) -> Data:
        grid = [_points(one.width, 0) for one in table.columns]
        borders = table._tbl.xpath("./w:tblPr/w:tblBorders")
        style = str(table.style.name).lower() if table.style is not None else ""
        return {
            "kind": "table",
            "columns": grid,
            "headings": len(table._tbl.xpath("./w:tr[w:trPr/w:tblHeader]")),
            "lined": bool(borders) or "grid" in style,
            "whole": [_stays_whole(row) for row in table._tbl.tr_lst],
            "rows": [[self._cell(cell, grid, table) for cell in row.tc_lst]
                     for row in table._tbl.tr_lst],
        }  # fmt: skip

    def _cell(self, cell: Any, grid: list[float], table: Table) -> Data:
        begins = cell.vMerge == "restart"
        return {
            "x": cell.grid_offset,
            "span": cell.grid_span,
            "joined": cell.vMerge == "continue",
            "rows": cell.bottom - cell.top if begins else 1,
            "width": sum(grid[cell.grid_offset : cell.grid_offset + cell.grid_span]),
            "blocks": list(self.blocks(_Cell(cell, table))),
        }


def _first(owners: list[Any], name: str) -> Any:
    return next((found for one in owners if (found := getattr(one, name)) is not None), None)


def _stays_whole(row: Any) -> bool:
    """Whether a row is not to be divided between pages, and is short enough for that."""
    said = sum(len(one.text or "") for one in row.iter(qn("w:t")))
    return said < LONGEST_WHOLE and bool(row.xpath("./w:trPr/w:cantSplit"))


def _level(styles: list[Any]) -> int:
    """0 of text, 1 of a title, 2 and more of headings."""
    for style in styles:
        name = str(style.name).lower()
        if name == "title":
            return 1
        if name.startswith("heading ") and name[-1].isdigit():
            return 1 + int(name[-1])
    return 0


def _pictures(run: Run, drawing: Any, look: Data) -> Iterator[Data]:
    for blip in drawing.iter(qn("a:blip")):
        about = next(drawing.iter(qn("wp:docPr")), None)
        yield look | {
            "kind": "picture",
            "bytes": list(run.part.related_parts[blip.get(qn("r:embed"))].blob),
            "width": round(int(next(drawing.iter(qn("wp:extent"))).get("cx")) / EMU, 2),
            "alt": (about is not None and about.get("descr")) or "图",
        }
