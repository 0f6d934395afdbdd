"""What a clerk sees in a workbook is what is brought in; what cannot be told is refused at its cell."""

import io

import pytest
from openpyxl import load_workbook

from suzhou_portal.accounts.roles import Role
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import AreaFactory
from tests.files import hostile
from tests.files.hostile import CASES, HEADINGS, PERSON, formatted, rows, sheet, text_row, workbook
from tests.imports.files import as_workbook, row
from tests.imports.files import sheet as table_of
from tests.imports.test_journeys import problems, sends, told
from tests.journeys import Somebody

HERE = PERSON[0]  # of the files of cases too

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    AreaFactory(code=HERE)
    return Somebody(Role.COMMUNITY, HERE)


def brought(clerk, ledger, data):
    """The records that came of a file, which was taken."""
    response = sends(clerk, ledger, data)
    assert response.status_code == 302, told(response)
    return ledgers.get(ledger).model.objects.order_by("pk")


def of_case(name):
    return (CASES / f"{name}.xlsx").read_bytes()


class TestAsItIsSeen:
    def test_a_date_in_chinese(self, clerk):
        assert (
            str(brought(clerk, "teams", of_case("date_numfmt_31")).get().founded_on) == "2023-04-30"
        )

    def test_a_formatted_cell_in_the_last_row(self, clerk):
        assert brought(clerk, "people", of_case("formatted_last_row")).get().name == "末行格式人"

    def test_rows_beyond_what_the_sheet_says_it_has(self, clerk):
        assert brought(clerk, "teams", of_case("wps_dimension_too_few_rows")).count() == 6

    def test_a_sheet_that_says_it_is_the_largest_there_is(self, clerk):
        data = workbook(sheet(rows(), before='<dimension ref="A1:XFD1048576"/>'))
        assert brought(clerk, "people", data).get().name == "来人"

    def test_money(self, clerk):
        record = brought(clerk, "resources", of_case("money_1.1x3_cell_shows_3.30")).get()
        assert str(record.value) == "3.30"

    def test_money_with_its_sign(self, clerk):
        values = ["¥1,234.50", "1,234.50元", "-0", "12"]
        lines = [
            row("resources", area=HERE, name=f"{n}", value=value) for n, value in enumerate(values)
        ]
        records = brought(clerk, "resources", as_workbook(table_of("resources", *lines)))
        assert [str(one.value) for one in records] == ["1234.50", "1234.50", "0.00", "12.00"]

    def test_a_line_end(self, clerk):
        assert brought(clerk, "teams", of_case("x000D_name")).get().name == "换行查验"

    def test_only_the_sheet_that_is_seen(self, clerk):
        assert brought(clerk, "people", of_case("hidden_first_sheet")).get().name == "可见新人"

    def test_a_sheet_of_notes_before_the_ledger(self, clerk):
        book = load_workbook(io.BytesIO(as_workbook(table_of("teams", row("teams", area=HERE)))))
        book.create_sheet("说明", 0).append(["先看这里"])
        file = io.BytesIO()
        book.save(file)
        assert brought(clerk, "teams", file.getvalue()).count() == 1

    def test_texts_in_runs_without_how_they_are_pronounced(self, clerk):
        name = "<r><t>张</t></r><r><t>某_x005F_x000D_</t></r><rPh><t>zhang</t></rPh>"
        cells = f'<c r="A2" t="inlineStr"><is><t>{HERE}</t></is></c><c r="B2" t="s"><v>0</v></c>'
        data = workbook(
            sheet(text_row(1, HEADINGS) + f'<row r="2">{cells}</row>'),
            **{hostile.STRINGS: f'<sst xmlns="{hostile.MAIN}"><si>{name}</si></sst>'},
        )
        assert brought(clerk, "people", data).get().name == "张某_x000D_"

    def test_the_number_of_a_row_is_the_sheets_own(self, clerk):
        data = workbook(sheet(rows(text_row(7, ["没有的地方", "王", ""]))))
        [(number, heading, _)] = problems(sends(clerk, "people", data))
        assert (number, heading) == (7, "所属地区")

    def test_a_phone_number_kept_as_a_number(self, clerk):
        assert (
            brought(clerk, "people", formatted("000-0000-0000", "13900001234")).get().phone
            == "13900001234"
        )


class TestAtTheCell:
    def test_a_formula_nobody_worked_out(self, clerk):
        found = problems(sends(clerk, "teams", of_case("formula_without_cached_value")))
        assert [one[:2] for one in found] == [(2, "登记人数（人）"), (2, "联系人"), (2, "联系电话")]
        assert all("公式没有算出的结果" in message for *_, message in found)

    @pytest.mark.parametrize(
        ("cell", "said"),
        [
            ('<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "公式错误"),
            ('<c r="C2"><v>620902199001011234</v></c>', "超过15位"),
        ],
    )
    def test_what_is_no_value(self, clerk, cell, said):
        line = text_row(2, PERSON[:2]).replace("</row>", f"{cell}</row>")
        data = workbook(sheet(text_row(1, HEADINGS) + line + text_row(3, PERSON)))
        [(number, heading, message)] = problems(sends(clerk, "people", data))
        assert (number, heading) == (2, "电话")
        assert said in message

    def test_a_format_that_counts_in_thousands(self, clerk):
        [(number, heading, message)] = problems(
            sends(clerk, "people", formatted("0,", "13900001234"))
        )
        assert (number, heading) == (2, "电话")
        assert "显示格式" in message

    @pytest.mark.parametrize("mark", ["_x0000_", "_xD800_", "_xFFFE_"])
    def test_a_character_that_no_database_holds(self, clerk, mark):
        line = text_row(2, [f"某社区{mark}", *PERSON[1:]])
        [(number, heading, message)] = problems(
            sends(clerk, "people", workbook(sheet(text_row(1, HEADINGS) + line)))
        )
        assert (number, heading) == (2, "所属地区")
        assert "看不见的控制字符" in message

    def test_the_other_cells_of_the_row_are_told_too(self, clerk):
        line = text_row(2, ["没有的地方", "王"]).replace("</row>", '<c r="C2"><f>1</f></c></row>')
        found = problems(sends(clerk, "people", workbook(sheet(text_row(1, HEADINGS) + line))))
        assert [one[:2] for one in found] == [(2, "所属地区"), (2, "电话")]


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (of_case("merged_contact"), "合并的单元格（G2:G3、H2:H3）"),
            (workbook(sheet(rows(text_row(3, PERSON, ' hidden="1"')))), "第3行是隐藏的"),
            (
                workbook(sheet(rows(), before='<cols><col min="3" max="9" hidden="1"/></cols>')),
                "C列是隐藏的",
            ),
            (workbook(sheet(rows(text_row(3, [*PERSON, "备注"])))), "第3行的格数多于列名：D列"),
        ],
        ids=["merged", "a hidden row", "a hidden column", "beyond the headings"],
    )
    def test_what_a_clerk_would_not_expect(self, clerk, data, said):
        ledger = "teams" if "合并" in said else "people"
        response = sends(clerk, ledger, data)
        assert said in told(response)
        assert not ledgers.get(ledger).model.objects.exists()

    def test_two_sheets_with_the_headings(self, clerk):
        book = load_workbook(io.BytesIO(workbook()))
        book.copy_worksheet(book.worksheets[0]).title = "二月"
        file = io.BytesIO()
        book.save(file)
        said = told(sends(clerk, "people", file.getvalue()))
        assert "几张工作表都有这些列（“Sheet1”、“二月”）" in said

    def test_text_below_a_blank_heading(self, clerk):
        table = [[*HEADINGS[:2], "", HEADINGS[2]], [*PERSON[:2], "不见了", PERSON[2]]]
        assert "第2行的格数多于列名" in told(sends(clerk, "people", as_workbook(table)))


def test_a_short_string_table_is_read_only_as_far_as_asked():
    line = text_row(2, PERSON[:2]).replace("</row>", '<c r="C2" t="s"><v>1</v></c></row>')
    strings = f'<sst xmlns="{hostile.MAIN}"><si><t>a</t></si><si><t>13800000301</t></si>broken <'
    data = workbook(sheet(text_row(1, HEADINGS) + line), **{hostile.STRINGS: strings})
    [chunk] = LedgerFile(data, HEADINGS).chunks()
    assert chunk.rows == [PERSON]
