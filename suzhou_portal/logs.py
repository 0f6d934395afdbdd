"""What the portal logs, without personal data that came along in an error."""

import logging
import re

from suzhou_portal import formats

# PostgreSQL tells the whole row that a rule refused.
_ROW = re.compile(r"(Failing row contains|行包含)\s?\(.*?\)\.?(?=\n|\Z)", re.DOTALL)


class MaskingFormatter(logging.Formatter):
    """Python's, with phone numbers masked and rows left out, in tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return formats.without_phones(_ROW.sub(r"\1（…）", super().format(record)))
