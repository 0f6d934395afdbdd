"""The results as one text: tables of ratios, and of each target whether it is met."""

from typing import Any

from suzhou_portal.formats import number

MET, MISSED = "达到", "未达到"


def text(found: list[dict[str, Any]], machine: str) -> str:
    """Markdown, in Chinese: what was measured, at which scales, against what."""
    parts = [
        "# 性能",
        "由 `make bench` 生成。CPU是一次请求用去的Python和PostgreSQL处理器时间（毫秒，各轮中位数）；"
        "成本是它与同一页用常量渲染（地板）之比；时间只供参考，比值才是结论。",
        f"机器：{machine}。",
        _rows(found),
        *(_pages(one) for one in found),
        *([_scales(found[0], found[-1])] if len(found) > 1 else []),
        *(_peers(one) for one in found),
        _writes(found),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heading: list[str], rows: list[list[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(found: list[dict[str, Any]]) -> str:
    heading = ["记录", *(f"{one['districts']}个区县" for one in found)]
    kinds = list(found[0]["rows"])
    rows = [[f"`{kind}`", *(number(one["rows"][kind]) for one in found)] for kind in kinds]
    return "## 数据\n\n" + _table(heading, rows)


def _pages(one: dict[str, Any]) -> str:
    heading = [
        "页面", "状态", "字节", "语句", "块", "Python", "PostgreSQL", "离散", "成本", "目标≤1.25",
        "再看一次", "304",
    ]  # fmt: skip
    rows = []
    for name, page in one["pages"].items():
        total = page["python"] + page["database"]
        cost = total / page["floor"] if page["floor"] else None
        rows.append([
            name, str(page["status"]), number(page["bytes"]), str(page["statements"]),
            number(page["blocks"]), f"{page['python']:.1f}", f"{page['database']:.1f}",
            f"±{page['spread'] * 100:.0f}%", f"{cost:.2f}" if cost else "—",
            "—" if cost is None else MET if cost <= 1.25 else MISSED,
            _ratio(page["again"], page["floor"] or total), _ratio(page["not_modified"], page["nothing"]),
        ])  # fmt: skip
    return (
        f"## {one['districts']}个区县：页面\n\n"
        + _table(heading, rows)
        + (
            "\n\n“再看一次”是保存的页面与地板之比（没有地板的与页面本身之比），目标≤0.12；"
            "“304”与空响应之比，目标≤2.5。"
        )
    )


def _scales(small: dict[str, Any], large: dict[str, Any]) -> str:
    heading = [
        "页面",
        f"{small['districts']}个区县",
        f"{large['districts']}个区县",
        "之比",
        "目标≤1.1",
    ]
    rows = []
    for name, page in small["pages"].items():
        less, more = (one["python"] + one["database"] for one in (page, large["pages"][name]))
        fine = more / less <= 1.1
        rows.append([
            name, f"{less:.1f}", f"{more:.1f}", f"{more / less:.2f}", MET if fine else MISSED,
        ])  # fmt: skip
    return "## 规模\n\n" + _table(heading, rows)


def _peers(one: dict[str, Any]) -> str:
    page, *others = one["peers"].items()
    rows = [[name, f"{cost:.1f}", _ratio(cost, page[1])] for name, cost in (page, *others)]
    return f"## {one['districts']}个区县：与别的做法相比\n\n" + _table(
        ["做法", "CPU（毫秒）", "是区页的几倍"], rows
    )


def _writes(found: list[dict[str, Any]]) -> str:
    heading = ["写入", *(f"{one['districts']}个区县" for one in found), "目标"]
    writes = [one["writes"] for one in found]
    imports = [one["import"] for one in writes]
    rows = [
        ["保存一条：保存数值与不保存之比", *(f"{w['one_save']:.2f}" for w in writes), "—"],
        ["8人同时写：保存数值与不保存之比", *(f"{w['writers']:.2f}" for w in writes), "≥0.8"],
        ["死锁", *(str(w["deadlocks"]) for w in writes), "0"],
        ["导入10万行：只作标记，与裸COPY之比", *(_ratio(i["marked"], i["bare"]) for i in imports), "—"],
        [
            "导入10万行：标记并记日志，与裸COPY之比",
            *(_ratio(i["marked_and_audited"], i["bare"]) for i in imports), "≤1.7",
        ],
        ["改一条后，区的全部指标重新为真（毫秒）", *(f"{w['freshness_ms']:.0f}" for w in writes), "≤50"],
        ["查全率（与LIKE相比）", *(_recall(w["recall"]) for w in writes), "1.00"],
    ]  # fmt: skip
    return "## 写入和搜索\n\n" + _table(heading, rows)


def _recall(words: dict[str, list[int]]) -> str:
    found, there = (sum(counts[i] for counts in words.values()) for i in (0, 1))
    return f"{found / there:.2f}" if there else "—"


def _ratio(cost: float, base: float) -> str:
    return f"{cost / base:.2f}" if base else "—"
