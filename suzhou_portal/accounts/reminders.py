"""What waits for a person though no record does: such as a yearly arrangement nobody has entered."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

Found = Iterable[tuple[str, int, str]]  # what it is, how many, and the address where it is done

_finders: list[Callable[[Any, datetime.date], Found]] = []


def reminding(finder: Callable[[Any, datetime.date], Found]) -> Callable:
    """Have `finder(user, day)` tell what waits for a person on a day."""
    _finders.append(finder)
    return finder


def reminders_of(user: Any, day: datetime.date) -> list[tuple[str, int, str]]:
    """All of it."""
    return [one for finder in _finders for one in finder(user, day)]
