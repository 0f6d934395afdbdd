"""CPU of the server and of its database for a request, statements, blocks: read, not guessed."""

import http.client
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NANO = 1e-9
# A visitor with any cookie is given no kept page.
UNKEPT = {"Cookie": "bench=1"}


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


def cpu(pid: int) -> float:
    """Seconds of CPU a process has used; 0 for one that is gone."""
    used = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            used += int(thread.read_text().split()[0])
    return used * NANO


class Meter:
    """Asks a server on a port, whose worker and whose database sessions are known by process id."""

    def __init__(self, port: int, worker: int, sessions: Callable[[], list[int]]):
        self.port, self.worker, self.sessions = port, worker, sessions

    def costs(
        self, paths: list[str], *, rounds: int, requests: int, **headers: str
    ) -> dict[str, Cost]:
        """Of each path, the cost of a request; the paths take turns, round by round."""
        samples: dict[str, list[tuple[float, float]]] = {path: [] for path in paths}
        answers: dict[str, tuple[int, int]] = {}
        for _ in range(rounds):
            for path in paths:
                answers[path], sample = self._round(path, requests, headers)
                samples[path].append(sample)
        return {path: _cost(samples[path], *answers[path]) for path in paths}

    def _round(
        self, path: str, requests: int, headers: dict[str, str]
    ) -> tuple[tuple[int, int], tuple[float, float]]:
        asker = http.client.HTTPConnection("127.0.0.1", self.port)
        before = cpu(self.worker), sum(map(cpu, self.sessions()))
        for _ in range(requests):
            asker.request("GET", path, headers=headers)
            response = asker.getresponse()
            body = response.read()
        after = cpu(self.worker), sum(map(cpu, self.sessions()))
        asker.close()
        used = [(late - early) / requests * 1000 for early, late in zip(before, after, strict=True)]
        return (response.status, len(body)), (used[0], used[1])


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
    """How many statements a page takes once it is warm, and how many blocks they read."""
    browser = Client(SERVER_NAME="127.0.0.1")  # as the bench's settings allow
    browser.cookies["bench"] = "1"
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    statements = len(captured)  # before the next request empties the log
    before = _blocks()
    browser.get(path)
    return statements, _blocks() - before


def _blocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        time.sleep(0.05)
        cursor.execute(
            "SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]
