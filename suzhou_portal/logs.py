"""What the portal logs, without personal data that came along in an error."""

import base64
import logging
import os
import re
import time
from contextvars import ContextVar
from typing import Any

from django.db import InterfaceError, OperationalError

from suzhou_portal import formats

# PostgreSQL tells the whole row that a rule refused.
_ROW = re.compile(r"(Failing row contains|行包含)\s?\(.*?\)\.?(?=\n|\Z)", re.DOTALL)


# The number of the request that is being answered: the same on its page, in its headers and in each of its lines.
NUMBER: ContextVar[str] = ContextVar("number", default="-")
NOWHERE = "-"  # the route of an address that leads to no page
TOLD_AGAIN = 60.0  # seconds until an outage is told with its traceback once more


def new_number() -> str:
    """Eight letters and digits that nobody mishears: no 0, 1, 8 and 9."""
    return base64.b32encode(os.urandom(5)).decode()


def route_of(request: Any) -> str:
    """Which page the request is for, as the portal's own addresses have it: without what anybody typed."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else NOWHERE


class ByRoute(logging.Filter):
    """What Django says of a request names its page, not the address that was typed."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the path; all pass."""
        request = getattr(record, "request", None)
        path = getattr(request, "path", None)
        if path is not None and isinstance(record.args, tuple):
            record.args = tuple(
                route_of(request) if argument == path else argument for argument in record.args
            )
        return True


class ShortDuringOutages(logging.Filter):
    """A database out of reach is told in one line a request, with a traceback at most once a minute."""

    def __init__(self, name: str = ""):
        super().__init__(name)
        self._told_in_full = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record; all pass."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, OperationalError | InterfaceError):
            return True
        if time.monotonic() - self._told_in_full >= TOLD_AGAIN:
            self._told_in_full = time.monotonic()
            return True
        first = (str(error).splitlines() or [""])[0]
        record.msg = f"{record.getMessage()}: {type(error).__name__}: {first}"
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


class MaskingFormatter(logging.Formatter):
    """Python's, with the request's number, phone numbers masked and rows left out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        record.number = NUMBER.get()
        return formats.without_phones(_ROW.sub(r"\1（…）", super().format(record)))
