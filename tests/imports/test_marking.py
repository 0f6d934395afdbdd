"""A file comes back with each problem at its cell, whatever kind of file it was."""

import io

import pytest
import xlwt
from openpyxl import load_workbook

from suzhou_portal.imports import marking
from suzhou_portal.imports.marking import WRONG
from suzhou_portal.imports.registry import ledgers
from tests.imports.files import as_csv, as_workbook, keeper_of, row, sheet
from tests.imports.test_journeys import problems, sends

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db, request):
    return keeper_of(request)


def as_old_workbook(table):
    """The bytes of an .xls file."""
    book, file = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("台账")
    for number, cells in enumerate(table):
        for place, text in enumerate(cells):
            page.write(number, place, text)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("made", [as_workbook, as_old_workbook, as_csv])
def test_each_problem_stands_at_its_cell_and_nothing_else_is_marked(clerk, made):
    table = [
        ["志愿服务队伍台账"],
        *sheet(
            "teams",
            row("teams"),
            row("teams", name="二队", kind="邻", phone="abc"),
            row("teams", name="", area="没有的地方"),
            row("teams", name="@三队", members="-1"),
        ),
    ]
    data = made(table)
    found = problems(sends(clerk, "teams", data))
    assert len(found) == 5
    back = sends(clerk, "teams", data, mark="1")
    page = load_workbook(io.BytesIO(back.content)).active
    headings = [cell.value for cell in page[2]]
    assert headings[: len(ledgers.get("teams").headings)] == ledgers.get("teams").headings
    marked = {
        (cell.row, headings[cell.column - 1]): cell.comment.text
        for cells in page.iter_rows()
        for cell in cells
        if cell.comment
    }
    assert marked == {
        (number, heading): f"{heading}：{message}" for number, heading, message in found
    }
    red = {
        (cell.row, headings[cell.column - 1])
        for cells in page.iter_rows()
        for cell in cells
        if cell.fill.fgColor.rgb == WRONG.fgColor.rgb
    }
    assert red == {*marked}
    for number, cells in enumerate(table[2:], 3):
        kept = [str(page.cell(number, place).value or "") for place in range(1, len(cells) + 1)]
        assert [one.removeprefix("'") for one in kept] == cells


@pytest.mark.parametrize("made", [as_workbook, as_old_workbook, as_csv])
def test_of_a_large_file_only_the_rows_in_which_anything_is_wrong_come_back(
    clerk, made, monkeypatch
):
    monkeypatch.setattr(marking, "WHOLE", 0)
    monkeypatch.setattr(marking, "load_workbook", None)  # it takes all of it into memory
    wrong, right = row("teams", name="二队", phone="abc"), row("teams")
    data = made([["志愿服务队伍台账"], *sheet("teams", right, wrong, row("teams", name="三队"))])
    page = load_workbook(io.BytesIO(sends(clerk, "teams", data, mark="1").content)).active
    said, headings, only = page.iter_rows()
    assert said[0].value == marking.SHORTENED
    assert [cell.value for cell in headings] == [marking.NUMBER, *ledgers.get("teams").headings]
    assert [cell.value or "" for cell in only] == ["4", *sheet("teams", wrong)[1]]
    places = [headings[place].value for place, cell in enumerate(only) if cell.comment]
    assert places == ["联系电话"]
