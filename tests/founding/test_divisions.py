"""Streets and communities from files as offices have them."""

import io

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from suzhou_portal.areas.loader import load_divisions
from suzhou_portal.areas.models import Area
from suzhou_portal.founding import divisions

STATISTICAL = """金塔县街道社区一览表
统计用区划代码,城乡分类代码,名称
620921100000,121,中东镇
620921100001,121,东大街社区居委会
合计,,2
"""
PAIRS = """街道代码,街道名称,社区代码,社区名称
620921100,中东镇,620921100001,东大街社区居委会
620921100,中东镇,620921100002,西大街社区居委会
"""
JINTA = {"620921100": "中东镇", "620921100001": "东大街社区居委会"}


def read(text, encoding="utf-8", district="620921"):
    return divisions.read(text.encode(encoding), district)


def refused(text, district="620921"):
    with pytest.raises(ValidationError) as caught:
        read(text, district=district)
    return "".join(caught.value.messages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_statistical_codes_lose_their_zeros_and_nothing_is_dropped_in_silence(encoding):
    table = read(STATISTICAL, encoding)
    assert table.names == JINTA
    assert ["第1行" in one or "B列" in one or "第5行" in one for one in table.left_out] == [
        True
    ] * 3


def test_a_workbook_and_what_stands_above_the_district():
    book = Workbook()
    rows = [("区划代码", "单位名称"), (620000, "甘肃省"), (620900, "酒泉市"), (620921, "金塔县")]
    for row in [*rows, ("620921100", "中东镇"), ("620921100001", "东大街社区居委会")]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    names = divisions.read(file.getvalue(), "620921").names
    assert names == {"62": "甘肃省", "6209": "酒泉市", "620921": "金塔县", **JINTA}


def test_rows_that_name_a_community_and_its_street():
    assert read(PAIRS).names == {**JINTA, "620921100002": "西大街社区居委会"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("代码,名称\n620921100,中东镇\n620902001,东北街街道", "第3行：“东北街街道”的代码620902001不在620921里面"),
        ("代码,名称\n620921100,中东镇\n620921100,鼎新镇", "第3行：代码620921100在上面已经有了"),
        ("代码,名称\n620921100,中东镇\n6209211,鼎新镇", "第3行：“鼎新镇”的代码“6209211”不是区划代码"),
        ("代码,名称\n620921100,中东镇\n,鼎新镇", "第3行：“鼎新镇”只有名称，没有代码"),
        ("代码,名称\n620921100,中东镇\n6.20921E+11,鼎新镇", "第3行：这是科学计数法"),
        ("代码,名称\n620921100,中东镇\n620921101001,新城社区", "“新城社区”（620921101001）的上级620921101不在文件里"),
        ("代码,名称\n620921,金塔县", "没有街道"),
    ],
)  # fmt: skip
def test_each_bad_row_is_named(lines, told):
    assert told in refused(lines)


def test_names_with_a_parent_alone_are_refused_row_by_row():
    said = refused("名称,上级\n中东镇,金塔县\n东大街社区,中东镇\n")
    assert "第2行：“中东镇”只有名称和上级“金塔县”，没有代码" in said
    assert "第3行：“东大街社区”" in said


def test_what_is_written_is_what_the_portal_loads(db, tmp_path):
    names = {"62": "甘肃省", "6209": "酒泉市", "620921": "金塔县", **JINTA}
    file = tmp_path / "620921.csv"
    file.write_bytes(divisions.written(names))
    load_divisions(file)
    assert dict(Area.objects.inside("620921").values_list("code", "name")) == {
        code: name for code, name in names.items() if code.startswith("620921")
    }
    assert divisions.read(file.read_bytes(), "620921").names == names
