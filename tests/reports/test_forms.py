"""一表通: a form that a higher office asks for is entered once and fills itself."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from suzhou_portal.files.models import attach
from suzhou_portal.reports.models import FormCell, ReturnForm
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reports import FormCellFactory, ReturnFormFactory
from tests.journeys import Somebody
from tests.rules import again, assert_database_refuses, assert_refused

pytestmark = pytest.mark.django_db
AT = {"area": DISTRICT, "period": "2023-Q1"}


@pytest.fixture
def recorded():
    """Organizations of two quarters and a donation."""
    community = AreaFactory(code=COMMUNITY)
    SocialOrganizationFactory.create_batch(3, area=community, joined_on="2022-11-02")
    SocialOrganizationFactory.create_batch(2, area=community, joined_on="2023-02-02")
    CharityResourceFactory(area=community, value=3768000, received_on="2023-03-03")


def sheet_of(somebody, form, **query):
    response = somebody.client.get(f"/reports/forms/{form.pk}/", {**AT, **query, "file": "xlsx"})
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


def entered(district):
    """A form the city asks the district for, and which figures stand in it."""
    form = district.has_entered(
        "return-forms", title="季报表", issued_by="市民政局", kind="quarter"
    )
    for cell, figure, aspect, scale in (
        ("C5", "organizations", "value", "own"),
        ("D5", "organizations", "previous", "own"),
        ("C6", "charity_value", "value", "wan"),
        ("C7", "certified_ratio", "value", "percent"),
    ):
        asked = {"cell": cell, "figure": figure, "aspect": aspect, "scale": scale}
        district.has_entered("form-cells", of=form, label="某项", **asked)
    return form


def test_a_form_is_entered_once_and_fills_itself(recorded):
    # Given a form, and who in the district knows what it means
    form = entered(Somebody("district", DISTRICT))
    # When somebody of a street opens it for a period
    street = Somebody("street", STREET)
    page = street.client.get(f"/reports/forms/{form.pk}/", AT)
    # Then it is filled in, and each number leads to its figure
    filled = page.context["filled"]
    assert [one.text for one in filled] == ["5", "3", "376.8", "未知"]
    assert [one.unit for one in filled] == ["个", "个", "万元", ""]
    assert f"/figures/organizations/?area={DISTRICT}&amp;period=2023-Q1" in page.text
    # And unless asked, it is filled in for the last period that is over, and says until when
    unasked = {"area": DISTRICT, "as_of": "2023-04-30"}
    assert "统计截至2023年3月31日" in street.client.get(f"/reports/forms/{form.pk}/", unasked).text
    # And its file says the same, as numbers
    sheet = sheet_of(street, form)
    assert [sheet[cell].value for cell in ("C5", "D5", "C6", "C7")] == [5, 3, 376.8, "未知"]
    # And it says what its rows and columns are, until when, and where to sign
    assert [sheet[cell].value for cell in ("A3", "A5", "C3", "D3")] == [
        "项目（计量单位）",
        "某项（个）",
        "本期",
        "上期",
    ]
    assert "统计截至2023年3月31日" in sheet["A2"].value
    assert [cell.value for cell in sheet[sheet.max_row]][:2] == ["单位负责人：", "审核人："]
    # And for a street it is the street's own
    AreaFactory(code="620902005")
    assert sheet_of(street, form, area="620902005")["C5"].value == 0


def test_the_offices_own_workbook_is_what_is_filled_in(recorded, settings, tmp_path):
    settings.PORTAL_STATE = tmp_path
    form = FormCellFactory(area=AreaFactory(code=DISTRICT), cell="C5").form
    own = Workbook()
    own.worksheets[0]["A1"] = "市民政局制"
    file = io.BytesIO()
    own.save(file)
    attach(form, SimpleUploadedFile("表样.xlsx", file.getvalue()))
    sheet = sheet_of(Somebody("street", STREET), form)
    assert (sheet["A1"].value, sheet["C5"].value) == ("市民政局制", 5)


def test_who_may_not(client, recorded):
    form = FormCellFactory(area=AreaFactory(code=DISTRICT)).form
    assert client.get(f"/reports/forms/{form.pk}/").status_code == 302
    volunteer = Somebody("grid_worker", COMMUNITY)
    assert volunteer.client.get(f"/reports/forms/{form.pk}/").status_code in {403, 404}
    community = Somebody("community", COMMUNITY)
    assert community.enters("return-forms", title="私表", issued_by="无").status_code == 403
    assert not ReturnForm.objects.filter(title="私表").exists()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"period": "2023-05"}, "按季填报"),
        ({"period": "2999-Q1"}, "还没有开始"),
        ({"period": "x"}, "没有这一时期"),
    ],
)
def test_a_period_it_is_not_for(recorded, query, told):
    form = FormCellFactory(area=AreaFactory(code=DISTRICT)).form
    response = Somebody("district", DISTRICT).client.get(
        f"/reports/forms/{form.pk}/", {**query, "as_of": "2023-06-30"}
    )
    assert response.status_code == 400
    assert told in response.text


def test_a_figure_that_is_gone_is_named(recorded):
    cell = FormCellFactory(area=AreaFactory(code=DISTRICT))
    FormCell.objects.filter(pk=cell.pk).update(figure="gone")
    page = Somebody("district", DISTRICT).client.get(f"/reports/forms/{cell.form_id}/", AT)
    assert "这一指标已停止统计" in page.text


def test_the_rules_of_forms_and_cells():
    form = ReturnFormFactory()
    assert_refused(again(form), "这张表已经登记。")
    kinds = ReturnForm.objects.filter(pk=form.pk)
    assert_database_refuses(lambda: kinds.update(kind="week"))
    cell = FormCellFactory(form=form, area=form.area)
    assert_refused(again(cell), "这一单元格已经有指标。")
    assert_refused(again(cell, cell="5C"), "请写单元格的位置，如 C5。")
