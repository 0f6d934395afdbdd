"""What waits for a person though no record does: such as a yearly arrangement nobody has entered."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

Found = Iterable[tuple[str, int, str]]  # what it is, how many, and the address where it is done

Alarm = tuple[str, str]  # what is wrong, and the address where it says what to do

_alarms: list[Callable[[Any], Alarm | None]] = []
_finders: list[Callable[[Any, datetime.date], Found]] = []


def reminding(finder: Callable[[Any, datetime.date], Found]) -> Callable:
    """Have `finder(user, day)` tell what waits for a person on a day."""
    _finders.append(finder)
    return finder


def reminders_of(user: Any, day: datetime.date) -> list[tuple[str, int, str]]:
    """All of it."""
    return [one for finder in _finders for one in finder(user, day)]


def alarming(finder: Callable[[Any], Alarm | None]) -> Callable:
    """Have `finder(user)` tell what is wrong with the portal itself, to whoever can help; None where nothing is."""
    _alarms.append(finder)
    return finder


def alarms_of(user: Any) -> list[Alarm]:
    """All of it."""
    return [alarm for finder in _alarms if (alarm := finder(user))]
