"""月报、季报、年报: the page and its files say the same, number by number."""

import io
import re
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from jinja2.exceptions import SecurityError
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from suzhou_portal.lifecycle.moves import take
from suzhou_portal.reports.word import template_can_be_filled
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.communities import CertificateFactory, PostFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reporting import ReturnFactory
from tests.factories.volunteers import VolunteerTeamFactory

pytestmark = pytest.mark.django_db
PERIOD = "2023-Q1"
PAGE = f"/reports/{DISTRICT}/{PERIOD}/"


@pytest.fixture
def worked_in(reference):
    """A district in which something happened, in two quarters."""
    community = AreaFactory(code=COMMUNITY)
    SocialOrganizationFactory.create_batch(3, area=community, joined_on="2022-11-02")
    SocialOrganizationFactory.create_batch(2, area=community, joined_on="2023-02-02")
    VolunteerTeamFactory(area=AreaFactory(code=STREET), founded_on="2022-01-05")
    CharityResourceFactory(area=community, value=Decimal("3768000"), received_on="2023-03-03")
    post = PostFactory(area=community, started_on="2022-01-01")
    PostFactory(area=community, started_on="2022-01-01")
    CertificateFactory(area=community, person=post.person)


def tables(page):
    """The text of every cell of the page's tables, row by row."""
    found = html.fromstring(page.content).xpath("//main//table")
    return [
        [["".join(cell.itertext()).strip() for cell in row.xpath("./th|./td")] for row in rows]
        for rows in (table.xpath(".//tr") for table in found)
    ]


def figures_on(page, width=5):
    """By label, what the page says of each figure: value, 环比, 同比, reported; of a year no 环比."""
    return {row[0]: row[1:] for table in tables(page) for row in table if len(row) == width}


def file(client, ending):
    response = client.get(f"{PAGE}report.{ending}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].endswith(f'{DISTRICT}-{PERIOD}.{ending}"')
    return io.BytesIO(response.content)


def test_the_word_file_says_what_the_page_says(client, worked_in):
    shown = figures_on(client.get(PAGE))
    document = Document(file(client, "docx"))
    written = {}
    for table in document.tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if len(cells) == 6:
                label, value, unit, *rest = cells
                inside = re.fullmatch(r"([^（]+)(（.+）)?", value)
                written[label] = [f"{inside[1]}{unit}{inside[2] or ''}", *rest]
    assert written.pop("指标")
    shown.pop("指标")
    assert written == shown
    assert shown["引入和培育社会组织"][:2] == ["5个", "+2个（+66.7%）"]
    assert shown["链接慈善资源价值"][0] == "376.8万元"
    assert shown["专职社区工作者持证率"][0] == "50%（1÷2）"
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "单位负责人：" in text
    assert "原文" in text
    fields = document.sections[0].footer._element.xpath(".//w:instrText")
    assert [field.text for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_workbook_has_the_same_numbers_as_numbers(client, worked_in):
    shown = figures_on(client.get(PAGE))
    sheet = load_workbook(file(client, "xlsx"))["指标"]
    rows = {row[2]: row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)}
    assert {*rows} == {*shown} - {"指标"}
    for label, (_, _, _, value, unit, previous, year_before, reported, parts) in rows.items():
        text = value if isinstance(value, str) else f"{value:,.2f}".rstrip("0").rstrip(".")
        said = shown[label][0].replace(".00", "").removesuffix(f"（{parts}）")
        assert f"{text}{unit or ''}" == said, label
        assert [previous, year_before, reported] == shown[label][1:]
    assert rows["链接慈善资源价值"][3:5] == (376.8, "万元")


def test_each_sheet_fits_its_paper_and_numbers_its_pages(client, worked_in):
    sheets = load_workbook(file(client, "xlsx")).worksheets
    assert len(sheets) == 3
    for sheet in sheets:
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_the_pdf_says_it_too_on_numbered_pages(client, worked_in):
    pages = [page.extract_text() for page in PdfReader(file(client, "pdf")).pages]
    assert all(f"第{number}页，共{len(pages)}页" in text for number, text in enumerate(pages, 1))
    text = "".join(pages).replace("\n", "")
    for label, (value, *_) in figures_on(client.get(PAGE)).items():
        assert label in text
        number = re.match(r"[0-9.,]+", value)
        assert not number or number[0] in text, label


def test_a_long_table_begins_below_its_heading(client, worked_in):
    """And not on a page of its own, which would leave the one before nearly empty."""
    made = client.get(f"/reports/{DISTRICT}/2022/report.pdf").content
    first = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert first.count("\n") > 30


def test_divisions_stand_side_by_side_as_numbers(client, worked_in):
    page = client.get(PAGE)
    sheet = load_workbook(file(client, "xlsx"))["各地区对照"]
    heading, *rows = sheet.iter_rows(values_only=True)
    table = page.context["report"].inside
    assert heading[1:] == tuple(f"{one.label}（{one.unit}）" for one in table.columns)
    assert {name: number for name, number, *_ in rows} == {
        **{row.name: int(row.texts[0].removesuffix("个")) for row in table.rows},
        "合计": 5,
    }


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_a_file_is_the_same_bytes_whenever_it_is_made(client, worked_in, ending):
    with time_machine.travel("2026-03-03 08:00:00+08:00"):
        first = client.get(f"{PAGE}report.{ending}")
    with time_machine.travel("2026-07-07 09:01:02+08:00"):
        again = client.get(f"{PAGE}report.{ending}")
        assert first.content == again.content
        same = client.get(f"{PAGE}report.{ending}", headers={"if-none-match": again["ETag"]})
    assert same.status_code == 304


class TestTheOfficesOwnTemplate:
    @pytest.fixture
    def template(self, tmp_path, settings):
        """Write one that says this."""

        def write(*paragraphs):
            document = Document()
            for text in paragraphs:
                document.add_paragraph(text)
            settings.REPORT_TEMPLATE = tmp_path / "own.docx"
            document.save(settings.REPORT_TEMPLATE)
            return template_can_be_filled()

        return write

    def test_is_what_is_filled_in(self, client, worked_in, template):
        said = "本局：{{ title }}，{% for one in sections %}{{ one.lines[0].label }}；{% endfor %}"
        assert template(said, "{{ '<b>' }}") == []
        first, second = (one.text for one in Document(file(client, "docx")).paragraphs)
        assert first.startswith("本局：")
        assert "引入和培育社会组织；" in first
        assert second == "<b>"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("{{ password }}", "报告没有的内容：password"),
            ("{% for one in notes %}", "写得不对"),
        ],
    )
    def test_that_cannot_be_filled_is_told_at_the_start(self, template, text, told):
        [error] = template(text)
        assert told in error.msg

    def test_that_is_no_word_file(self, tmp_path, settings):
        settings.REPORT_TEMPLATE = tmp_path / "own.docx"
        settings.REPORT_TEMPLATE.write_text("不是", encoding="utf-8")
        [error] = template_can_be_filled()
        assert "不是能打开的Word" in error.msg

    def test_runs_nothing(self, client, worked_in, template):
        template("{{ title.__class__.__mro__ }}")
        with pytest.raises(SecurityError):
            client.get(f"{PAGE}report.docx")


def test_what_a_unit_reported_stands_beside_what_records_say(client, worked_in):
    assert "本单位未就这一时期上报发布" in client.get(PAGE).text
    report = ReturnFactory(area=AreaFactory(code=DISTRICT), period=PERIOD, explanation="尚无记录")
    take(report, "submit")
    assert figures_on(client.get(PAGE))["引入和培育社会组织"][3] == "—"
    take(report, "approve")
    SocialOrganizationFactory(area=AreaFactory(code=COMMUNITY), joined_on="2023-03-31")
    page = client.get(PAGE)
    assert "已上报发布" in page.text
    now, *_, reported = figures_on(page)["引入和培育社会组织"]
    assert (now, reported) == ("6个", "5个")


def test_a_year_explains_itself_and_a_running_one_says_so(client, worked_in):
    year = client.get(f"/reports/{DISTRICT}/2022/")
    quarter = client.get(PAGE)
    assert len(figures_on(year, 4)) > len(figures_on(quarter))
    running = client.get(f"/reports/{DISTRICT}/2023/", {"as_of": "2023-04-30"})
    assert "本期还没有结束" in running.text


def test_nothing_recorded_is_said(client, reference):
    assert "还没有记录" in client.get(f"/reports/{COMMUNITY}/2022/").text
    assert client.get(f"/reports/{COMMUNITY}/2022/report.docx").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        (f"{DISTRICT}/2023-13/", 400, "没有这一时期"),
        (f"{DISTRICT}/2999/", 400, "还没有开始"),
        ("110101/2022/", 404, "没有这个地区"),
        ("abc/2022/", 400, "区划代码不正确"),
        (f"{DISTRICT}/2022/report.exe", 404, "三种文件"),
    ],
)
def test_what_there_is_no_report_of(client, reference, path, status, told):
    response = client.get(f"/reports/{path}")
    assert response.status_code == status
    assert told in response.text


def test_the_list_leads_to_every_report(client, reference):
    page = client.get("/reports/", {"area": COMMUNITY, "as_of": "2023-04-30"})
    links = re.findall(rf'href="(/reports/{COMMUNITY}/[^"]+)"', page.text)
    assert len(links) == 25
    # The running month, quarter and year say so, and another division is chosen from a list
    assert page.text.count("未结束") == 2
    assert f'value="{STREET}"' in page.text
    assert f"/reports/?area={DISTRICT}" in client.get(f"/areas/{DISTRICT}/").text
    assert f"/reports/{COMMUNITY}/2023-04/?as_of=2023-04-30" in links
    assert all(client.get(link).status_code == 200 for link in links[::8])


def test_the_cost_does_not_grow_with_the_records(client, worked_in):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    before = asked()
    SocialOrganizationFactory.create_batch(2, area=AreaFactory(code=COMMUNITY))
    VolunteerTeamFactory.create_batch(2, area=AreaFactory(code="620902004005"))
    assert asked() == before
