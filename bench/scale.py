"""All measurements at one scale, in a database of its own; prints them as JSON."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after the setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench import data, writing  # noqa: E402
from bench.meter import UNKEPT, Meter, statements_and_blocks  # noqa: E402
from suzhou_portal.accounts.models import User  # noqa: E402
from suzhou_portal.figures.models import Demonstration  # noqa: E402

PAGES = {
    "区页": "/areas/620902/", "社区页": "/areas/620902004004/", "全国数据总览": "/dashboard/?area=CN",
    "区数据总览": "/dashboard/?area=620902", "服务目录（全国）": "/services/",
    "服务目录（省）": "/services/?area=62", "服务搜索（全国）": "/services/?q=助餐",
}  # fmt: skip
WITH_FLOOR = ("区页", "社区页", "全国数据总览", "区数据总览")
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20"))


def main(districts: int) -> dict[str, Any]:
    """Build, warm, measure."""
    rows = data.build(districts)
    started = time.process_time()
    _audited()
    found: dict[str, Any] = {"districts": districts, "rows": rows}
    found["audit_seconds_of_python"] = time.process_time() - started
    with _server() as meter:
        found["pages"] = _pages(meter)
        found["peers"] = _peers(meter)
    found["writes"] = writing.measured()
    return found


def _audited() -> None:
    """All values kept, as the nightly run leaves them, and proved."""
    day = Demonstration.objects.get().as_of
    assert day  # noqa: S101 - the demonstration's date is the site's
    call_command("refresh_figures", stdout=sys.stderr)
    call_command("audit_figures", stdout=sys.stderr)


def _pages(meter: Meter) -> dict[str, dict[str, Any]]:
    paths = {name: _quoted(path) for name, path in PAGES.items()}
    floors = {name: f"/bench/floor{paths[name]}" for name in WITH_FLOOR}
    asked = [*paths.values(), *floors.values()]
    meter.costs(asked, rounds=1, requests=3, **UNKEPT)  # whatever is made once
    unkept = meter.costs(asked, rounds=ROUNDS, requests=REQUESTS, **UNKEPT)
    for path, cost in unkept.items():
        assert cost.status == 200, (path, cost.status)  # noqa: S101 - else a page of errors is measured
    kept = meter.costs(["/bench/nothing/", *paths.values()], rounds=ROUNDS, requests=REQUESTS * 5)
    tags = {path: _tag(meter.port, path) for path in paths.values()}
    found = {}
    for name, path in paths.items():
        statements, blocks = statements_and_blocks(path)
        same = meter.costs([path], rounds=3, requests=REQUESTS * 5, **{"If-None-Match": tags[path]})
        found[name] = {
            "status": unkept[path].status, "bytes": unkept[path].bytes, "python": unkept[path].python,
            "database": unkept[path].database, "spread": unkept[path].spread,
            "floor": unkept[floors[name]].total if name in floors else None,
            "statements": statements, "blocks": blocks, "again": kept[path].total,
            "not_modified": same[path].total, "nothing": kept["/bench/nothing/"].total,
        }  # fmt: skip
    return found


def _peers(meter: Meter) -> dict[str, float]:
    """What somebody would do instead: aggregates at each request, the admin's own list."""
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[1]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    signed_in = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}
    admin = "/admin/organizations/serviceitem/"
    naive = {place: f"/bench/naive/{place}/" for place in ("620902", "CN")}
    page = "/areas/620902/"
    found = meter.costs([page, *naive.values()], rounds=3, requests=5, **UNKEPT)
    listed = meter.costs([admin], rounds=3, requests=5, **signed_in)
    return {
        "页面（区页）": found[page].total,
        "二十五个聚合（区）": found[naive["620902"]].total,
        "二十五个聚合（全国）": found[naive["CN"]].total,
        f"Django数据管理列表（状态{listed[admin].status}）": listed[admin].total,
    }


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?&=")


def _tag(port: int, path: str) -> str:
    asker = http.client.HTTPConnection("127.0.0.1", port)
    asker.request("GET", path)
    response = asker.getresponse()
    response.read()
    return response.headers.get("ETag", "")


@contextmanager
def _server() -> Iterator[Meter]:
    """gunicorn with one worker, so that one process can be measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call_command("collectstatic", interactive=False, verbosity=0)
    command = [
        sys.executable, "-m", "gunicorn", "bench.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603 - no input
    try:
        for _ in range(300):
            try:
                _tag(port, "/bench/nothing/")
                break
            except OSError:
                time.sleep(0.1)
        children = f"/proc/{process.pid}/task/{process.pid}/children"
        with open(children, encoding="ascii") as file:  # noqa: PTH123 - of the kernel
            worker = int(file.read().split()[0])
        yield Meter(port, worker, _sessions)
    finally:
        process.terminate()
        process.wait()


def _sessions() -> list[int]:
    """The database's processes for everybody but this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201 - the answer
