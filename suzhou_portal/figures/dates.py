"""The date figures are as of."""

import datetime

from django.conf import settings
from django.utils import timezone

from suzhou_portal.figures.models import Demonstration

EARLIEST = datetime.date(1949, 10, 1)


def default_as_of(demonstration: Demonstration | None) -> datetime.date:
    """The date chosen for the site, else the demonstration's, else today in Asia/Shanghai."""
    if settings.PORTAL_AS_OF:
        return settings.PORTAL_AS_OF
    return demonstration.as_of if demonstration else timezone.localdate()


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months earlier, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))
