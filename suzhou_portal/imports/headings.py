"""Which row of a table has the headings, and which of its columns is which: as people call them, too."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from django.core.exceptions import ValidationError

from suzhou_portal.texts import cleaned

SEARCHED = 30  # rows that are not blank, among which the headings are looked for
SHOWN = 20  # headings named in a message
NOT_THESE = "headings"  # the code of an error about headings
LONGEST = 30  # characters of a heading in a message
# What offices call the columns. Each stands for any other of its line; what ends in 日期 may end in 时间.
_ALIKE = (
    (
        "所属地区", "地区", "所在地区", "社区", "所属社区", "所在社区", "社区名称", "街道", "所属街道", "所属街道社区",
        "街道社区", "管辖地区", "网格", "所属网格", "区划代码", "行政区划", "行政区划代码", "地区代码",
    ),
    ("姓名", "名字", "人员姓名", "社工姓名", "工作人员姓名", "志愿者姓名"),
    ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系手机", "联系人电话"),
    ("联系人", "联系人姓名"),
    ("名称", "全称", "队伍名称", "团队名称", "组织名称", "机构名称", "单位名称", "项目名称", "服务名称", "物资名称",
     "资源名称", "社会组织名称", "志愿服务队伍名称"),
    ("类型", "类别", "种类", "队伍类型", "队伍类别", "组织类型", "机构类型"),
    ("组建日期", "成立日期", "建队日期", "队伍成立日期"),
    ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "机构代码"),
    ("登记人数", "人数", "成员人数", "队员人数", "现有人数"),
    ("备注", "说明"),
    ("社工", "社会工作者"),
    ("统计用区划代码", "区划代码", "行政区划代码", "统计代码", "区划编码", "地区代码", "代码", "编码", "code"),
    ("区划名称", "名称", "地区名称", "行政区划名称", "单位名称", "街道社区名称", "地区", "name"),
    ("上级名称", "上级", "所属街道", "上级单位", "上级区划"),
)  # fmt: skip
_BRACKETED = re.compile(r"\(([^()]*)\)$")
_UNITS = (
    "元",
    "人次",
    "人",
    "小时",
    "学时",
    "分钟",
    "个",
    "支",
    "户",
    "天",
    "日",
    "次",
    "件",
    "份",
    "袋",
    "%",
)
_UNIT = re.compile("[万千百亿]?(?:" + "|".join(_UNITS) + ")|[万千百亿]")
_LARGER = re.compile(r"[万千百亿]")


class Header(NamedTuple):
    """Where the headings stand: the number of their row, the place of each that is asked for (None where
    the table has it not), and what stands over the columns that nobody asks for.
    """

    number: int
    places: dict[str, int | None]
    others: dict[int, str]
    cells: Sequence[str]

    @property
    def absent(self) -> list[str]:
        """The headings asked for that the table has not."""
        return [heading for heading, place in self.places.items() if place is None]


def found(
    rows: Iterable[tuple[int, Sequence[str]]], headings: Sequence[str], needed: Sequence[str]
) -> Header | None:
    """The first row with all the headings that are needed, or two rows that have more of them as one; None
    without any.
    """
    known = list(islice(rows, SEARCHED))
    for place, (number, cells) in enumerate(known):
        headers = [read(number, cells, headings)]
        for below, more in known[place + 1 : place + 2]:
            if both := _as_one((number, cells), (below, more)):
                headers.append(read(below, both, headings))
        best = min(headers, key=lambda one: len(one.absent))
        if not set(needed) & set(best.absent):
            return best
    return None


def nearest(rows: Iterable[tuple[int, Sequence[str]]], headings: Sequence[str]) -> Header:
    """The row with most of the headings: the one that its writer will have meant."""
    read_rows = [read(number, cells, headings) for number, cells in islice(rows, SEARCHED)]
    return min(read_rows, key=lambda one: len(one.absent), default=read(1, [], headings))


def read(number: int, cells: Sequence[str], headings: Sequence[str]) -> Header:
    """A row as headings. Raises ValidationError where one of them stands there twice."""
    named = {place: text for place, cell in enumerate(cells) if (text := cleaned(cell).strip())}
    places: dict[str, int | None] = {}
    for heading in headings:
        same = [place for place, text in named.items() if plain(text) == plain(heading)]
        if len(same) > 1:
            raise ValidationError(f"列名不对：重复的列“{heading}”。请删去或改名其中一列。")
        places[heading] = same[0] if same else None
    for heading in (one for one, place in places.items() if place is None):
        taken = set(places.values())
        meant = [
            place for place, text in named.items() if place not in taken and means(text, heading)
        ]
        places[heading] = meant[0] if len(meant) == 1 else None
    others = {place: text for place, text in named.items() if place not in places.values()}
    return Header(number, places, others, cells)


def refusal(header: Header, needed: Sequence[str]) -> ValidationError:
    """Why the table cannot be read: which headings it lacks, and what it has that nobody knows."""
    lacking = [one for one in needed if header.places.get(one) is None]
    problems = [
        what + "、".join(f"“{one[:LONGEST]}”" for one in ones[:SHOWN])
        for what, ones in (("缺少列", lacking), ("不认识的列", [*header.others.values()]))
        if ones
    ]
    units = [
        f"“{text[:LONGEST]}”的单位与“{one}”不同"
        for one in lacking
        for text in header.others.values()
        if _bare(text) == _bare(one) and _bracketed(text) != _bracketed(one)
    ]
    said = "；".join([*problems, *units])
    return ValidationError(f"列名不对：{said}。请对照空白模板。", code=NOT_THESE)


def means(text: str, heading: str) -> bool:
    """Whether people who write the one mean the other: never in another unit."""
    theirs, ours = _bracketed(text), _bracketed(heading)
    if theirs and theirs != ours and _UNIT.fullmatch(theirs) and (ours or _LARGER.match(theirs)):
        return False
    written, asked = _bare(text), _bare(heading)
    return written == asked or any({written, asked} <= alike for alike in _SETS)


def plain(text: str) -> str:
    """A heading without spaces and marks of what must be filled in, in half width."""
    return re.sub(r"[\s*:_]", "", unicodedata.normalize("NFKC", text).replace("﹡", "*"))


def _bare(text: str) -> str:
    bare = _BRACKETED.sub("", plain(text))
    return f"{bare[:-2]}日期" if bare.endswith("时间") else bare


def _bracketed(text: str) -> str:
    inside = _BRACKETED.search(plain(text))
    return inside[1] if inside else ""


_SETS = [frozenset(map(_bare, line)) for line in _ALIKE]


def _as_one(above: tuple[int, Sequence[str]], below: tuple[int, Sequence[str]]) -> list[str] | None:
    """Headings in two rows, of which the lower ones say more; None where the rows do not touch."""
    if above[0] + 1 != below[0]:
        return None
    width = max(len(above[1]), len(below[1]))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (above[1], below[1]))
    return [low if low.strip() else high for low, high in zip(lower, upper, strict=True)]
