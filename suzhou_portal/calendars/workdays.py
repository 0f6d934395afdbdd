"""Counting in working days, by the arrangement on record; Monday to Friday for a year without one, and
whoever sees what was counted so is told.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.formats import date

ONE_DAY = datetime.timedelta(days=1)
FARTHEST = 366  # calendar days; no deadline here is longer than a few months
AHEAD = datetime.timedelta(days=60)  # within which what is promised today comes due
NO_ARRANGEMENT = "年放假调休安排未录入，按周一至周五推算"


class Calendar:
    """The arrangements of some years, read once."""

    def __init__(self, years: Iterable[int] = ()) -> None:
        days = SpecialDay.objects.filter(date__year__in=years) if (years := {*years}) else ()
        self._special: Mapping[datetime.date, bool] = {one.date: one.working for one in days}
        self._arranged = {day.year for day in self._special}

    def after(self, day: datetime.date, count: int) -> datetime.date:
        """The last of `count` working days that follow `day`; `day` itself does not count."""
        while count > 0:
            day += ONE_DAY
            count -= self._works(day)
        return day

    def between(self, earlier: datetime.date, later: datetime.date) -> int:
        """How many working days follow `earlier` up to and including `later`; 0 where it is not later."""
        days = range(1, (later - earlier).days + 1)
        return sum(self._works(earlier + datetime.timedelta(days=number)) for number in days)

    def without(self, years: Iterable[int]) -> str:
        """That these years, or some of them, have no arrangement, for a page; blank where all have."""
        missing = [str(year) for year in sorted({*years} - self._arranged)]
        return f"{'、'.join(missing)}{NO_ARRANGEMENT}" if missing else ""

    def _works(self, day: datetime.date) -> bool:
        return self._special.get(day, day.isoweekday() <= 5)


@dataclass(frozen=True)
class Deadline:
    """A day that a record keeps as so many working days after another of its days, or after so many
    calendar days from that one. A model says so of its columns in `deadlines`.
    """

    start: str
    count: int
    days: int = 0

    def of(self, record: Any, calendar: Calendar | None = None) -> datetime.date:
        """The day, as the arrangements on record have it."""
        first = getattr(record, self.start) + datetime.timedelta(days=self.days)
        return (calendar or _from(first)).after(first, self.count)

    def years(self, record: Any, kept: Any) -> range:
        """The years that the days counted lie in."""
        start = getattr(record, self.start)
        return range(start.year, kept.year + 1) if start and kept else range(0)

    def remark(self, record: Any, kept: Any, calendar: Calendar) -> str:
        """What is to be said beside the day kept: that a year it touches has no arrangement, or has one
        since, by which it would be another day.
        """
        years = self.years(record, kept)
        if missing := calendar.without(years):
            return missing
        if not years or kept != self.of(record, Calendar()):
            return ""
        now = self.of(record, calendar)
        return f"按放假调休安排应为{date(now)}" if now != kept else ""


@dataclass(frozen=True)
class Taken:
    """A number of working days from one day of a record to another."""

    start: str
    end: str

    def years(self, record: Any, kept: Any) -> range:
        """The years that the days counted lie in."""
        start, end = getattr(record, self.start), getattr(record, self.end)
        return range(start.year, end.year + 1) if start and end else range(0)

    def remark(self, record: Any, kept: Any, calendar: Calendar) -> str:
        """That a year it touches has no arrangement."""
        return calendar.without(self.years(record, kept))


def after(day: datetime.date, count: int) -> datetime.date:
    """The last of `count` working days that follow `day`; `day` itself does not count."""
    return _from(day).after(day, count)


def between(earlier: datetime.date, later: datetime.date) -> int:
    """How many working days follow `earlier` up to and including `later`; 0 where it is not later."""
    return Calendar(range(earlier.year, later.year + 1)).between(earlier, later)


def arranged(year: int) -> bool:
    """Whether the year's arrangement is on record; pages say so where it is not."""
    return not Calendar([year]).without([year])


def not_arranged(day: datetime.date) -> list[int]:
    """The years without an arrangement in which lie days that deadlines are counted in now."""
    return [year for year in sorted({day.year, (day + AHEAD).year}) if not arranged(year)]


def _from(day: datetime.date) -> Calendar:
    last = day + datetime.timedelta(days=FARTHEST)
    return Calendar(range(day.year, last.year + 1))
