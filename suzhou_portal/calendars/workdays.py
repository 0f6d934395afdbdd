"""Counting in working days, by the arrangement on record; Monday to Friday for a year without one."""

import datetime

from suzhou_portal.calendars.models import SpecialDay

ONE_DAY = datetime.timedelta(days=1)
FARTHEST = 366  # calendar days; no deadline here is longer than a few months


def after(day: datetime.date, count: int) -> datetime.date:
    """The last of `count` working days that follow `day`; `day` itself does not count."""
    special = _special(day, day + datetime.timedelta(days=FARTHEST))
    while count > 0:
        day += ONE_DAY
        count -= _works(day, special)
    return day


def between(earlier: datetime.date, later: datetime.date) -> int:
    """How many working days follow `earlier` up to and including `later`; 0 where it is not later."""
    special = _special(earlier, later)
    days = range(1, (later - earlier).days + 1)
    return sum(_works(earlier + datetime.timedelta(days=number), special) for number in days)


def arranged(year: int) -> bool:
    """Whether the year's arrangement is on record; pages say so where it is not."""
    return SpecialDay.objects.filter(date__year=year).exists()


def _special(earlier: datetime.date, later: datetime.date) -> dict[datetime.date, bool]:
    days = SpecialDay.objects.filter(date__range=(earlier, later))
    return dict(days.values_list("date", "working"))


def _works(day: datetime.date, special: dict[datetime.date, bool]) -> bool:
    return special.get(day, day.isoweekday() <= 5)
