"""Who is told of faults: alerts once a day each, and the administrator at every sign-in."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from suzhou_portal.alerts import ways
from suzhou_portal.service.models import CheckResult, CheckState
from suzhou_portal.watching.every import CheckedNow

EVERY = datetime.timedelta(
    hours=23
)  # a day, for a run that is a little earlier than the day before


def tell(
    found: Iterable[CheckedNow], now: datetime.datetime | None = None
) -> tuple[int, list[str]]:
    """Send the faults of which nobody was told today, in one alert; how many there were, and which ways
    failed. Where all did, it is sent again with the next look. Raises DatabaseError.
    """
    now = now or timezone.now()
    faults = {one.check.key: one for one in found if one.state == CheckState.FAULT}
    CheckResult.objects.exclude(key__in=faults).update(alerted_at=None)
    told = CheckResult.objects.filter(key__in=faults, alerted_at__gt=now - EVERY)
    new = faults.keys() - {*told.values_list("key", flat=True)}
    by = [*ways.ways()]
    if not new or not by:
        return len(new), []
    failed = ways.send(
        f"五社联动门户运行状况：{len(new)}项故障",
        as_text(one for one in found if one.check.key in new),
    )
    if len(failed) < len(by):
        CheckResult.objects.filter(key__in=new).update(alerted_at=now)
    return len(new), failed


def as_text(found: Iterable[CheckedNow]) -> str:
    """A few lines for each."""
    lines = [
        f"【{one.state.label}】{one.check.label}：{one.seen.told}。{one.seen.advice}".strip()
        for one in found
    ]
    return "\n".join([*lines, f"{settings.PORTAL_URL}/running/"])
