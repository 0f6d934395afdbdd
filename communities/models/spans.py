"""Spans of days: from when to when somebody served."""

import datetime
from collections.abc import Iterable

Span = tuple[datetime.date, datetime.date | None]


def covers(span: Span, day: datetime.date) -> bool:
    """Whether a day lies in a span; its last day does."""
    return span[0] <= day and (span[1] is None or span[1] >= day)


def most_at_once(spans: Iterable[Span]) -> int:
    """How many of the spans run together at most; a new high is only reached where one begins."""
    known = list(spans)
    return max((sum(covers(span, start) for span in known) for start, _ in known), default=0)
