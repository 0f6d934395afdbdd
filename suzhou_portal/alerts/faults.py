"""A line of the log at ERROR as a fault that somebody is told: where it happened, and nothing of what was in it.

What an error says may be what somebody typed, and what a function held is not to leave the machine at all. So
an alert has the kind of error, the places in the code, the page and the request's number; the rest is in the log.
"""

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from django.conf import settings
from django.db import InterfaceError, OperationalError

from suzhou_portal import logs
from suzhou_portal.database import failures

DEEPEST = 6  # places that are told of one error


@dataclass(frozen=True)
class LoggedFault:
    """`key` is the same for what is the same fault, on whichever page."""

    key: str
    title: str
    text: str


def of(record: logging.LogRecord) -> LoggedFault:
    """What is told of a line of the log."""
    error = record.exc_info[1] if record.exc_info else None
    places: list[str] = []
    if error is None:
        key, what = f"{record.name} {record.msg}", f"{record.name}：{record.msg}"
    elif isinstance(error, OperationalError | InterfaceError):
        what = f"数据库出错（{failures.cause(error) or failures.sqlstate(error) or '不明'}）"
        key = what
    else:
        places = _places(error.__traceback__)
        what = type(error).__name__
        key = f"{what} {places[-1].rpartition(':')[0]}" if places else what
    lines = [what, *(f"  {place}" for place in places)]
    if request := getattr(record, "request", None):
        lines.append(f"页面：{logs.route_of(request)}")
    lines.append(f"编号：{logs.NUMBER.get()}，完整的记录请按编号查日志")
    lines.append("同样的差错一小时内只告知一次。")
    return LoggedFault(key, f"五社联动门户差错：{what}"[:100], "\n".join(lines))


def _places(tail: TracebackType | None) -> list[str]:
    """The last places of our own code, and the very last one: function, file and line."""
    frames = traceback.extract_tb(tail)
    home = Path(settings.BASE_DIR)
    told = []
    for frame in frames:
        file = Path(frame.filename)
        ours = file.is_relative_to(home) and ".venv" not in file.parts
        if ours or frame is frames[-1]:
            name = file.relative_to(home) if ours else Path(*file.parts[-2:])
            told.append(f"{frame.name} {name}:{frame.lineno}")
    return told[-DEEPEST:]
