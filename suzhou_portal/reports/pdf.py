"""A report as PDF: A4, with page numbers, lines to sign on, and what each figure means."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from suzhou_portal.pdf import FONT, register_font
from suzhou_portal.reports.content import SIGNATURES, Report
from suzhou_portal.texts import cleaned

MEDIA_TYPE = "application/pdf"
WIDTH = 170 * mm
_TEXT = ParagraphStyle("text", fontName=FONT, fontSize=9, leading=14, wordWrap="CJK")
_TITLE = ParagraphStyle("title", parent=_TEXT, fontSize=17, leading=26, alignment=1, spaceAfter=8)
_HEADING = ParagraphStyle("heading", parent=_TEXT, fontSize=12, leading=20, spaceBefore=8)
_BELOW_A_HEADING = 35 * mm  # not less, so that some of its table stands on the same page
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
        file, pagesize=A4, title=cleaned(report.title), leftMargin=20 * mm, rightMargin=20 * mm,
        topMargin=20 * mm, bottomMargin=20 * mm, invariant=1,
    )  # fmt: skip
    page.build(_story(report), canvasmaker=_Numbered)
    return file.getvalue()


class _Numbered(Canvas):
    """Pages that say how many there are, which is known after the last."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self.setFont(FONT, 9)
            self.drawCentredString(A4[0] / 2, 10 * mm, f"第{number}页，共{len(self._pages)}页")
            super().showPage()
        super().save()


def _story(report: Report) -> list[Any]:
    story: list[Any] = [Paragraph(escape(cleaned(report.title)), _TITLE)]
    story += [_text(fact) for fact in report.facts]
    for party, lines in report.sections:
        story += _heading(f"{party.label}（{party.role}）")
        rows_of_party = [report.shown(line.cells) for line in lines]
        story.append(_table(report.headings, rows_of_party, report.shown((3, 3, 1, 2, 2, 2))))
    if report.inside:
        columns = ["地区", *(figure.label for figure in report.inside.columns)]
        rows = [[name, *row.texts] for name, row in report.divisions]
        story += _heading("各地区对照")
        shares = (3, *(2 for _ in report.inside.columns))
        story.append(_table(columns, rows, shares))
    story += _heading("口径和出处")
    story += [_text(note.text) for note in report.notes]
    story.append(Spacer(1, 12 * mm))
    story.append(_text("　　".join(f"{name}：__________" for name in SIGNATURES)))
    return story


def _heading(text: str) -> list[Any]:
    # Not kept with what follows: a table longer than what is left would go to the next page whole.
    return [CondPageBreak(_BELOW_A_HEADING), Paragraph(escape(cleaned(text)), _HEADING)]


def _text(text: str) -> Paragraph:
    # The font has the full-width sign only.
    return Paragraph(escape(cleaned(text).replace("−", "－")), _TEXT)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int]) -> Table:
    cells = [[_text(text) for text in row] for row in (heading, *rows)]
    widths = [WIDTH * share / sum(shares) for share in shares]
    return Table(cells, colWidths=widths, repeatRows=1, style=_LINES)
