"""How far a long import is: told by its own session of the database, whose name says it while it lives.

So it is seen from outside the import's transaction, nothing is written, and nothing of it outlives a
process that is killed. While rows are copied, PostgreSQL counts them itself.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from django.db import connection

from suzhou_portal import formats
from suzhou_portal.imports.reading import Chunk

EVERY = 0.5  # seconds between two counts of one step
Step = Literal["read", "copy", "look", "enter"]
_SAID = {
    "read": "已读取、核对{rows}行。",
    "copy": "正在写入，共{rows}行。",
    "look": "正在逐行查找问题，已看{rows}行。",
    "enter": "正在逐行登记，已处理{rows}行。",
}
_COPYING = "正在写入，共{rows}行，已写入{copied}行。"
_BEGUN, _WAITING = "正在打开文件。", "正在排队，还没有开始。"
_NAME = "portal_import"
_ASKED = """
SELECT application_name, tuples_processed FROM pg_stat_activity a LEFT JOIN pg_stat_progress_copy c USING (pid)
WHERE a.datname = current_database() AND application_name LIKE %s
"""


class _Teller:
    """What the process at work says of one job: of each step at once, of its rows now and then."""

    def __init__(self, job: int):
        self._job, self._step, self._said_at = job, "", 0.0

    def say(self, step: str, rows: int) -> None:
        """Say how many rows of the step are done, of `copy` how many there will be."""
        now = time.monotonic()
        if step != self._step or now - self._said_at >= EVERY:
            self._step, self._said_at = step, now
            _call_session(f"{_NAME} {self._job} {step} {rows}")


_teller: ContextVar[_Teller | None] = ContextVar("teller", default=None)


@contextmanager
def told_of(job: int) -> Iterator[None]:
    """Within it, `tell` says how far the job of that key is."""
    teller = _Teller(job)
    teller.say("begun", 0)
    token = _teller.set(teller)
    try:
        yield
    finally:
        _teller.reset(token)


def end() -> None:
    """The session is at work on nothing any more."""
    _call_session("")


def tell(step: Step, rows: int) -> None:
    """Say how far the import is, if it is a long one. Never while rows are being copied."""
    if teller := _teller.get():
        teller.say(step, rows)


def counted(step: Step, chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The chunks, each told of once whoever asked for it is done with it."""
    rows = 0
    for chunk in chunks:
        yield chunk
        rows += len(chunk.rows)
        tell(step, rows)


def of(job: int) -> str:
    """How far the job of that key is, as its page says it."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [f"{_NAME} {job} %"])
        found = cursor.fetchone()
    if not found:
        return _WAITING
    *_, step, rows = found[0].split()
    if step not in _SAID:
        return _BEGUN
    said = _COPYING if step == "copy" and found[1] is not None else _SAID[step]
    return said.format(rows=formats.number(int(rows)), copied=formats.number(found[1] or 0))


def _call_session(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [name])
