"""What was aimed at, and whether it is reached: costs, statements and blocks; time is not a target."""

from dataclasses import dataclass
from typing import Any

from bench import listing
from bench.names import DISTRICT, PAGES, WITH_FLOOR

# Pages of staff: of the overview made anew; at most; from one scale to another.
STAFF_TIMES, STAFF_STATEMENTS, STAFF_GROWN = 3, 15, 1.3

KB = 1024
LISTED, MANY = "organizations.ServiceItem", 400_000
COUNTRY = ("全国页", "全国数据总览")


@dataclass(frozen=True)
class Target:
    """One aim: a value and its limit, which it may not exceed, or must reach with `at_least`."""

    name: str
    value: float
    limit: float
    at_least: bool = False
    digits: int = 2

    @property
    def met(self) -> bool:
        """Judged by the value as measured, not as shown."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def of_scale(one: dict[str, Any]) -> list[Target]:
    """All targets that one scale has."""
    return [
        *_pages(one), *_weights(one["weights"]), *_peers(one), *_writes(one["writes"]),
        *_lists(one["listing"]), *_staff(one),
        *(Target(**told) for told in one["importing"]),
    ]  # fmt: skip


def between(small: dict[str, Any], large: dict[str, Any]) -> list[Target]:
    """How much more each page costs at the larger scale, in floors where it has one."""
    scales = f"{large['districts']:,}与{small['districts']:,}个区县之比"
    found = [
        Target(f"{name}：{scales}", cost(large, name) / cost(small, name), 1.1)
        for name in WITH_FLOOR
    ]
    found += [
        Target(f"{name}：{scales}", page["total"] / small["staff"][name]["total"], STAFF_GROWN)
        for name, page in large["staff"].items()
    ]
    return found + [
        Target(
            f"服务目录和搜索（{scope}）：{scales}",
            listing.grown(small["listing"], large["listing"], scope), limit,
        )
        for scope, limit in listing.TARGETS.items()
    ]  # fmt: skip


def total(one: dict[str, Any], key: str) -> float:
    """Milliseconds of CPU of a request."""
    return one["pages"]["costs"][key]["total"]


def cost(one: dict[str, Any], name: str, way: str = "new") -> float:
    """Of a page with a floor, how many floors it costs."""
    return total(one, f"{name}/{way}") / total(one, f"{name}/floor")


def _pages(one: dict[str, Any]) -> list[Target]:
    found = [Target(f"{name}：与地板之比", cost(one, name), 1.25) for name in WITH_FLOOR]
    for name in COUNTRY:
        statements, blocks = one["pages"]["read"][name]
        found.append(Target(f"{name}：语句", statements, 2, digits=0))
        found.append(Target(f"{name}：块", blocks, 150, digits=0))
    table = total(one, "table")
    found.append(
        Target(
            f"{DISTRICT}的地板：与同样大的Django表格之比",
            total(one, f"{DISTRICT}/floor") / table,
            0.6,
        )
    )
    # A page of 1.25 floors, each of 0.6 tables.
    found.append(
        Target(f"{DISTRICT}：与同样大的Django表格之比", total(one, f"{DISTRICT}/new") / table, 0.75)
    )
    found += [
        Target(f"{name}：再看一次，与地板之比", cost(one, name, "kept"), 0.12)
        for name in WITH_FLOOR
    ]
    page = total(one, f"{DISTRICT}/new")
    found += [
        Target(f"{name}：是{DISTRICT}的几倍", total(one, f"{name}/new") / page, 2)
        for name in PAGES
        if name not in WITH_FLOOR
    ]
    nothing = total(one, "nothing")
    return found + [
        Target(f"{name}：304与空响应之比", total(one, f"{name}/same") / nothing, 2.5)
        for name in PAGES
    ]


def _weights(weights: dict[str, int]) -> list[Target]:
    first = weights["page"] + weights["with_it"]
    return [
        Target(f"{DISTRICT}：首次下载（KB）", first / KB, 100, digits=1),
        Target(
            f"{DISTRICT}：以后每页（KB）", (weights["page"] + weights["again"]) / KB, 40, digits=1
        ),
    ]


def _peers(one: dict[str, Any]) -> list[Target]:
    """Against a page made anew: one that is kept costs a fraction of that."""
    page = total(one, f"{DISTRICT}/new")
    limits = {"wagtail": ("Wagtail演示站首页", 10)}
    if one["rows"][LISTED] >= MANY:  # a short list is dear to nobody
        limits["admin"] = ("Django数据管理列表", 20)
    return [
        Target(
            f"{name}：是{DISTRICT}的几倍", total(one, key) / page, limit, at_least=True, digits=1
        )
        for key, (name, limit) in limits.items()
        if key in one["pages"]["costs"]
    ]


def _writes(writes: dict[str, Any]) -> list[Target]:
    found, there = (sum(counts[i] for counts in writes["recall"].values()) for i in (0, 1))
    return [
        Target("8人同时写：保存数值与不保存之比", writes["writers"], 0.8, at_least=True),
        Target("死锁", writes["deadlocks"], 0, digits=0),
        Target("改一条后区的指标重新为真（毫秒CPU）", writes["freshness"], 50, digits=0),
        Target("查全率（与LIKE相比）", found / there if there else 1.0, 1.0, at_least=True),
    ]


def _staff(one: dict[str, Any]) -> list[Target]:
    """Against the overview as it is made anew after a write; nobody else is shown such a page, so none is kept."""
    overview = total(one, "区数据总览/written")
    found = [
        Target(f"{name}：是区数据总览（新做）的几倍", page["total"] / overview, STAFF_TIMES)
        for name, page in one["staff"].items()
    ]
    return found + [
        Target(f"{name}：语句", page["statements"], STAFF_STATEMENTS, digits=0)
        for name, page in one["staff"].items()
    ]


def _lists(found: dict[str, Any]) -> list[Target]:
    searched, there = (sum(counts[i] for counts in found["recall"].values()) for i in (0, 1))
    return [
        Target(
            "服务目录和搜索：任何一页与第一页之比", listing.worst_page(found), listing.PAGE_TARGET
        ),
        Target("服务搜索：各级查全率", searched / there if there else 1.0, 1.0, at_least=True),
    ]
