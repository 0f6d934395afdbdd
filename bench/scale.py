"""All measurements at one scale, in a database of its own; prints them as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection, connections  # noqa: E402

from bench import data, importing, listing, pages, server, staff, tree, weights, writing  # noqa: E402
from bench.meter import cpu  # noqa: E402
from bench.names import DISTRICT, PAGES  # noqa: E402

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "20"))
# With more districts values are kept as pages first ask for them: all of them take over half an hour.
KEPT_AHEAD = int(os.environ.get("BENCH_KEPT_AHEAD", "100"))


def main(districts: int) -> dict[str, Any]:
    """Build, warm, measure."""
    found: dict[str, Any] = {"districts": districts}
    found["rows"], found["built_within"] = data.build(districts)
    if districts <= KEPT_AHEAD:  # as the nightly run: all values kept, and proved
        for name in ("refresh", "audit"):
            found[name] = _seconds(partial(call_command, f"{name}_figures", stdout=sys.stderr))
    with server.portal() as portal, server.wagtail() as wagtail:
        found["pages"] = pages.measured(portal, wagtail, rounds=ROUNDS, requests=REQUESTS)
        found["weights"] = weights.measured(portal, PAGES[DISTRICT])
        found["staff"] = staff.measured(portal, rounds=ROUNDS, requests=REQUESTS)
        found["listing"] = listing.measured(portal, rounds=ROUNDS, requests=REQUESTS)
    found["writes"] = writing.measured()
    found["importing"] = importing.measured()
    if districts == 1:
        found["tree"] = _seconds(lambda: found.update(divisions=tree.loaded()))
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what was taken back does not weigh on the next run
    return found


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
