"""Units whose return of a period is due, and those of which nothing is published."""

import datetime

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area, AreaQuerySet
from suzhou_portal.figures.periods import Period
from suzhou_portal.reporting import duties
from suzhou_portal.reporting.models import Return


def units(area: Area, period: Period, day: datetime.date) -> AreaQuerySet:
    """Those that exist on the day, of the area and up to two levels inside it: of a district all, of a
    country not.
    """
    every = list(Level)
    own = every.index(Level(area.level))
    near = set(every[own : own + 3]) & set(duties.levels(period.kind))
    return Area.objects.inside(area.code).filter(level__in=near).in_force(day)


def unreported(area: Area, period: Period) -> AreaQuerySet:
    """Those that nobody has reported a period for that is over."""
    done = Return.objects.published().filter(period=str(period)).values("area")
    return units(area, period, period.last).exclude(pk__in=done)
