"""Noting what found nothing: counted without who asked, bounded, and never what may tell a person."""

import datetime
import re

from django.db.models import F
from django.utils import timezone

from suzhou_portal.areas.codes import district_of
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.dates import latest_demonstration
from suzhou_portal.finding.models import LONGEST, MissedSearch
from suzhou_portal.search import runs

A_DAY = 200  # new texts of a district; more come from no residents of a district
MOST = 5_000  # texts; the one asked for longest ago goes, unless it was answered
_NUMBER = re.compile(r"\d{5}")  # of a phone, an identity card, a house's account


def note(keyword: str, area: str) -> None:
    """Count once more that this found nothing in that division."""
    text = " ".join(runs(keyword))
    if not 2 <= len(text) <= LONGEST or _NUMBER.search("".join(runs(text))):
        return
    day = timezone.localdate()
    known = MissedSearch.objects.filter(area_id=area, text=text)
    if not known.exists():
        # Not in a portal whose divisions are to be loaded.
        there = Area.objects.filter(pk=area).exists()
        if not there or _new_in(area, day) >= A_DAY:
            return
        missed = MissedSearch(
            area_id=area, text=text, first_on=day, last_on=day,
            is_demo=latest_demonstration() is not None,
        )  # fmt: skip
        MissedSearch.objects.bulk_create([missed], ignore_conflicts=True)
        _let_go()
    known.update(times=F("times") + 1, last_on=day)


def _new_in(area: str, day: datetime.date) -> int:
    """How many new texts there were that day in the district."""
    return MissedSearch.objects.within(district_of(area)).filter(first_on=day).count()


def _let_go() -> None:
    """Forget those beyond `MOST` that nobody answered."""
    kept = MissedSearch.objects.order_by("-last_on", "-pk").values("pk")[:MOST]
    MissedSearch.objects.open().exclude(pk__in=kept).delete()
