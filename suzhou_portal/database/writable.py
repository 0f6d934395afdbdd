"""Whether the portal can write now, as far as this process knows: what free space there is, and what the
database said last. Nothing is asked for it alone: each look at the marks tells, and each write refused.
"""

import shutil
import time
from dataclasses import dataclass

from django.conf import settings

from suzhou_portal.database import failures

BELIEVED = 5.0  # seconds after which what the database said has to be found out again
READ_ONLY = "数据库现在不接受写入，可能正在维护"
FULL = "存放数据的磁盘快满了"
_REFUSED = {"25006": READ_ONLY, "53100": "数据库所在的磁盘已满"}
_MEGABYTE = 1024 * 1024


@dataclass
class _Said:
    """Why the database takes no writes, blank where it does; and until when that is believed."""

    why: str = ""
    until: float = 0.0


_said = _Said()


def why_not() -> str:
    """Why the portal can only be read now, as a part of a sentence in Chinese; blank where it can write."""
    if not has_room():
        return FULL
    return _said.why if time.monotonic() < _said.until else ""


def has_room() -> bool:
    """Whether as much of the disk of PORTAL_STATE is free as has to be."""
    try:
        free = shutil.disk_usage(settings.PORTAL_STATE).free
    except OSError:  # not made yet; who writes there says so
        return True
    return free >= settings.PORTAL_FREE_MB * _MEGABYTE


def database_said(*, reads_only: bool) -> None:
    """What a statement outside of any transaction told of its session."""
    if reads_only:
        _note(READ_ONLY)
    elif _said.why == READ_ONLY:
        _said.why = ""


def refused(error: BaseException | None) -> str:
    """Why a write failed, noted for the requests that follow; blank where it failed for something else."""
    state = failures.sqlstate(error)
    if state in _REFUSED:
        _note(_REFUSED[state])
        return why_not()
    return ""


def forget() -> None:
    """Find out anew, as another process would."""
    _note("")


def _note(why: str) -> None:
    _said.why, _said.until = why, time.monotonic() + BELIEVED
