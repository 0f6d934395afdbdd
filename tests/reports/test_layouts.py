"""The workbook of a higher office: filled in where it is seen, and nothing of it lost without a word."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from suzhou_portal.files.models import Attachment, attach
from suzhou_portal.packed import repacked
from suzhou_portal.reports.models import FormCell
from tests.cases import case
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.reports import FormCellFactory, ReturnFormFactory
from tests.files import hostile
from tests.files.hostile import CASES
from tests.journeys import Somebody
from tests.reports.test_forms import AT, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_in")]


@pytest.fixture
def office(reference):
    return Somebody("district", DISTRICT)


def of_case(name):
    return (CASES / f"form_template_{name}.xlsx").read_bytes()


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def keeps(office, form, data):
    """Send a workbook for a form; the page that follows."""
    upload = SimpleUploadedFile("表样.xlsx", data)
    path = f"/desk/return-forms/{form.pk}/files/"
    return office.client.post(path, {"uploads": [upload]}, follow=True).text


def form_with(data, cell="C5"):
    """A form that has its workbook since before anybody looked at such."""
    form = FormCellFactory(area=AreaFactory(code=DISTRICT), cell=cell).form
    attach(form, SimpleUploadedFile("表样.xlsx", data))
    return form


class TestMergedCells:
    def test_a_cell_that_is_not_seen_is_refused_where_it_is_declared(self, office):
        form = form_with(of_case("merged_cell"), "E5")
        asked = {"label": "某项", "figure": "organizations", "aspect": "value", "scale": "own"}
        response = office.enters("form-cells", of=form, cell="C5", **asked)
        assert response.context["form"].errors["cell"] == [
            "单元格C5在表样“表一”中被合并，看得见的是B5：请改填B5。"
        ]
        office.has_entered("form-cells", of=form, cell="B5", **asked)

    def test_and_in_the_admin(self, clerk_client, reference):
        form = form_with(of_case("merged_cell"), "E5")
        sent = {"form": form.pk, "cell": "D5", "label": "某项", "figure": "organizations",
                "aspect": "value", "scale": "own", "area": DISTRICT}  # fmt: skip
        response = clerk_client.post("/admin/reports/formcell/add/", sent)
        assert "看得见的是B5" in response.text

    def test_a_workbook_that_hides_declared_cells_is_refused(self, office):
        form = FormCellFactory(area=AreaFactory(code=DISTRICT), cell="D5").form
        assert "“表样.xlsx”：单元格D5在表样“表一”中被合并" in keeps(
            office, form, of_case("merged_cell")
        )
        assert not Attachment.objects.exists()

    def test_what_was_declared_before_is_filled_in_where_it_is_seen(self, office):
        sheet = sheet_of(office, form_with(of_case("merged_cell"), "C5"))
        assert sheet["B5"].value is not None


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def filled_in(office, form):
    path = f"/reports/forms/{form.pk}/"
    return office.client.get(path, {**AT, "file": "xlsx"}).content


WRITTEN = {"xl/workbook.xml", "xl/worksheets/sheet1.xml"}


class TestWhatStays:
    @pytest.mark.parametrize(
        "parts",
        [
            {"xl/media/image1.emf": "x"},
            {"xl/cellimages.xml": "<x/>"},
            {"xl/drawings/drawing1.xml": '<a xmlns:x="y"><x:grpSp/></a>'},
            {"docProps/core.xml": "<x/>", "xl/printerSettings/one.bin": "x"},
        ],
    )
    def test_every_part_but_the_sheets_is_the_same_bytes(self, office, parts):
        data = hostile.workbook(**parts)
        before, after = parts_of(data), parts_of(filled_in(office, form_with(data)))
        assert {*before} == {*after}
        assert {name for name in before if before[name] != after[name]} <= WRITTEN

    def test_a_text_box_too(self, office):
        form = ReturnFormFactory(area=AreaFactory(code=DISTRICT))
        assert "附件已保存" in keeps(office, form, of_case("text_box"))
        FormCellFactory(form=form, area=form.area, cell="C5", figure="organizations")
        before, after = parts_of(of_case("text_box")), parts_of(filled_in(office, form))
        assert {name for name in before if before[name] != after.get(name)} <= WRITTEN
        assert b"drawing" in after["xl/worksheets/sheet1.xml"]

    def test_formulas_are_worked_out_anew(self, office):
        book = Workbook()
        book.worksheets[0]["C6"] = "=C5*2"
        data = saved(book)
        stale = repacked(data, {"xl/worksheets/sheet1.xml": parts_of(data)[
            "xl/worksheets/sheet1.xml"].replace(b"<v />", b"<v>7</v>").replace(b"<v></v>", b"<v>7</v>")})  # fmt: skip
        made = filled_in(office, form_with(stale))
        assert load_workbook(io.BytesIO(made), data_only=True).worksheets[0]["C6"].value is None
        assert load_workbook(io.BytesIO(made)).worksheets[0]["C6"].value == "=C5*2"
        assert b'fullCalcOnLoad="1"' in parts_of(made)["xl/workbook.xml"]

    def test_a_formula_is_not_filled_in(self, office):
        book = Workbook()
        book.worksheets[0]["C5"] = "=1+1"
        form = form_with(saved(book), "E5")
        asked = {"label": "某项", "figure": "organizations", "aspect": "value", "scale": "own"}
        response = office.enters("form-cells", of=form, cell="C5", **asked)
        assert "是公式" in response.context["form"].errors["cell"][0]

    def test_cells_are_written_in_their_order_and_keep_their_look(self, office):
        book = Workbook()
        sheet = book.worksheets[0]
        for address in ("A1", "D5", "B9"):
            sheet[address] = address
        sheet["C5"].number_format = "0.00"
        form = form_with(saved(book))
        for cell in ("A5", "E5", "C4", "C30", "AA9"):
            FormCellFactory(form=form, area=form.area, cell=cell, figure="organizations")
        made = filled_in(office, form)
        order = re.findall(rb' r="([A-Z]+)(\d+)"', parts_of(made)["xl/worksheets/sheet1.xml"])
        places = [(int(row), len(column), column) for column, row in order]
        assert places == sorted(places)
        again = load_workbook(io.BytesIO(made)).worksheets[0]
        assert again["C5"].number_format == "0.00"
        assert [again[one].value for one in ("A1", "D5", "B9")] == ["A1", "D5", "B9"]
        assert all(again[one].value == 0 for one in ("A5", "E5", "C4", "C30", "AA9"))


class TestSheets:
    def test_notes_before_the_form(self, office):
        form = form_with(of_case("first_sheet_is_notes"))
        path = f"/reports/forms/{form.pk}/"
        made = office.client.get(path, {**AT, "file": "xlsx"}).content
        notes, sheet = load_workbook(io.BytesIO(made)).worksheets
        assert (notes["C5"].value, notes["A1"].value) == (None, "填报说明：……")
        assert sheet["C5"].value is not None

    def test_a_cell_may_name_its_sheet(self, office):
        book = Workbook()
        book.create_sheet("表二")
        form = form_with(saved(book))
        asked = {"label": "某项", "figure": "organizations", "aspect": "value", "scale": "own"}
        response = office.enters("form-cells", of=form, sheet="表三", cell="C5", **asked)
        assert response.context["form"].errors["sheet"] == [
            "表样里没有工作表“表三”，有：“Sheet”、“表二”。"
        ]
        office.has_entered("form-cells", of=form, sheet="表二", cell="C5", **asked)
        first, second = load_workbook(io.BytesIO(filled_in(office, form))).worksheets
        assert (first["C5"].value, second["C5"].value) == (0, 0)
        assert "表二!C5" in office.client.get(f"/reports/forms/{form.pk}/", AT).text
        # Nor is a workbook taken that has no such sheet
        assert "没有工作表“表二”" in keeps(office, form, of_case("text_box"))

    def test_a_hidden_sheet_is_not_the_form(self, office):
        book = Workbook()
        book.create_sheet("表一")["A1"] = "表"
        book.worksheets[0].sheet_state = "hidden"
        form = form_with(saved(book))
        made = office.client.get(f"/reports/forms/{form.pk}/", {**AT, "file": "xlsx"}).content
        assert load_workbook(io.BytesIO(made))["表一"]["C5"].value is not None


def test_whatever_stands_with_a_form_it_is_filled_in(office):
    form = FormCellFactory(area=AreaFactory(code=DISTRICT), cell="C5").form
    for name, data in hostile.workbooks().items():
        if name == "no style":  # nothing opens it, before or after
            continue
        with case(name):
            Attachment.objects.all().delete()
            if data.startswith(b"PK") and name not in (
                "lzma",
                "entries",
                "half",
                "encrypted",
                "broken stream",
            ):
                attach(form, SimpleUploadedFile("表样.xlsx", data))
            assert sheet_of(office, form) is not None


class TestTheOnePlainOne:
    def test_a_unit_stands_once(self, office):
        form = ReturnFormFactory(area=AreaFactory(code=DISTRICT))
        for row, label in enumerate(
            (
                "金额（万元）",
                "金额(万元)",
                "金额（单位：万元）",
                "金额（计量单位：万元）",
                "金额",
                "金额（元）",
            ),
            5,
        ):
            FormCellFactory(
                form=form,
                area=form.area,
                cell=f"C{row}",
                label=label,
                figure="charity_value",
                scale="wan",
            )
        sheet = sheet_of(office, form)
        assert [sheet[f"A{row}"].value for row in range(5, 11)] == [
            "金额（万元）", "金额(万元)", "金额（单位：万元）", "金额（计量单位：万元）", "金额（万元）",
            "金额（元）（万元）",
        ]  # fmt: skip

    def test_no_text_is_a_formula(self, office):
        form = ReturnFormFactory(area=AreaFactory(code=DISTRICT), title='=HYPERLINK("http://x")')
        FormCellFactory(form=form, area=form.area, cell="C5", label="=1+1", figure="organizations")
        sheet = sheet_of(office, form)
        texts = [cell for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]
        assert {cell.data_type for cell in texts} == {"s"}
        assert any(cell.value.startswith("'=HYPERLINK") for cell in texts)
        assert any(cell.value.startswith("'=1+1") for cell in texts)


def test_a_cell_is_checked_by_whatever_brings_it(office):
    form = form_with(of_case("merged_cell"), "E5")
    cell = FormCell(form=form, area=form.area, cell="C5", label="x", figure="organizations")
    with pytest.raises(Exception, match="看得见的是B5"):
        cell.full_clean()
