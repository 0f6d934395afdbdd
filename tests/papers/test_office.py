"""Files opened again in LibreOffice, and compared number by number with what was written."""

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from suzhou_portal.papers import pdf
from suzhou_portal.records.printed import printed
from tests.cases import case
from tests.factories.areas import DISTRICT

FOOTER = re.compile(r"第\s*\d+\s*页\s*，\s*共\s*\d+\s*页")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice（soffice）没有安装"),
]


@pytest.fixture
def office(tmp_path):
    """Have LibreOffice open a file and save it as another kind; the files it made."""

    def convert(name, body, kind):
        source = tmp_path / name
        source.write_bytes(body)
        made = tmp_path / f"{source.stem}-made"
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
                   "--convert-to", kind, "--outdir", str(made), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return sorted(made.iterdir())

    return convert


def numbers(text):
    return Counter(one.replace(",", "") for one in NUMBER.findall(text))


def text_of(body):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]
    # The page's own number depends on who sets it.
    return FOOTER.sub("", "\n".join(pages)).replace("\n", " ")


def of_word(convert, name, body):
    """As text: where LibreOffice ends a line in a narrow cell is its own business."""
    [made] = convert(f"{name}.docx", body, "txt:Text (encoded):UTF8")
    theirs, ours = numbers(made.read_text("utf-8-sig")), numbers(text_of(pdf.of_word(body)))
    # Headings that repeat on each page have no number.
    assert theirs == ours, name
    assert sum(ours.values()), name


def of_workbook(convert, name, body):
    sheets = load_workbook(io.BytesIO(body), data_only=True).worksheets
    made = [one for one in convert(f"{name}.xlsx", body, ALL_SHEETS) if one.suffix == ".csv"]
    assert len(made) == len(sheets)
    written, read = Counter(), Counter()
    for sheet in sheets:
        assert sheet.freeze_panes, (name, sheet.title)
        assert sheet.print_title_rows, (name, sheet.title)
        assert sheet.column_dimensions["A"].width
        written += Counter(
            Decimal(str(cell.value)).normalize()
            for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)
        )  # fmt: skip
    for file in made:
        for row in csv.reader(file.read_text("utf-8-sig").splitlines()):
            read += Counter(
                Decimal(one).normalize() for one in row if re.fullmatch(r"-?[\d.]+", one)
            )
    assert not written - read, (name, written - read)


@pytest.mark.parametrize("period", ["2023-Q1", "2022"])
def test_reports(client, demonstration, office, period):
    page = f"/reports/{DISTRICT}/{period}/report."
    of_word(office, period, client.get(f"{page}docx").content)
    of_workbook(office, period, client.get(f"{page}xlsx").content)


def test_documents(demonstration, office):
    for one in printed:
        found = next(r for r in one.model.objects.order_by("-pk") if one.remark(r) is not None)
        with case(one.name):
            of_word(office, one.name, one.word(found, lambda path: f"http://127.0.0.1{path}"))
