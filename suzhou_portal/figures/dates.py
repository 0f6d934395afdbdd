"""The date figures are as of."""

import datetime

from django.conf import settings
from django.utils import timezone

from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.models import Demonstration

EARLIEST = datetime.date(1949, 10, 1)


def default_as_of(demonstration: Demonstration | None) -> datetime.date:
    """The date chosen for the site, else the demonstration's, else today in Asia/Shanghai."""
    if settings.PORTAL_AS_OF:
        return settings.PORTAL_AS_OF
    return demonstration.as_of if demonstration else timezone.localdate()


def site_date() -> datetime.date:
    """The date of all figures on this site, where no request has looked up the demonstration."""
    if settings.PORTAL_AS_OF:
        return settings.PORTAL_AS_OF
    return default_as_of(latest_demonstration())


def latest_demonstration() -> Demonstration | None:
    """What is demonstrated on this site; that it is nothing is remembered too."""
    [found] = remembered(
        "demonstration", [Demonstration], lambda: [Demonstration.objects.order_by("-as_of").first()]
    )
    return found
