"""Counting in months."""

import datetime


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The day of the month so many months earlier; that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def quarter_before(day: datetime.date) -> tuple[int, int]:
    """Year and number of the quarter before the day's."""
    earlier = months_before(day, 3)
    return earlier.year, (earlier.month - 1) // 3 + 1
