"""Every check there is, looked at: how all stands now, and since when as far as it was kept."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.utils import timezone

from suzhou_portal.service.models import CheckResult, CheckState
from suzhou_portal.watching import of_data, of_machine, of_outside, of_runs
from suzhou_portal.watching.checks import Check, Looking, Seen, checks

LATE = datetime.timedelta(hours=36)  # without a look nobody knows
DECLARING = (of_runs, of_data, of_machine, of_outside)
AWAY = "数据库连接不上，没有查"
_SEVERITY = [CheckState.FAULT, CheckState.CAUTION, CheckState.FINE]


@dataclass(frozen=True)
class CheckedNow:
    """A check and what it has come to now; `since` as long as it is known to stand so."""

    check: Check
    seen: Seen
    since: datetime.datetime | None = None

    @property
    def state(self) -> CheckState:
        """Shorter to say."""
        return self.seen.state


def look_at_all(now: datetime.datetime | None = None) -> list[CheckedNow]:
    """Everything as it stands, the worst first. A database out of reach is found out once, and never raised."""
    now = now or timezone.now()
    kept = _kept()
    found = []
    for check in checks:
        before = (kept or {}).get(check.key)
        if check.asks_database and kept is None:
            seen = Seen(CheckState.FAULT, AWAY, "先恢复数据库。")
        else:
            seen = _seen(check, Looking(now, before.outside if before else {}))
        same = before is not None and before.state == seen.state
        found.append(CheckedNow(check, seen, before.since if before and same else None))
    return sorted(found, key=lambda one: _SEVERITY.index(one.state))


def keep(*, outside: bool = False, now: datetime.datetime | None = None) -> list[CheckedNow]:
    """Look at everything, with `outside` also there, and keep what it came to. Raises DatabaseError."""
    now = now or timezone.now()
    if outside:
        for check in checks:
            if check.outside is not None:
                _store(check.key, now, outside=check.outside())
    found = look_at_all(now)
    for one in found:
        _store(one.check.key, now, state=one.state, since=one.since or now)
    CheckResult.objects.exclude(key__in=[check.key for check in checks]).delete()
    return found


def _store(key: str, now: datetime.datetime, **values: Any) -> None:
    first = {"state": CheckState.CAUTION, "since": now} | values
    CheckResult.objects.update_or_create(
        key=key,
        defaults={"seen_at": now, **values},
        create_defaults={"seen_at": now, **first},
    )


def _kept() -> dict[str, CheckResult] | None:
    """What was last kept; None where the database is out of reach."""
    try:
        return {one.key: one for one in CheckResult.objects.all()}
    except (OperationalError, InterfaceError):
        return None
    except DatabaseError:  # a table that is not there yet
        return {}


def _seen(check: Check, looking: Looking) -> Seen:
    try:
        return check.look(looking)
    except DatabaseError as error:
        if connection.in_atomic_block:
            raise
        return Seen(CheckState.FAULT, f"没有查成（{type(error).__name__}）", "请查看日志。")
