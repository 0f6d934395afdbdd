"""Listing and search of services: what any page costs, for any scope, and whether search finds all.

`measured(meter)` needs no more than services and divisions; `python -m bench.listing 1 3000` builds
just these at each number of districts, measures, and prints how the last compares with the first.
"""

import http.client
import json
import os
import re
import subprocess
import sys
from html import unescape
from typing import Any
from urllib.parse import quote

from bench.meter import UNKEPT, Meter, statements_and_blocks

LIST = "/services/"
# The demonstrated district's own divisions, and a city and a province that are full at scale.
SCOPES = {"社区": "620902004004", "区": "620902", "市": "1131", "省": "11", "全国": ""}
AT_ONE_DISTRICT = {"1131": "6209", "11": "62"}
WORDS = {"": "", "常用字": "服", "词": "助餐", "长词": "家政服务"}
SORTS = {"由近及远": "", "最近核实": "-verified", "名称": "name"}
FIRST, LAST, BEFORE_LAST = "第一页", "末页", "倒数第二页"
TARGETS = {"社区": 1.6, "区": 1.6, "市": 5.0, "省": 5.0, "全国": 5.0}
PAGE_TARGET = 1.5
COPIED = ("organizations.SocialOrganization", "organizations.ServiceItem")


def measured(meter: Meter, *, rounds: int = 5, requests: int = 20) -> dict[str, Any]:
    """Milliseconds of CPU, statements and blocks of each page by name, and recall by word and scope."""
    paths: dict[tuple[str, str], str] = {}
    for name, path in _lists().items():
        last = _link(meter.port, path, "末页") or path
        before = _link(meter.port, last, "上一页") or last
        paths |= {
            (name, FIRST): path, (name, LAST): last, (name, BEFORE_LAST): before,
        }  # fmt: skip
    asked = list(dict.fromkeys(paths.values()))
    meter.costs(asked, rounds=1, requests=3, **UNKEPT)  # whatever is made once
    costs = meter.costs(asked, rounds=rounds, requests=requests, **UNKEPT)
    found: dict[str, dict[str, Any]] = {}
    for (name, page), path in paths.items():
        cost = costs[path]
        assert cost.status == 200, (path, cost.status)  # noqa: S101 - else a page of errors is measured
        statements, blocks = statements_and_blocks(path)
        found.setdefault(name, {})[page] = {
            "python": cost.python, "database": cost.database, "total": cost.total,
            "spread": cost.spread, "bytes": cost.bytes, "statements": statements, "blocks": blocks,
        }  # fmt: skip
    return {"pages": found, "recall": recall()}


def compared(small: dict[str, Any], large: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each list, first page against the same at the small scale, and the dearest page against it."""
    rows = []
    for name, pages in large["pages"].items():
        first = pages[FIRST]["total"]
        dearest = max(page["total"] for page in pages.values())
        ratio = first / small["pages"][name][FIRST]["total"]
        fine = ratio <= TARGETS[name.split("，")[0]] and dearest / first <= PAGE_TARGET
        rows.append({
            "list": name, "small": small["pages"][name][FIRST]["total"], "large": first,
            "ratio": ratio, "deep": dearest / first, "fine": fine, "blocks": pages[FIRST]["blocks"],
            "statements": pages[FIRST]["statements"],
        })  # fmt: skip
    return rows


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
            searched = near.matching(word, code or codes.COUNTRY).count()
            like = Q()
            for field in SEARCHED:
                like |= Q(**{f"{field}__icontains": word})
            found[f"{scope}，{word}"] = (searched, near.filter(like).count())
    return found


def build(districts: int) -> dict[str, int]:
    """The demonstration in one district; in the others its divisions, organizations and services."""
    from django.apps import apps
    from django.db import connections, transaction

    from bench import data

    data.build(1)
    areas = apps.get_model("areas.Area")
    models = [areas, *(apps.get_model(label) for label in COPIED)]
    with connections["owner"].cursor() as cursor:
        if districts > 1 and not areas.objects.filter(pk=data.district(districts - 1)).exists():
            for model in models:
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
            with transaction.atomic(using="owner"):  # foreign keys are checked at its end
                _copy(cursor, districts)
            for model in models:
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')
        for model in models:
            cursor.execute(f'VACUUM ANALYZE "{model._meta.db_table}"')
    return {model._meta.label: model.objects.count() for model in models}


def _copy(cursor: Any, districts: int) -> None:
    from django.apps import apps

    from bench import data
    from suzhou_portal.areas import codes
    from suzhou_portal.areas.models import Area

    cursor.execute("CREATE TEMP TABLE copies (number bigint, code text) ON COMMIT DROP")
    made = [(number, data.district(number)) for number in range(1, districts)]
    cursor.executemany("INSERT INTO copies VALUES (%s, %s)", made)
    around = {code for _, inner in made for code in codes.lineage(inner)[1:-1]}
    Area.objects.using("owner").bulk_create(
        [
            Area(
                code=code,
                name=f"测{code}",
                level=codes.level_of(code),
                parent_id=codes.parent_of(code),
            )
            for code in sorted(around, key=len)
        ],
        ignore_conflicts=True,
    )
    table = Area._meta.db_table
    cursor.execute(
        f'INSERT INTO "{table}" (code, name, level, parent_id, is_demo)'  # noqa: S608 - no input
        " SELECT c.code || substr(a.code, 7), a.name, a.level, CASE length(a.code)"
        " WHEN 6 THEN left(c.code, 4) ELSE c.code || substr(a.parent_id, 7) END, true"
        f" FROM \"{table}\" a, copies c WHERE a.code LIKE '{data.ONE}%%'",
        [],
    )
    for label in COPIED:
        cursor.execute(data._copies_of(apps.get_model(label)))


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


def _at(districts: int) -> dict[str, Any]:
    from django.conf import settings

    states = os.environ.get("BENCH_STATE", settings.BASE_DIR / "var" / "bench" / "listing")
    done = subprocess.run(  # noqa: S603 - no input
        [sys.executable, "-m", "bench.listing", str(districts)],
        cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PORTAL_STATE": f"{states}/{districts}", "DATABASE_URL": ""},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _main(scales: list[int]) -> None:
    from bench import scale

    if len(scales) == 1:
        rows = build(scales[0])
        with scale._server() as meter:
            print(json.dumps({"rows": rows, **measured(meter, rounds=3, requests=10)}))  # noqa: T201
        return
    found = [_at(districts) for districts in scales]
    for row in compared(found[0], found[-1]):
        print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - the answer
    print(json.dumps(found[-1]["recall"], ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    _main([int(text) for text in sys.argv[1:]])
