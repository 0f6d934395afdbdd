"""What follows from the date alone: a party registers it in its `workflow`, `refresh_figures` does it."""

import datetime
from collections.abc import Callable

Work = Callable[[datetime.date], None]

works: list[Work] = []


def nightly(work: Work) -> Work:
    """Have `work(day)` done each night. Done twice on a day, it changes nothing more."""
    works.append(work)
    return work


def do_all(day: datetime.date) -> None:
    """Do everything that is registered for that day."""
    for work in works:
        work(day)
