"""A Word file and the PDF set from it: what is said comes out, whole, tagged and in an embedded font."""

import datetime
import io
import re

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader

from suzhou_portal.papers import fonts, pdf, word
from tests.cases import case

RARE = "𠮷㼆𬭳㛃䶮"  # CJK extensions A, B and E, which are names of people
UNKNOWN = "\U0002a38a"
HOSTILE = '#let x = 1 *粗* _斜_ $a$ [b] \\n `c` <d> @e "f" // g {{ h }} {% i %}'


@pytest.fixture
def filled(tmp_path):
    """Make the Word file of a template with a title, a text and a table of rows."""

    def make(text="", rows=(), width=30, **more):
        document = Document()
        document.add_paragraph("{{ title }}", style="Title")
        document.add_paragraph("{{ text }}")
        table = document.add_table(rows=4, cols=2, style="Table Grid")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for row, cells in enumerate(
            (("名称", "金额"), ("{%tr for one in rows %}", ""), ("{{ one[0] }}", "{{ one[1] }}"),
             ("{%tr endfor %}", ""))
        ):  # fmt: skip
            for column, said in enumerate(cells):
                table.cell(row, column).text = said
        for column in table.columns:
            column.width = Mm(width)
        document.save(tmp_path / "one.docx")
        said = {"title": "标题", "text": text, "rows": rows, **more}
        return word.fill(
            tmp_path / "one.docx", said, title=said["title"], author="肃州区民政局",
            on=datetime.date(2023, 3, 31),
        )  # fmt: skip

    return make


def read(body):
    return PdfReader(io.BytesIO(pdf.of_word(body)))


def text_of(reader):
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def test_it_is_tagged_and_says_title_language_and_author(filled):
    reader = read(filled())
    assert (reader.metadata.title, reader.metadata.author) == ("标题", "肃州区民政局")
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "zh-CN"
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


def test_its_font_is_embedded_and_only_what_is_used(filled):
    body = pdf.of_word(filled(RARE))
    found = [
        font.get_object()
        for page in PdfReader(io.BytesIO(body)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert found
    for font in found:
        assert re.match(r"/[A-Z]{6}\+NotoSansCJK", font["/BaseFont"])
        [descriptor] = [one.get_object()["/FontDescriptor"] for one in font["/DescendantFonts"]]
        assert {"/FontFile2", "/FontFile3"} & {*descriptor.get_object()}
    assert len(body) < 100_000


def test_rare_names_and_signs_of_a_language_are_only_characters(filled):
    text = text_of(read(filled(f"{HOSTILE}{RARE}", [(HOSTILE, "−1,234.5")], title=f"*{RARE}#")))
    squeezed = text.replace(" ", "")
    assert squeezed.count(HOSTILE.replace(" ", "")) == 2
    assert f"*{RARE}#" in text
    assert "−1,234.5" in text


def test_what_has_no_glyph_is_marked_and_named(filled):
    text = text_of(read(filled(f"张{UNKNOWN}三\u200b\ufe0f")))
    assert f"张{fonts.MISSING}三" in text
    assert "U+2A38A" in text
    assert "U+2A38A" in fonts.warning(f"张{UNKNOWN}")
    assert fonts.warning(f"张三{RARE}−“”〇①") == ""


def test_headings_stand_on_every_page_and_numbers_stay_whole(filled):
    numbers = [f"{number},345,678.90" for number in range(100, 220)]
    reader = read(filled(rows=[("长长的名称" * 9, one) for one in numbers], width=18))
    assert len(reader.pages) > 1
    for page in reader.pages:
        assert page.extract_text().count("金额") == 1
    lines = "\n".join(page.extract_text() for page in reader.pages)
    for one in numbers:
        assert one in lines
    assert text_of(reader).count("长长的名称") == 9 * len(numbers)


def test_the_word_file_is_chinese_and_breaks_no_number(filled):
    document = Document(io.BytesIO(filled("2023-04-30至2023-05-01，编号62-001")))
    assert document.paragraphs[1].text == "2023-04-30至2023-05-01，编号62-001"
    assert len(document.paragraphs[1]._p.findall(".//" + qn("w:noBreakHyphen"))) == 5
    languages = document.styles.element.findall(".//" + qn("w:lang"))
    assert {one.get(qn("w:eastAsia")) for one in languages} == {"zh-CN"}
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("标题", "肃州区民政局", "zh-CN")
    assert about.created.date() == datetime.date(2023, 3, 31)


def test_the_same_is_the_same_bytes(filled):
    assert filled("一") == filled("一")
    assert pdf.of_word(filled("一")) == pdf.of_word(filled("一"))


def test_what_a_pdf_would_not_show_of_a_template_is_told(tmp_path):
    for style, told in (("List Number", ""), ("Normal", "")):
        document = Document()
        paragraph = document.add_paragraph("项目", style=style)
        if style == "Normal":
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:numPr"))
            told = "自动编号"
        document.save(tmp_path / "own.docx")
        found = word.findings("报告", tmp_path / "own.docx", (), "REPORT_TEMPLATE", "reports")
        with case(style):
            assert [told in one.msg for one in found] == ([True] if told else [])
