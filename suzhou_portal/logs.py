"""What the portal logs, without personal data that came along in an error."""

import logging
import re
import time

from django.db import InterfaceError, OperationalError

from suzhou_portal import formats

# PostgreSQL tells the whole row that a rule refused.
_ROW = re.compile(r"(Failing row contains|行包含)\s?\(.*?\)\.?(?=\n|\Z)", re.DOTALL)


TOLD_AGAIN = 60.0  # seconds until an outage is told with its traceback once more


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
    """Python's, with phone numbers masked and rows left out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return formats.without_phones(_ROW.sub(r"\1（…）", super().format(record)))
