"""CPU of the server and of its database for a request, statements, blocks: read, not guessed."""

import http.client
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NANO = 1e-9
# A visitor with any cookie is given no kept page.
UNKEPT = {"Cookie": "bench=1"}
# A round of a page that takes seconds is this long at most.
LONGEST = 2.0


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU for a request, of Python and of PostgreSQL: medians over rounds, and how
    far the rounds lie apart (the widest distance from the median, as a share of it).
    """

    python: float
    database: float
    spread: float
    status: int
    bytes: int

    @property
    def total(self) -> float:
        """Both together."""
        return self.python + self.database


@dataclass(frozen=True)
class Server:
    """A port, the process that answers there, and those of its database if it has any."""

    port: int
    worker: int
    sessions: Callable[[], list[int]] = list

    def used(self) -> tuple[float, float]:
        """Seconds of CPU so far, of the worker and of its database."""
        return cpu(self.worker), sum(map(cpu, self.sessions()))


@dataclass(frozen=True)
class Asked:
    """A request to be measured. `before` runs ahead of each one, in this process and so at no cost;
    `unchanged` asks with the ETag of the page as it is; `times` as many requests as others have.
    """

    server: Server
    path: str
    headers: dict[str, str] = field(default_factory=lambda: dict(UNKEPT))
    before: Callable[[], None] | None = None
    unchanged: bool = False
    times: int = 1


def cpu(pid: int) -> float:
    """Seconds of CPU a process has used; 0 for one that is gone."""
    used = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            used += int(thread.read_text().split()[0])
    return used * NANO


def costs(asked: dict[str, Asked], *, rounds: int, requests: int) -> dict[str, Cost]:
    """What each costs; they take turns, round by round. Raises AssertionError where the answer is
    neither the page nor that it has not changed: else a page of errors would be measured.
    """
    samples: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    answers: dict[str, tuple[int, int]] = {}
    for _ in range(rounds):
        for name, one in asked.items():
            answers[name], sample = _round(one, requests * one.times)
            samples[name].append(sample)
            expected = 304 if one.unchanged else 200
            assert answers[name][0] == expected, (name, answers[name])  # noqa: S101
    return {name: _cost(samples[name], *answers[name]) for name in asked}


def _round(one: Asked, requests: int) -> tuple[tuple[int, int], tuple[float, float]]:
    asker = http.client.HTTPConnection("127.0.0.1", one.server.port)
    # Not counted: whatever another page's round has made stale.
    first, _ = _ask(asker, one.path, one.headers)
    headers = (
        {**one.headers, "If-None-Match": first.headers["ETag"]} if one.unchanged else one.headers
    )
    until, done = time.monotonic() + LONGEST, 0
    before = one.server.used()
    while done < requests and (not done or time.monotonic() < until):
        if one.before:
            one.before()
        response, body = _ask(asker, one.path, headers)
        done += 1
    after = one.server.used()
    asker.close()
    used = [(late - early) / done * 1000 for early, late in zip(before, after, strict=True)]
    return (response.status, len(body)), (used[0], used[1])


def _ask(
    asker: http.client.HTTPConnection, path: str, headers: dict[str, str]
) -> tuple[http.client.HTTPResponse, bytes]:
    asker.request("GET", path, headers=headers)
    response = asker.getresponse()
    return response, response.read()


def _cost(samples: list[tuple[float, float]], status: int, size: int) -> Cost:
    totals = [python + database for python, database in samples]
    middle = statistics.median(totals)
    spread = max(abs(one - middle) for one in totals) / middle if middle else 0.0
    return Cost(
        statistics.median(python for python, _ in samples),
        statistics.median(database for _, database in samples),
        spread, status, size,
    )  # fmt: skip


def statements_and_blocks(path: str) -> tuple[int, int]:
    """How many statements a page takes once it is warm, and how many blocks they read: the least of
    three, since whatever else the database does meanwhile is counted too.
    """
    browser = Client(SERVER_NAME="127.0.0.1")  # as the bench's settings allow
    browser.cookies["bench"] = "1"
    browser.get(path)
    browser.get(path)  # sees what the first one kept
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    statements = len(captured)  # before the next request empties the log
    blocks = []
    for _ in range(3):
        before = _blocks()
        browser.get(path)
        blocks.append(_blocks() - before)
    return statements, min(blocks)


def _blocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        time.sleep(0.05)
        cursor.execute(
            "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]
