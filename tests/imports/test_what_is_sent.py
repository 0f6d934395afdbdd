"""Which files are taken, and what is said of others."""

import pytest

from suzhou_portal.imports.registry import ledgers
from tests.imports.files import as_csv, as_workbook, keeper_of, row, sheet
from tests.imports.test_journeys import sends, told
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db, request):
    return keeper_of(request)


@pytest.mark.parametrize(
    "data",
    [
        as_csv(sheet("teams", row("teams")), "utf-8"),
        as_csv(sheet("teams", row("teams")), "gb18030"),
        as_csv([["*" + one for one in ledgers.get("teams").headings], row("teams"), [], ["", ""]]),
        as_csv(sheet("teams", row("teams"))).replace(b",", b"\t"),
        as_workbook(sheet("teams", row("teams"))),
        as_workbook([list(reversed(one)) for one in sheet("teams", row("teams"))]),
    ],
    ids=["utf-8", "gb18030", "marked headings, blank lines", "tabs", "workbook", "other order"],
)
def test_what_offices_send(clerk, data):
    assert sends(clerk, "teams", data).status_code == 302
    assert VolunteerTeam.objects.get().name == "银龄志愿服务队"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (as_csv(sheet("teams")), "没有记录"),
        (as_csv([["名称", "类别"], ["一", "二"]]), "缺少列“所属地区”"),
        (as_csv([["名称", "籍贯"], ["一", "二"]]), "不认识的列“籍贯”"),
        (as_csv([[*ledgers.get("teams").headings, "名称"]]), "重复的列“名称”"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "不支持这种文件"),
        (b"%PDF-1.4 \xff\xff\xff", "编码"),
        (b"PK\x03\x04broken", "损坏"),
        (as_csv(sheet("teams", [*row("teams"), "多出来的"])), "第2行的格数"),
        (as_csv(sheet("teams")) + b'"never closed', "引号"),
    ],
)  # fmt: skip
def test_what_is_no_ledger_is_told(clerk, data, said):
    response = sends(clerk, "teams", data)
    assert response.status_code == 200
    assert said in told(response)


def test_too_many_rows_and_too_many_bytes(clerk, monkeypatch):
    lines = sheet("teams", row("teams"), row("teams", name="二队"))
    file, book = as_csv(lines), as_workbook(lines)
    monkeypatch.setattr("suzhou_portal.imports.workbooks.SHEET_SIZE", 10)
    assert "展开后过大" in told(sends(clerk, "teams", book))
    monkeypatch.setattr("suzhou_portal.imports.reading.MOST_ROWS", 1)
    assert "最多导入1行" in told(sends(clerk, "teams", file))
    monkeypatch.setattr("suzhou_portal.imports.reading.LARGEST", 10)
    assert "文件过大" in told(sends(clerk, "teams", file))


def test_what_our_own_files_make_safe_is_as_it_was(clerk):
    file = as_csv(sheet("teams", row("teams", name="'=一队", contact="'王")))
    assert sends(clerk, "teams", file).status_code == 302
    assert VolunteerTeam.objects.get().name == "=一队"
    assert VolunteerTeam.objects.get().contact == "'王"


def test_odd_characters_stay_as_they_are(clerk):
    odd = 'a\\N\\tb "c"'
    assert sends(clerk, "teams", as_csv(sheet("teams", row("teams", name=odd)))).status_code == 302
    assert VolunteerTeam.objects.get().name == odd
    assert not VolunteerTeam.objects.filter(name="").exists()
