"""The results as one text: what was measured, and of each target whether it is met."""

from decimal import Decimal
from typing import Any

from bench import targets
from bench.listing import FIRST
from bench.names import DISTRICT, PAGES, WITH_FLOOR
from bench.targets import KB, Target, total
from suzhou_portal.formats import number

MET, MISSED = "达到", "未达到"
PEERS = {
    "table": "同样大的Django表格（常量）", "naive": "二十五个聚合（区）", "naive_country": "二十五个聚合（全国）",
    "admin": "Django数据管理列表（服务项目）", "wagtail": "Wagtail演示站首页",
}  # fmt: skip
Found = list[dict[str, Any]]


def text(found: Found, machine: str) -> str:
    """Markdown, in Chinese: what was measured, at which scales, against what."""
    parts = [
        "# 性能",
        "由 `make bench` 生成。CPU是一次请求用去的Python和PostgreSQL处理器时间（毫秒）；各页轮流测量，取各轮中位数，"
        "“离散”是离中位数最远的一轮；地板是同一页用常量渲染；比值才是结论，时间只供参考。"
        "没有达到的，原因见adr/0012-targets-not-met.md。",
        f"机器：{machine}。",
        _targets(found),
        *map(_pages, found),
        _lists(found),
        _staff(found),
        _peers(found),
        _weights(found),
        _writes(found),
        _upkeep(found),
        _rows(found),
    ]
    return "\n\n".join(parts) + "\n"


def _table(heading: list[str], rows: list[list[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _scales(found: Found) -> list[str]:
    return [f"{one['districts']:,}个区县" for one in found]


def _targets(found: Found) -> str:
    """A line for each target, a column for each scale; the ratios of scales below."""
    of_scales = [{target.name: target for target in targets.of_scale(one)} for one in found]
    names = {name: None for scale in of_scales for name in scale}
    rows = []
    for name in names:
        there = [scale.get(name) for scale in of_scales]
        rows.append([name, _limit(next(filter(None, there))), *(_judged(one) for one in there)])
    parts = ["## 目标", _table(["目标", "应为", *_scales(found)], rows)]
    if len(found) > 1:
        grown = [
            [target.name, _limit(target), _judged(target)]
            for target in targets.between(found[0], found[-1])
        ]
        parts.append(_table(["规模", "应为", "结果"], grown))
    return "\n\n".join(parts)


def _limit(target: Target) -> str:
    return f"{'≥' if target.at_least else '≤'}{target.limit:g}"


def _judged(target: Target | None) -> str:
    if target is None:
        return "—"
    return f"{number(Decimal(target.value), target.digits)} {MET if target.met else MISSED}"


def _pages(one: dict[str, Any]) -> str:
    heading = [
        "页面", "状态", "字节", "语句", "块", "Python", "PostgreSQL", "离散", "地板", "成本", "写一条后",
        "再看一次", "304",
    ]  # fmt: skip
    rows = [[name, *_page(one, name)] for name in PAGES]
    return f"## {one['districts']:,}个区县：页面\n\n{_table(heading, rows)}\n\n" + (
        "“成本”是没有保存的页面、其间没有写入时与地板之比；“写一条后”是每次请求之前都保存一次本区的另一条记录"
        "（一支志愿服务队伍，写入本身不计）时与地板之比；“再看一次”是保存的页面与地板之比（没有地板的与页面本身"
        "之比）；“304”与空响应之比。"
    )


def _page(one: dict[str, Any], name: str) -> list[str]:
    costs, floored = one["pages"]["costs"], name in WITH_FLOOR
    page = costs[f"{name}/new"]
    statements, blocks = one["pages"]["read"][name]
    base = total(one, f"{name}/floor" if floored else f"{name}/new")
    return [
        str(page["status"]), number(page["bytes"]), str(statements), number(blocks),
        f"{page['python']:.1f}", f"{page['database']:.1f}", f"±{page['spread'] * 100:.0f}%",
        f"{base:.1f}" if floored else "—",
        f"{targets.cost(one, name):.2f}" if floored else "—",
        f"{targets.cost(one, name, 'written'):.2f}" if floored else "—",
        f"{total(one, f'{name}/kept') / base:.2f}",
        f"{total(one, f'{name}/same') / total(one, 'nothing'):.2f}",
    ]  # fmt: skip


def _lists(found: Found) -> str:
    """Of each list, its first page and its dearest one."""
    names = list(found[0]["listing"]["pages"])
    rows = [[name, *(_listed(one["listing"]["pages"][name]) for one in found)] for name in names]
    heading = ["CPU毫秒：第一页，最贵的一页（第一页的语句、块）", *_scales(found)]
    return "## 服务目录和搜索\n\n" + _table(heading, rows)


def _listed(pages: dict[str, Any]) -> str:
    first, dearest = pages[FIRST], max(page["total"] for page in pages.values())
    read = f"{first['statements']}、{number(first['blocks'])}"
    return f"{first['total']:.1f}，{dearest:.1f}（{read}）"


def _staff(found: Found) -> str:
    """Of each page of staff, its milliseconds of both and its statements."""
    rows = [[name, *(_worked(one["staff"][name]) for one in found)] for name in found[0]["staff"]]
    heading = ["CPU毫秒：Python＋PostgreSQL（语句）", *_scales(found)]
    return "## 工作人员的页面\n\n" + _table(heading, rows)


def _worked(page: dict[str, Any]) -> str:
    return f"{page['python']:.1f}＋{page['database']:.1f}（{page['statements']}）"


def _peers(found: Found) -> str:
    """Of what others would do, its milliseconds, and how many times a district's page that is."""
    rows = [[f"{DISTRICT}（新做）", *(f"{total(one, f'{DISTRICT}/new'):.1f}" for one in found)]]
    rows.append(
        [f"{DISTRICT}（保存的）", *(f"{total(one, f'{DISTRICT}/kept'):.2f}" for one in found)]
    )
    rows += [
        [name, *(_peer(one, key) for one in found)]
        for key, name in PEERS.items()
        if key in found[0]["pages"]["costs"]
    ]
    return (
        "## 与别的做法相比\n\n"
        + _table(["CPU（毫秒）", *_scales(found)], rows)
        + ("\n\n括号内依次是新做、保存的区页的几倍。")
    )


def _peer(one: dict[str, Any], key: str) -> str:
    ours = [total(one, f"{DISTRICT}/{way}") for way in ("new", "kept")]
    times = "、".join(f"{total(one, key) / our:.1f}" for our in ours)
    return f"{total(one, key):.1f} ±{one['pages']['costs'][key]['spread'] * 100:.0f}%（{times}）"


def _weights(found: Found) -> str:
    rows = [
        [
            f"{one['districts']:,}个区县", _kb(told['page']), str(told["parts"]),
            _kb(told['with_it']), _kb(told['again']),
        ]
        for one in found
        for told in [one["weights"]]
    ]  # fmt: skip
    heading = [DISTRICT, "页面（KB）", "样式、图片等（个）", "共（KB）", "下一页还要取的（KB）"]
    return "## 网上传输\n\n" + _table(heading, rows)


def _kb(size: int) -> str:
    return f"{size / KB:.1f}"


def _writes(found: Found) -> str:
    writes = [one["writes"] for one in found]
    rows = [
        ["保存一条：保存数值与不保存之比", *(f"{w['one_save']:.2f}" for w in writes)],
        ["8人同时写：保存数值与不保存之比", *(f"{w['writers']:.2f}" for w in writes)],
        ["导入10万行：只记日志，与裸COPY之比", *(_import(w, "audited") for w in writes)],
        ["导入10万行：标记并记日志，与裸COPY之比", *(_import(w, "marked_and_audited") for w in writes)],
        ["改一条后，区的全部指标重新为真：CPU（毫秒）", *(f"{w['freshness']:.0f}" for w in writes)],
        ["改一条后，区的全部指标重新为真：经过（毫秒）", *(f"{w['freshness_passed']:.0f}" for w in writes)],
    ]  # fmt: skip
    return "## 写入\n\n" + _table(["写入", *_scales(found)], rows)


def _import(writes: dict[str, Any], how: str) -> str:
    return f"{writes['import'][how] / writes['import']['bare']:.2f}"


def _upkeep(found: Found) -> str:
    """The nightly work, and what was done once."""
    names = {
        "refresh": "全部重新计算并保存",
        "audit": "全部核对",
        "tree": "载入全国区划",
    }
    rows = [
        [_named(name, key, found), *(_seconds(one.get(key)) for one in found)]
        for key, name in names.items()
        if any(key in one for one in found)
    ]
    rows.append(["建立数据（只计经过）", *(f"（{one['built_within']}）" for one in found)])
    return "## 夜间核对\n\n" + _table(["CPU秒：Python＋PostgreSQL（经过）", *_scales(found)], rows)


def _named(name: str, key: str, found: Found) -> str:
    divisions = next((one["divisions"] for one in found if "divisions" in one), 0)
    return f"{name}（{number(divisions)}个，随即撤回）" if key == "tree" else name


def _seconds(used: dict[str, float] | None) -> str:
    if used is None:
        return "—"
    return f"{used['python']:.1f}＋{used['database']:.1f}（{used['passed']:.0f}）"


def _rows(found: Found) -> str:
    kinds = list(found[0]["rows"])
    rows = [[f"`{kind}`", *(number(one["rows"][kind]) for one in found)] for kind in kinds]
    return "## 数据\n\n" + _table(["记录", *_scales(found)], rows)
