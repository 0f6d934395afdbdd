"""Counting in months."""

import calendar
import datetime


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The day of the month so many months earlier; that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    _, last = calendar.monthrange(year, month + 1)
    return datetime.date(year, month + 1, min(day.day, last))


def quarter_before(day: datetime.date) -> tuple[int, int]:
    """Year and number of the quarter before the day's."""
    earlier = months_before(day, 3)
    return earlier.year, (earlier.month - 1) // 3 + 1
