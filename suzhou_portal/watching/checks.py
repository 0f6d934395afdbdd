"""What is looked at of the running of the portal, declared once: the page 运行状况, `/metrics`, `manage.py health`
and alerts all follow (docs/adr/0039-what-is-wrong.md).
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from suzhou_portal.service.models import CheckState

Outside = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What a look came to: `told` says how it stands, `advice` what to do, blank where nothing is;
    `values` are those of the check's gauges that are known.
    """

    state: CheckState
    told: str
    advice: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Looking:
    """When a look is taken, and what was last seen outside of portal and database."""

    now: datetime.datetime
    outside: Outside = field(default_factory=dict)

    def age(self, moment: datetime.datetime) -> float:
        """Seconds since then; 0 for a moment yet to come."""
        return max(0.0, (self.now - moment).total_seconds())


@dataclass(frozen=True)
class Check:
    """One thing to look at. `means` says to whoever runs the portal what it is good for; `gauges` are the names
    of its values in `/metrics`, and what they mean; `outside` looks where no page may wait.
    """

    key: str
    label: str
    means: str
    look: Callable[[Looking], Seen]
    gauges: Mapping[str, str] = field(default_factory=dict)
    outside: Callable[[], Outside] | None = None
    asks_database: bool = True


checks: list[Check] = []


def checking(
    key: str, label: str, means: str, **more: Any
) -> Callable[[Callable[[Looking], Seen]], Callable[[Looking], Seen]]:
    """Declare a function as the look of a check."""

    def declared(look: Callable[[Looking], Seen]) -> Callable[[Looking], Seen]:
        checks.append(Check(key, label, means, look, **more))
        return look

    return declared


def lasting(seconds: float) -> str:
    """How long, in words: days from two days on, else hours or minutes."""
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes}分钟"
    hours = minutes // 60
    return f"{hours}小时" if hours < 48 else f"{hours // 24}天"


def moment(at: datetime.datetime) -> str:
    """A moment by the site's own clock."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
