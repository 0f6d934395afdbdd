"""The bench's verdicts: a wrong one would let a slow page pass."""

import os
import subprocess
import sys

import pytest

from bench import data, report, targets, tree
from bench.listing import FIRST, LAST, TARGETS
from bench.names import PAGES, WITH_FLOOR
from suzhou_portal.areas import codes


def cost(milliseconds):
    return {
        "python": milliseconds, "database": 0, "total": milliseconds, "spread": 0.1, "status": 200,
        "bytes": 9,
    }  # fmt: skip


def found(districts=1, page=10, peers=("admin",), services=400_000):
    """Measured at one scale: a page costs so many milliseconds, its floor ten."""
    costs = {f"{name}/{way}": cost(1) for name in PAGES for way in ("kept", "same")}
    costs |= {f"{name}/new": cost(page) for name in PAGES}
    costs |= {f"{name}/{way}": cost(10) for name in WITH_FLOOR for way in ("floor", "written")}
    costs |= {key: cost(200) for key in ("nothing", "table", "naive", "naive_country", *peers)}
    listed = {FIRST: {"total": page, "statements": 2, "blocks": 9}, LAST: {"total": 10}}
    used = {"python": 1, "database": 1, "passed": 3}
    return {
        "districts": districts, "rows": {targets.LISTED: services}, "built_within": 5, "refresh": used, "audit": used,
        "pages": {"read": dict.fromkeys(PAGES, (2, 151)), "costs": costs}, "importing": [],
        "staff": {"我的工作（社区）": {**cost(page * 2), "statements": page}},
        "listing": {"pages": {f"{scope}，全部": listed for scope in TARGETS}, "recall": {"区，助餐": (9, 9)}},
        "weights": {"page": 1024, "parts": 1, "with_it": 1024, "again": 0},
        "writes": {
            "one_save": 1, "writers": 0.7, "deadlocks": 0, "freshness": 9, "freshness_passed": 9,
            "import": {"bare": 1, "audited": 1, "marked_and_audited": 1}, "recall": {"助餐": (9, 9)},
        },
    }  # fmt: skip


def verdict(name, **changed):
    return next(one for one in targets.of_scale(found(**changed)) if one.name == name).met


@pytest.mark.parametrize(
    ("name", "met"),
    [
        ("区页：与地板之比", True), ("全国页：语句", True), ("全国页：块", False),
        ("8人同时写：保存数值与不保存之比", False), ("Django数据管理列表：是区页的几倍", True),
    ],
)  # fmt: skip
def test_a_target_is_met_from_its_own_side(name, met):
    assert verdict(name) is met


def test_a_dearer_page_misses():
    assert not verdict("区页：与地板之比", page=13)
    assert not verdict("Django数据管理列表：是区页的几倍", page=13)


def test_a_page_of_staff_costs_few_overviews_and_statements():
    times, statements = "我的工作（社区）：是区数据总览（新做）的几倍", "我的工作（社区）：语句"
    assert verdict(times, page=15)
    assert not verdict(times, page=16)
    assert verdict(statements, page=15)
    assert not verdict(statements, page=16)


def test_a_peer_that_is_not_there_has_no_target():
    assert not [one for one in targets.of_scale(found()) if one.name.startswith("Wagtail")]
    assert [one for one in targets.of_scale(found(peers=("wagtail",))) if one.name.startswith("Wagtail")]  # fmt: skip


def test_a_short_list_is_no_peer():
    assert not [one for one in targets.of_scale(found(services=143)) if "数据管理" in one.name]


def test_scales_are_compared():
    text = report.text([found(), found(3000, page=12)], "机器")
    assert "| 区页：3,000与1个区县之比 | ≤1.1 | 1.20 未达到 |" in text
    assert "| 全国页：块 | ≤150 | 151 未达到 | 151 未达到 |" in text


def test_imports_are_judged():
    listed = found() | {"importing": [{"name": "导入", "value": 2, "limit": 1.5}]}
    assert "| 导入 | ≤1.5 | 2.00 未达到 |" in report.text([listed], "机器")


def test_three_thousand_districts_have_codes_of_their_own():
    made = [data.district(number) for number in range(3000)]
    assert len(set(made)) == 3000
    assert {codes.level_of(code) for code in made} == {codes.Level.DISTRICT}


def test_the_made_up_tree_is_whole():
    made = list(tree._codes("", [(2, 2), (4, 2), (6, 3)]))
    assert len(made) == len(set(made)) == 2 + 4 + 12
    assert {codes.parent_of(code) for code in made} <= {codes.COUNTRY, *made}


def test_the_command_itself_needs_no_settings():
    """It measures in processes of its own, and only writes down what they found."""
    done = subprocess.run(
        [sys.executable, "-c", "import bench.__main__"], check=False, capture_output=True, text=True,
        env={name: one for name, one in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
