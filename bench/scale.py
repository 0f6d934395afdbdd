"""All measurements at one scale, in a database of its own; prints them as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection, connections  # noqa: E402

from bench import data, listing, pages, server, tree, weights, writing  # noqa: E402
from bench.meter import cpu  # noqa: E402
from bench.names import DISTRICT, PAGES  # noqa: E402

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20"))
# Each has `measured(portal: Server) -> list[dict]`, with the keys of `report.Target`.
MORE = ("importing",)


def main(districts: int) -> dict[str, Any]:
    """Build, warm, measure."""
    found: dict[str, Any] = {"districts": districts}
    found["rows"], found["built_within"] = data.build(districts)
    # As the nightly run: all values kept, and proved.
    for name in ("refresh", "audit"):
        found[name] = _seconds(partial(call_command, f"{name}_figures", stdout=sys.stderr))
    with server.portal() as portal, server.wagtail() as wagtail:
        found["pages"] = pages.measured(portal, wagtail, rounds=ROUNDS, requests=REQUESTS)
        found["weights"] = weights.measured(portal, PAGES[DISTRICT])
        found["listing"] = listing.measured(portal, rounds=ROUNDS, requests=REQUESTS)
        found["more"] = {
            name: _measured(name, portal) for name in MORE if find_spec(f"bench.{name}")
        }
    found["writes"] = writing.measured()
    if districts == 1:
        found["tree"] = _seconds(lambda: found.update(divisions=tree.loaded()))
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what was taken back does not weigh on the next run
    return found


def _measured(name: str, portal: server.Server) -> Any:
    return import_module(f"bench.{name}").measured(portal)


def _seconds(work: Callable[[], Any]) -> dict[str, float]:
    """CPU of this process and of its database session, and time passed."""
    connection.ensure_connection()
    session = connection.connection.info.backend_pid
    before = time.process_time(), cpu(session), time.monotonic()
    work()
    after = time.process_time(), cpu(session), time.monotonic()
    used = (late - early for early, late in zip(before, after, strict=True))
    return dict(zip(("python", "database", "passed"), used, strict=True))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201 - the answer
