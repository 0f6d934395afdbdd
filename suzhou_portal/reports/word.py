"""A report as a Word file: A4, with page numbers, lines to sign on, and what each figure means."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from suzhou_portal.reports.content import HEADINGS, SIGNATURES, Report

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "宋体"  # what offices here have; a machine without it takes its own


def render(report: Report) -> bytes:
    """The bytes of the file."""
    document = Document()
    _page(document)
    document.core_properties.title = report.title
    document.add_heading(report.title, level=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for fact in report.facts:
        document.add_paragraph(fact)
    for party, lines in report.sections:
        document.add_heading(f"{party.label}（{party.role}）", level=1)
        _table(document, HEADINGS, [line.cells for line in lines])
    if report.inside:
        document.add_heading("各地区对照", level=1)
        columns = ["地区", *(figure.label for figure in report.inside.columns)]
        rows = [[row.name, *row.cells] for row in report.inside.rows]
        _table(document, columns, [*rows, ["合计", *report.inside.total]])
    document.add_heading("口径和出处", level=1)
    for note in report.notes:
        document.add_paragraph(note.text, style="List Bullet")
    document.add_paragraph("　　".join(f"{name}：__________" for name in SIGNATURES))
    return _bytes(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    for style in document.styles:
        if style.type == 1:  # of paragraphs
            style.font.name = FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("第", "PAGE", "页，共", "NUMPAGES", "页"):
        if part.isascii():
            _field(footer, part)
        else:
            footer.add_run(part)


def _field(paragraph: Any, instruction: str) -> None:
    """What Word works out when it shows the page."""
    run = paragraph.add_run()
    for tag, attribute, text in (
        ("w:fldChar", "begin", None),
        ("w:instrText", None, instruction),
        ("w:fldChar", "end", None),
    ):
        element = OxmlElement(tag)
        if attribute:
            element.set(qn("w:fldCharType"), attribute)
        element.text = text
        run._r.append(element)


def _table(document: Any, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [heading, *rows]
    table = document.add_table(rows=len(lines), cols=len(heading), style="Table Grid")
    for line, row in zip(lines, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    # So that a table that goes on says again on each page what its columns are.
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _bytes(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
