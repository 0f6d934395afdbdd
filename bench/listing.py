"""Listing and search of services: what any page costs, for any scope, and whether search finds all.

What it costs at one scale says little; `grown` compares two.
"""

import http.client
import re
from dataclasses import asdict
from html import unescape
from typing import Any
from urllib.parse import quote

from bench import meter
from bench.meter import UNKEPT, Asked, Server

LIST = "/services/"
# The demonstrated district's own divisions, and a city and a province that are full at scale.
SCOPES = {"社区": "620902004004", "区": "620902", "市": "1131", "省": "62", "全国": ""}
AT_ONE_DISTRICT = {"1131": "6209"}
WORDS = {"": "", "常用字": "服", "词": "助餐", "长词": "家政服务"}
SORTS = {"由近及远": "", "最近核实": "-verified", "名称": "name"}
FIRST, LAST, BEFORE_LAST = "第一页", "末页", "倒数第二页"
TARGETS = {"社区": 1.6, "区": 1.6, "市": 5.0, "省": 5.0, "全国": 5.0}
PAGE_TARGET = 1.5


def measured(server: Server, *, rounds: int, requests: int) -> dict[str, Any]:
    """Milliseconds of CPU, statements and blocks of each page by name, and recall by word and scope."""
    paths: dict[tuple[str, str], str] = {}
    for name, path in _lists().items():
        last = _link(server.port, path, "末页") or path
        before = _link(server.port, last, "上一页") or last
        paths |= {
            (name, FIRST): path, (name, LAST): last, (name, BEFORE_LAST): before,
        }  # fmt: skip
    asked = {path: Asked(server, path) for path in paths.values()}
    meter.costs(asked, rounds=1, requests=3)  # whatever is made once
    costs = meter.costs(asked, rounds=rounds, requests=requests)
    found: dict[str, dict[str, Any]] = {}
    for (name, page), path in paths.items():
        statements, blocks = meter.statements_and_blocks(path)
        found.setdefault(name, {})[page] = {
            **asdict(costs[path]), "total": costs[path].total, "statements": statements, "blocks": blocks,
        }  # fmt: skip
    return {"pages": found, "recall": recall()}


def worst_page(found: dict[str, Any]) -> float:
    """How many times the first page of its list the dearest page costs."""
    return max(
        max(page["total"] for page in pages.values()) / pages[FIRST]["total"]
        for pages in found["pages"].values()
    )


def grown(small: dict[str, Any], large: dict[str, Any], scope: str) -> float:
    """How many times the same list at the small scale a scope's first page costs, at worst."""
    return max(
        pages[FIRST]["total"] / small["pages"][name][FIRST]["total"]
        for name, pages in large["pages"].items()
        if name.startswith(f"{scope}，")
    )


def recall() -> dict[str, tuple[int, int]]:
    """Of each word in each scope, how many services the search finds, and how many LIKE finds."""
    from django.db.models import Q

    from organizations.models import ServiceItem
    from organizations.models.services import SEARCHED
    from suzhou_portal.areas import codes

    found = {}
    for scope, code in _scopes().items():
        for word in (*filter(None, WORDS.values()), "老", "理疗", "x"):
            near = ServiceItem.objects.for_resident_of(code or codes.COUNTRY)
            like = Q()
            for field in SEARCHED:
                if field != "category":  # which is found by its label
                    like |= Q(**{f"{field}__icontains": word})
            there = near.filter(like)
            searched = there.matching(word, code or codes.COUNTRY)
            found[f"{scope}，{word}"] = (searched.count(), there.count())
    return found


def _scopes() -> dict[str, str]:
    from suzhou_portal.areas.models import Area

    there = set(Area.objects.filter(pk__in=AT_ONE_DISTRICT).values_list("code", flat=True))
    return {
        scope: code if code in there else AT_ONE_DISTRICT.get(code, code)
        for scope, code in SCOPES.items()
    }


def _lists() -> dict[str, str]:
    found = {}
    scopes = _scopes()
    for scope, code in scopes.items():
        for kind, word in WORDS.items():
            name = f"{scope}，{kind}“{word}”" if word else f"{scope}，全部"
            found[name] = f"{LIST}?area={code}&q={quote(word)}"
    for sort, key in SORTS.items():
        for scope in ("省", "全国") if key else ():
            found[f"{scope}，按{sort}"] = f"{LIST}?area={scopes[scope]}&sort={key}"
    return found


def _link(port: int, path: str, label: str) -> str:
    """Where a link of that label leads on a list's page; empty where there is none."""
    asker = http.client.HTTPConnection("127.0.0.1", port)
    asker.request("GET", path, headers=UNKEPT)
    text = asker.getresponse().read().decode()
    match = re.search(rf'href="(\?[^"]*)">{label}<', text)
    return LIST + unescape(match[1]) if match else ""
