"""Workbooks of today and of Excel 97: what spreadsheets keep otherwise than they show it."""

import datetime
import io

import xlwt
from openpyxl import Workbook

from tests.files import hostile
from tests.files.hostile import MAIN, rows, sheet, text_row, workbook
from tests.imports.corpus.case import (
    GIFT,
    HERE,
    PEOPLE,
    PERSON,
    PERSON_IN,
    RESOURCES,
    TEAM,
    TEAM_IN,
    TEAMS,
    Case,
    day,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MIDNIGHT = datetime.datetime(2023, 4, 30)  # noqa: DTZ001 - a cell has no zone
MORNING = MIDNIGHT.replace(hour=9, minute=30)
CELL = '<c r="C2"{}>{}</c>'
WITHOUT = text_row(1, PEOPLE) + text_row(2, PERSON[:2])


def made(fill, *table):
    """The bytes of a workbook that is filled, and then changed."""
    book, file = Workbook(), io.BytesIO()
    for cells in table:
        book.active.append(list(cells))
    fill(book)
    book.save(file)
    return file.getvalue()


def phone(attributes, inside, **more):
    """A workbook in which a person's phone is that cell."""
    cell = CELL.format(attributes, inside)
    return workbook(sheet(WITHOUT.replace("</row>", f"{cell}</row>", 2).replace(f"{cell}</row>", "</row>", 1)),
                    **more)  # fmt: skip


def built_in(number, value):
    """A workbook in which a team's day is a number, of a format that has only a number."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'
        "</styleSheet>"
    )
    cells = text_row(2, [*TEAM[:3], "X", *TEAM[4:]])
    cell = '<c r="D2" t="inlineStr"><is><t>X</t></is></c>'
    given = cells.replace(cell, f'<c r="D2" s="1"><v>{value}</v></c>')
    return workbook(sheet(text_row(1, TEAMS) + given), **{hostile.STYLES: styles})


def old(*table, change=None, formats=()):
    """The bytes of a workbook of Excel 97."""
    book = xlwt.Workbook()
    page = book.add_sheet("台账")
    styles = dict(formats)
    for number, cells in enumerate(table):
        for place, value in enumerate(cells):
            style = styles.get((number, place))
            if value != "":
                args = (xlwt.easyxf(num_format_str=style),) if style else ()
                page.write(number, place, value, *args)
    if change:
        change(book, page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(book):
    book.active.insert_rows(1)
    book.active["A1"] = "人员花名册"
    book.active.merge_cells("A1:C1")


def _signed(book):
    book.active.append(["填表人：张某"])
    book.active.merge_cells("A3:C3")


def _merged(book):
    book.active.append([HERE, "二人"])
    book.active.merge_cells("C2:C3")


def _hidden(book):
    book.create_sheet("旧表").append(PEOPLE)
    book["旧表"].sheet_state = "hidden"


def _notes(book):
    book.create_sheet("说明", 0).append(["先看这里"])


def _grouped(book):
    book.active.column_dimensions["B"].hidden = True


def _row_hidden(book):
    book.active.row_dimensions[2].hidden = True


def _days(value, code):
    def fill(book):
        book.active["D2"].value = value
        book.active["D2"].number_format = code

    return made(fill, TEAMS, TEAM)


CELLS = [
    Case("a dimension that is too small", workbook(sheet(rows(), before='<dimension ref="A1:C1"/>')),
         records=PERSON_IN),
    Case("a formatted cell in the last row",
         workbook(sheet(rows('<row r="1048576"><c r="A1048576" s="0"/></row>'))), records=PERSON_IN),
    Case("a formula with its value", phone(' t="str"', "<f>B9</f><v>13800000301</v>"), records=PERSON_IN),
    Case("a formula nobody worked out", phone("", "<f>B9</f>"), wrong=[(2, "电话", "没有算出的结果")]),
    Case("#N/A", phone(' t="e"', "<f>X</f><v>#N/A</v>"), wrong=[(2, "电话", "公式错误")]),
    Case("#REF!", phone(' t="e"', "<v>#REF!</v>"), wrong=[(2, "电话", "公式错误")]),
    Case("a phone kept as a number", phone("", "<v>13800000301</v>"), records=PERSON_IN),
    Case("a number over 15 digits", phone("", "<v>620902199001011234</v>"), wrong=[(2, "电话", "超过15位")]),
    Case("scientific", hostile.formatted("0.00E+00", "13800000301"), wrong=[(2, "电话", "显示格式")]),
    Case("zeros by its format", hostile.formatted("00000000000", "13800000301"), records=PERSON_IN),
    Case("_x000D_", workbook(sheet(text_row(1, PEOPLE) + text_row(2, [HERE, "来人_x000D_", PERSON[2]]))),
         records=PERSON_IN),
    Case("Strict OOXML", workbook(sheet(rows()).replace(MAIN, STRICT)), records=PERSON_IN),
    Case("a yes as a truth value", phone(' t="b"', "<v>1</v>"), wrong=[(2, "电话", "")]),
    Case("money of a sum", made(lambda book: None, RESOURCES, [*GIFT[:3], 1.1 * 3, *GIFT[4:]]), "resources",
         [{"value": "3.30"}]),
    Case("money with a format",
         made(lambda book: setattr(book.active["D2"], "number_format", "#,##0.00"), RESOURCES,
              [*GIFT[:3], 1234.5, *GIFT[4:]]), "resources", [{"value": "1234.50"}]),
]  # fmt: skip
DAYS = [
    *(day(f"format {one}", built_in(one, 45046)) for one in (14, 31, 22)),
    *(
        Case(f"format {one}", built_in(one, 45046), "teams", wrong=[(2, "组建日期", "")])
        for one in (27, 28, 36, 50, 57, 58)
    ),
    Case("a day without a format", built_in(0, 45046), "teams", wrong=[(2, "组建日期", "日期数字")]),
    day("a date", _days(datetime.date(2023, 4, 30), "yyyy-mm-dd")),
    day("a date in Chinese", _days(datetime.date(2023, 4, 30), 'yyyy"年"m"月"d"日"')),
    day("a date of a Chinese Excel", _days(datetime.date(2023, 4, 30), "[$-804]yyyy/m/d;@")),
    day("a date at midnight", _days(MIDNIGHT, "yyyy/m/d h:mm")),
    day("compact digits as a number", _days(20230430, "General")),
    Case("a moment", _days(MORNING, "yyyy/m/d h:mm"), "teams",
         wrong=[(2, "组建日期", "只填日期")]),
]  # fmt: skip
SHEETS_OF_A_BOOK = [
    Case("a merged title", made(_title, PEOPLE, PERSON), records=PERSON_IN, left_out=["第1行"]),
    Case("a merged signature", made(_signed, PEOPLE, PERSON), records=PERSON_IN, left_out=["第3行"]),
    Case("merged records", made(_merged, PEOPLE, PERSON), refused="合并的单元格（C2:C3）"),
    Case("a hidden sheet", made(_hidden, PEOPLE, PERSON), records=PERSON_IN, left_out=["工作表“旧表”"]),
    Case("a sheet of notes", made(_notes, PEOPLE, PERSON), records=PERSON_IN, left_out=["工作表“说明”"]),
    Case("a hidden column", made(_grouped, PEOPLE, PERSON), refused="B列是隐藏的"),
    Case("a hidden row", made(_row_hidden, PEOPLE, PERSON), refused="第2行是隐藏的"),
    Case("two sheets of people", made(lambda book: book.copy_worksheet(book.active), PEOPLE, PERSON),
         refused="几张工作表都有这些列"),
    Case("half a workbook", workbook()[:700], refused="损坏"),
]  # fmt: skip
OLD = [
    Case("xls", old(PEOPLE, PERSON), records=PERSON_IN),
    Case("xls with a number", old(PEOPLE, [HERE, "来人", 13800000301]), records=PERSON_IN),
    Case("xls with a date", old(TEAMS, [*TEAM[:3], datetime.date(2023, 4, 30), *TEAM[4:]],
         formats={(1, 3): "yyyy/m/d"}.items()), "teams", TEAM_IN),
    Case("xls with a formula nobody worked out",
         old(PEOPLE, PERSON[:2], change=lambda _, page: page.write(1, 2, xlwt.Formula("1/0"))),
         wrong=[(2, "电话", "公式没有算出的结果")]),
    Case("xls with a title", old(["花名册"], PEOPLE, PERSON, change=lambda _, page: page.merge(0, 0, 0, 2)),
         records=PERSON_IN, left_out=["第1行"]),
    Case("xls with merged records",
         old(PEOPLE, PERSON, [HERE, "二人"], change=lambda _, page: page.merge(1, 2, 2, 2)),
         refused="合并的单元格（C2:C3）"),
    Case("xls with a hidden sheet",
         old(PEOPLE, PERSON, change=lambda book, _: setattr(book.add_sheet("旧表"), "visibility", 1)),
         records=PERSON_IN, left_out=["工作表“旧表”"]),
    Case("half an xls", old(PEOPLE, PERSON)[:900], refused=""),
    Case("an encrypted workbook", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
         refused="密码"),
    Case("an old document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, refused=""),
]  # fmt: skip
SHEETS = [*CELLS, *DAYS, *SHEETS_OF_A_BOOK, *OLD]
