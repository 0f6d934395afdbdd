"""Text that no file can hold: refused wherever people type, left out wherever old records leave."""

import io

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from suzhou_portal import spreadsheets, texts
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.imports.registry import ledgers as kinds
from suzhou_portal.reports.models import FormCell, ReturnForm
from tests.cases import case
from tests.factories.areas import DISTRICT
from tests.factories.reports import FormCellFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.files import hostile
from tests.imports.files import COPIED, as_csv, keeper, row, sheet, telling
from tests.imports.test_journeys import problems, sends, told
from tests.journeys import Somebody
from tests.reports.test_forms import sheet_of

HELD_BY_NOTHING = [
    chr(one) for one in (*range(9), 11, 12, *range(14, 32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)
]
SAID = texts.holdable.message


def test_what_is_left_out_and_what_stays():
    for character in HELD_BY_NOTHING:
        with case(hex(ord(character))):
            assert texts.cleaned(f"街{character}道") == "街道"
            with pytest.raises(ValidationError):
                texts.holdable(f"街{character}道")
    kept = "𠮷\t多\n行\r\n\u200b\x85"
    assert texts.cleaned(kept) == kept
    texts.holdable(kept)
    assert texts.all_cleaned({"a": ["\x0bb", ("c\x00", 1)]}) == {"a": ["b", ("c", 1)]}


def test_every_text_of_every_record_is_asked_about():
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                with case(model, field):
                    assert field.validators.count(texts.holdable) == 1
                    if isinstance(field, models.CharField) and field.max_length:
                        # Nor instead of what was there.
                        assert [one.limit_value for one in _lengths(field)] == [field.max_length]
                    # Nothing that migrations would note.
                    assert texts.holdable not in field.deconstruct()[3].get("validators", [])


def _lengths(field):
    return [one for one in field.validators if isinstance(one, MaxLengthValidator)]


@pytest.mark.django_db
class TestWherePeopleType:
    def test_a_desk(self):
        office = Somebody("district", DISTRICT)
        response = office.enters(
            "return-forms", title="季\x0b报", number="1\x1f1", issued_by="市", kind="quarter"
        )
        assert response.context["form"].errors == {"title": [SAID], "number": [SAID]}
        form = office.has_entered("return-forms", title="季报", issued_by="市", kind="quarter")
        asked = {"figure": "organizations", "aspect": "value", "scale": "own"}
        response = office.enters("form-cells", of=form, cell="C5", label="某\uffff项", **asked)
        assert response.context["form"].errors == {"label": [SAID]}

    def test_the_admin(self, clerk_client):
        sent = {"code": "620902", "name": "肃\x0b州区"}
        response = clerk_client.post("/admin/areas/area/add/", sent)
        assert response.context["adminform"].form.errors["name"] == [SAID]

    @pytest.mark.parametrize("kind", [one.name for one in COPIED])
    def test_an_import(self, kind):
        clerk, told_by = keeper(kinds.get(kind)), telling(kind)
        for character in ("\x0b", "\uffff"):
            lines = sheet(kind, row(kind), row(kind, **{told_by: f"又{character}一个"}))
            [(number, heading, message)] = problems(sends(clerk, kind, as_csv(lines)))
            assert (number, heading, message) == (3, dict(zip(
                kinds.get(kind).fields, kinds.get(kind).headings, strict=True))[told_by], SAID)  # fmt: skip
        assert "不支持这种文件" in told(
            sends(clerk, kind, as_csv(sheet(kind, row(kind, **{told_by: "\0"}))))
        )

    @pytest.mark.parametrize("escaped", ["_x000B_", "_xD800_", "_xFFFF_", "_x0000_"])
    def test_a_workbook_that_escapes_it(self, escaped):
        clerk = Somebody(Role.COMMUNITY, hostile.PERSON[0])
        person = [hostile.PERSON[0], f"来{escaped}人", "13800000301"]
        data = hostile.workbook(
            hostile.sheet(hostile.text_row(1, hostile.HEADINGS) + hostile.text_row(2, person))
        )
        [(number, heading, message)] = problems(sends(clerk, "people", data))
        assert (number, heading) == (2, "姓名")
        assert message == SAID or escaped == "_x0000_"  # which Django refuses in words of its own

    def test_a_heading_that_escapes_it(self):
        clerk = Somebody(Role.COMMUNITY, hostile.PERSON[0])
        headings = [*hostile.HEADINGS[:2], "电_xD800_话机"]
        rows = hostile.text_row(1, headings) + hostile.text_row(2, hostile.PERSON)
        sends(clerk, "people", hostile.workbook(hostile.sheet(rows)))
        assert "电话机" in clerk.sees("/imports/people/")  # it is told as left out


@pytest.fixture
def old(reference):
    """Records from before anybody asked."""
    district = Area.objects.get(pk=DISTRICT)
    Area.objects.filter(pk=DISTRICT).update(name="肃\x0b州\uffff区")
    PublishedValue.objects.update(quote="原\x0c文", source="\x01出处")
    VolunteerTeamFactory(area=district, name="甲队")
    form = FormCellFactory(area=district, cell="C5").form
    ReturnForm.objects.update(title="季\x0b报", number="\x02", issued_by="\ufffe市")
    FormCell.objects.update(label="\x1f某项")
    return form


@pytest.mark.django_db
class TestWhereItLeaves:
    @pytest.mark.parametrize("period", ["2023-Q1", "2022", "2023-02"])
    def test_reports(self, client, old, period):
        page = f"/reports/{DISTRICT}/{period}/"
        assert client.get(page).status_code == 200
        word, pdf, book = (
            io.BytesIO(client.get(f"{page}report.{ending}").content)
            for ending in ("docx", "pdf", "xlsx")
        )
        assert "肃州区五社联动" in Document(word).paragraphs[0].text
        assert "肃州区五社联动" in PdfReader(pdf).pages[0].extract_text()
        assert PdfReader(pdf).metadata.title.startswith("肃州区")
        assert load_workbook(book).worksheets[0]["A1"].value.startswith("肃州区五社联动")

    def test_forms(self, old):
        office = Somebody("street", "620902001")
        cells = sheet_of(office, old)
        assert cells["A1"].value.startswith("季报（肃州区")
        assert cells["A5"].value.startswith("某项")

    def test_csv_and_what_lists_figures(self, client, old):
        team = "\x0b=1+1"
        assert spreadsheets.cell(team) == "'=1+1"
        for path in ("/figures/volunteer_teams/rows.csv", "/data/figures.csv", "/data/figures.json",
                     "/data/catalogue.json"):  # fmt: skip
            response = client.get(path, {"area": DISTRICT})
            body = b"".join(response) if response.streaming else response.content
            assert response.status_code == 200
            if path.endswith("csv"):
                assert texts.cleaned(body.decode()) == body.decode()
