"""A report as PDF: A4, with page numbers, lines to sign on, and what each figure means."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from suzhou_portal.pdf import FONT, register_font
from suzhou_portal.reports.content import HEADINGS, SIGNATURES, Report

MEDIA_TYPE = "application/pdf"
WIDTH = 170 * mm
_TEXT = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=14, wordWrap="CJK")
_TITLE = ParagraphStyle("title", parent=_TEXT, fontSize=17, leading=26, alignment=1, spaceAfter=8)
_HEADING = ParagraphStyle(
    "heading", parent=_TEXT, fontSize=12, leading=20, spaceBefore=8, keepWithNext=1
)
_LINES = TableStyle([
    ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
    ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
])  # fmt: skip


def render(report: Report) -> bytes:
    """The bytes of the file."""
    register_font()
    file = io.BytesIO()
    page = SimpleDocTemplate(
        file, pagesize=A4, title=report.title, leftMargin=20 * mm, rightMargin=20 * mm,
        topMargin=20 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    page.build(_story(report), onFirstPage=_number, onLaterPages=_number)
    return file.getvalue()


def _story(report: Report) -> list[Any]:
    story: list[Any] = [Paragraph(escape(report.title), _TITLE)]
    story += [_text(fact) for fact in report.facts]
    for party, lines in report.sections:
        story.append(Paragraph(f"{party.label}（{party.role}）", _HEADING))
        story.append(_table(HEADINGS, [line.cells for line in lines], (3, 3, 1, 2, 2, 2)))
    if report.inside:
        columns = ["地区", *(figure.label for figure in report.inside.columns)]
        rows = [[row.name, *row.cells] for row in report.inside.rows]
        story.append(Paragraph("各地区对照", _HEADING))
        shares = (3, *(2 for _ in report.inside.columns))
        story.append(_table(columns, [*rows, ["合计", *report.inside.total]], shares))
    story.append(Paragraph("口径和出处", _HEADING))
    story += [_text(note.text) for note in report.notes]
    story.append(Spacer(1, 12 * mm))
    story.append(_text("　　".join(f"{name}：__________" for name in SIGNATURES)))
    return story


def _text(text: str) -> Paragraph:
    # The font has the full-width sign only.
    return Paragraph(escape(text.replace("−", "－")), _TEXT)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int]) -> Table:
    cells = [[_text(text) for text in row] for row in (heading, *rows)]
    widths = [WIDTH * share / sum(shares) for share in shares]
    return Table(cells, colWidths=widths, repeatRows=1, style=_LINES)


def _number(canvas: Any, page: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 10 * mm, f"第{canvas.getPageNumber()}页")
