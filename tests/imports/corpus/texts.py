"""Files of text: encodings, line ends, what separates, and what people write in cells."""

import csv
import io

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


def text(*rows, separator=",", end="\r\n"):
    """A table as text."""
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end).writerows(rows)
    return file.getvalue()


def people(*rows, **how):
    """The bytes of a file of people."""
    return text(PEOPLE, *(rows or [PERSON]), **how).encode()


def team(**changed):
    """The bytes of a file of one team."""
    values = dict(zip(TEAMS, TEAM, strict=True)) | changed
    return text(TEAMS, [values[one] for one in TEAMS]).encode()


def gift(**changed):
    """The bytes of a file of one resource."""
    values = dict(zip(RESOURCES, GIFT, strict=True)) | changed
    return text(RESOURCES, [values[one] for one in RESOURCES]).encode()


PLAIN = text(PEOPLE, PERSON)
ENCODINGS = [
    Case("utf-8", PLAIN.encode(), records=PERSON_IN),
    Case("utf-8 with mark", PLAIN.encode("utf-8-sig"), records=PERSON_IN),
    Case("gb18030", PLAIN.encode("gb18030"), records=PERSON_IN),
    Case("gbk", PLAIN.encode("gbk"), records=PERSON_IN),
    Case("utf-16 with mark", PLAIN.encode("utf-16"), records=PERSON_IN),
    Case("utf-16 big with mark", b"\xfe\xff" + PLAIN.encode("utf-16-be"), records=PERSON_IN),
    Case("utf-16 without mark", PLAIN.encode("utf-16-le"), records=PERSON_IN),
    Case("utf-16 big without mark", PLAIN.encode("utf-16-be"), records=PERSON_IN),
    Case(
        "Unicode text of Excel", text(PEOPLE, PERSON, separator="\t").encode("utf-16"),
        records=PERSON_IN,
    ),
    Case("no encoding", b"\xff\xff\xff\xe4" + PLAIN.encode(), refused="编码不认识"),
    Case("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", refused="不支持这种文件"),
    Case("a web page called xls", b"<html><table><tr><td>x</td></tr></table></html>", refused="网页"),
    Case("a table of XML", b'<?xml version="1.0"?><Workbook/>', refused="网页"),
    Case("nothing", b"", refused="空的"),
    Case("a rare character", text(PEOPLE, [HERE, "𠮷某", PERSON[2]]).encode("gb18030"),
         records=[{"name": "𠮷某"}]),
]  # fmt: skip
LINES = [
    Case("CR only", people(end="\r"), records=PERSON_IN),
    Case("LF only", people(end="\n"), records=PERSON_IN),
    Case("tabs", people(separator="\t"), records=PERSON_IN),
    Case("semicolons", people(separator=";"), records=PERSON_IN),
    Case("Chinese semicolons", people(separator="；"), records=PERSON_IN),
    Case("bars", people(separator="|"), records=PERSON_IN),
    Case("sep=", b"sep=;\r\n" + people(separator=";"), records=PERSON_IN, left_out=["第1行"]),
    Case("blank rows", people([], PERSON, ["", "", ""]), records=PERSON_IN),
    Case("a comma in quotes", team(名称="一队,二队"), "teams", [{"name": "一队,二队"}]),
    Case("a quote never closed", people() + b'"x', refused="引号"),
    Case("more cells than headings", people([*PERSON, "多"]), refused="第2行的格数多于列名：D列"),
    Case("no record", text(PEOPLE).encode(), refused="没有记录"),
]
HEADS = [
    Case("a title", text(["人员花名册"], [], PEOPLE, PERSON).encode(), records=PERSON_IN,
         left_out=["第1行"]),
    Case("title, unit and date", text(["花名册"], ["填报单位：某社区", "", "2023年4月"], PEOPLE, PERSON).encode(),
         records=PERSON_IN, left_out=["第1行", "第2行"]),
    Case("numbers of rows", text(["序号", *PEOPLE], ["1", *PERSON]).encode(), records=PERSON_IN,
         left_out=["A列"]),
    Case("numbers of rows that are blank",
         text(["序号", *PEOPLE], ["1", *PERSON], ["2", "", "", ""]).encode(), records=PERSON_IN,
         left_out=["A列", "第3行"]),
    Case("a sum below", people(PERSON, ["合计", "1人", ""]), records=PERSON_IN, left_out=["第3行"]),
    Case("a sum with spaces", people(PERSON, ["合  计", "1", ""]), records=PERSON_IN, left_out=["第3行"]),
    Case("a sum behind its number", text(["序号", *PEOPLE], ["1", *PERSON], ["2", "总计", "", ""]).encode(),
         records=PERSON_IN, left_out=["A列", "第3行"]),
    Case("who filled it in", people(PERSON, ["填表人：张某", "审核人：李某", ""]), records=PERSON_IN,
         left_out=["第3行"]),
    Case("headings again", people(PERSON, PEOPLE, [HERE, "二人", "13800000302"]),
         records=[*PERSON_IN, {"name": "二人"}], left_out=["第3行"]),
    Case("other names", text(["所在社区", "名字", "手机号码"], PERSON).encode(), records=PERSON_IN),
    Case("names with spaces and marks", text(["* 所属地区", "姓 名", "电话："], PERSON).encode(),
         records=PERSON_IN),
    Case("names in brackets", text(["所属地区（必填）", "姓名", "电话(选填)"], PERSON).encode(), records=PERSON_IN),
    Case("an unknown column", text([*PEOPLE, "籍贯"], [*PERSON, "甘肃"]).encode(), records=PERSON_IN,
         left_out=["D列"]),
    Case("a heading twice", text([*PEOPLE, "电话"], [*PERSON, ""]).encode(), refused="重复的列“电话”"),
    Case("a heading missing", text(["所属地区", "电话"], [HERE, "1"]).encode(), refused="缺少列“姓名”"),
    Case("a column missing that may be blank", text(PEOPLE[:2], PERSON[:2]).encode(),
         records=[{"name": "来人", "phone": ""}]),
    Case("another unit", text([one.replace("元", "万元") for one in RESOURCES], GIFT).encode(), "resources",
         refused="单位与“价值（元）”不同"),
    Case("columns in another order", text(PEOPLE[::-1], PERSON[::-1]).encode(), records=PERSON_IN),
    Case("headings in two rows",
         text(["所属地区", "姓名", "联系"], ["", "", "电话"], PERSON).encode(), records=PERSON_IN,
         left_out=["第1行"]),
    Case("dates called times", text([one.replace("日期", "时间") for one in TEAMS], TEAM).encode(), "teams",
         TEAM_IN),
    Case("our own template's sample", people(["示例（不导入）：某某社区", "某某", ""], PERSON),
         records=PERSON_IN, left_out=["第2行"]),
]  # fmt: skip
DAYS = [
    day(name, team(组建日期=name))
    for name in (
        "2023.4.30", "20230430", "2023/4/30", "2023/4/30 0:00", "2023-04-30 00:00:00",
        "2023年4月30日", "2023 年 4 月 30 日", "２０２３－０４－３０", "2023、4、30", "2023-4-30",
    )
] + [
    Case(f"no day: {name}", team(组建日期=name), "teams", wrong=[(2, "组建日期", said)])
    for name, said in (
        ("45046", "Excel 内部的日期数字（2023年4月30日）"), ("2023.4", "写明是哪一日"),
        ("2023年4月", "写明是哪一日"), ("2023/4/30 14:30", "只填日期"), ("4.30", ""), ("23.4.30", ""),
        ("2023-02-30", ""), ("#N/A", ""), ("不详", ""),
    )
]  # fmt: skip
CELLS = [
    Case("spaces and no-break spaces", people([f" {HERE} ", "\u00a0来人\u3000", "13800000301\u00a0"]),
         records=PERSON_IN),
    Case("a phone of full width", people([HERE, "来人", "１３８０００００３０１"]), records=PERSON_IN),
    Case("a code of full width", people(["６２０９０２００１００２", *PERSON[1:]]), records=PERSON_IN),
    Case("a landline without its 0", people([HERE, "来人", "9372610000"]),
         wrong=[(2, "电话", "前面的0丢了（可能是0937-2610000）")]),
    Case("a code as Excel shows it", people(["6.20902E+11", *PERSON[1:]]),
         wrong=[(2, "所属地区", "科学计数法")]),
    Case("a phone as Excel shows it", people([HERE, "来人", "1.38E+10"]), wrong=[(2, "电话", "科学计数法")]),
    Case("a name as Excel shows it", team(名称="1.2E+15"), "teams", wrong=[(2, "名称", "科学计数法")]),
    Case("money in groups", gift(**{"价值（元）": "1,234.50"}), "resources", [{"value": "1234.50"}]),
    Case("money with signs", gift(**{"价值（元）": "￥1，234.50元"}), "resources", [{"value": "1234.50"}]),
    Case("money that is no number", gift(**{"价值（元）": "#REF!"}), "resources",
         wrong=[(2, "价值（元）", "")]),
    Case("a choice in half width", team(类型=" 党 员 "), "teams", TEAM_IN),
    Case("no choice", team(类型="党团"), "teams", wrong=[(2, "类型", "没有“党团”这一项")]),
    Case("a place elsewhere", people(["620902009001", *PERSON[1:]]), wrong=[(2, "所属地区", "管辖范围内没有")]),
    Case("nothing where something must be", people([HERE, "", "13800000301"]), wrong=[(2, "姓名", "")]),
    Case("a formula made safe", team(名称="'=一队"), "teams", [{"name": "=一队"}]),
]  # fmt: skip
TEXTS = [*ENCODINGS, *LINES, *HEADS, *DAYS, *CELLS]
