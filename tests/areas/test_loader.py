"""Loading divisions: all of a file or nothing, and clear words for each bad line."""

import pytest
from django.conf import settings

from suzhou_portal.areas.loader import DivisionFileError, load_divisions
from suzhou_portal.areas.models import Area

pytestmark = pytest.mark.django_db

HEADER = "code,name,level,parent_code"
GOOD = ["62,甘肃省,province,", "6209,酒泉市,city,62", "620902,肃州区,district,6209"]


@pytest.fixture
def file(tmp_path):
    """Writes lines as a division file and gives its path."""

    def write(*lines, encoding="utf-8"):
        path = tmp_path / "divisions.csv"
        path.write_text("\n".join([HEADER, *lines]), encoding)
        return path

    return write


def everything():
    return list(Area.objects.values_list("code", "name", "level", "parent"))


LOADED = [
    ("62", "甘肃省", "province", "CN"),
    ("6209", "酒泉市", "city", "62"),
    ("620902", "肃州区", "district", "6209"),
    ("CN", "全国", "country", None),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_loads_in_any_order(file, encoding):
    assert load_divisions(file(*reversed(GOOD), encoding=encoding)) == len(GOOD)
    assert everything() == LOADED


def test_twice_changes_nothing(file):
    load_divisions(file(*GOOD))
    load_divisions(file(*GOOD))
    assert everything() == LOADED


def test_renames_and_keeps_what_the_file_does_not_say(file):
    load_divisions(file(*GOOD))
    Area.objects.filter(pk="620902").update(valid_from="2002-06-01")
    load_divisions(file("620902,新肃州区,district,6209"))
    area = Area.objects.get(pk="620902")
    assert area.name == "新肃州区"
    assert area.valid_from is not None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("620903,某区,borough,6209", "不认识的级别“borough”"),
        ("620903,某区,,6209", "不认识的级别“”"),
        ("62090,某区,district,6209", "区划代码“62090”的位数不对"),
        (",某区,district,6209", "区划代码“”的位数不对"),
        ("620903001,某区,district,6209", "是街道代码，与级别“区县”不符"),
        ("620902,肃州区,district,6209", "区划代码“620902”重复"),
        ("620903,某区,district,62", "上级应为“6209”，不是“62”"),
        ("620903,某区,district,", "上级应为“6209”，不是“”"),
        ("630101,某区,district,6301", "上级“6301”不存在"),
        ("620903,,district,6209", "名称为空或过长"),
        (f"620903,{'长' * 61},district,6209", "名称为空或过长"),
        ("620903", "不认识的级别“”"),
    ],
)
def test_a_bad_line_is_named_and_nothing_loaded(file, line, message):
    with pytest.raises(DivisionFileError, match=message) as caught:
        load_divisions(file(*GOOD, line))
    assert [problem[:4] for problem in caught.value.problems] == ["第5行："]
    assert not Area.objects.exists()


def test_every_bad_line_is_named(file):
    with pytest.raises(DivisionFileError) as caught:
        load_divisions(file("1,甲,city,", *GOOD, "2,乙,city,"))
    assert [problem[:3] for problem in caught.value.problems] == ["第2行", "第6行"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "表头应含有 code、name、level、parent_code"),
        ("code,name\n62,甘肃省", "表头应含有"),
        ("code,name,level,parent_code\n62,甘肃省,province,".encode("gb18030"), "不是 UTF-8 编码"),
    ],
)
def test_a_file_of_another_kind(tmp_path, content, message):
    path = tmp_path / "divisions.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DivisionFileError, match=message):
        load_divisions(path)
    assert not Area.objects.exists()


def test_the_seeds_hold_the_portals_area(reference):
    assert Area.objects.filter(pk=settings.PORTAL_AREA).exists()
    for area in Area.objects.select_related("parent"):
        area.full_clean()
