"""How many requests were answered, with what and how fast, since the portal was served.

Each process counts for itself, in memory: a page waits for no lock of another process, and a full disk takes
nothing away. What it has counted it writes to a file of its own soon after, and whoever asks adds all files up.
"""

import atexit
import json
import secrets
import threading
from bisect import bisect_left
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds, each an upper bound of a bucket
NONE = "none"  # the group of what leads to no page
AFTER = 2.0  # seconds until what was counted is written


@dataclass
class RequestCounts:
    """`answers` by group and status; of each group how many answers took how long, one more bucket than
    BOUNDS, and how many seconds all of them together.
    """

    answers: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))
    buckets: dict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * (len(BOUNDS) + 1))
    )
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, other: "RequestCounts") -> None:
        """Count what another process has counted as well."""
        for answer, number in other.answers.items():
            self.answers[answer] += number
        for group, buckets in other.buckets.items():
            mine = self.buckets[group]
            mine[:] = [one + more for one, more in zip(mine, buckets, strict=True)]
            self.seconds[group] += other.seconds[group]

    def as_json(self) -> str:
        """For `read`."""
        answers = [[*answer, number] for answer, number in self.answers.items()]
        return json.dumps([answers, self.buckets, self.seconds])

    @classmethod
    def read(cls, text: str) -> "RequestCounts":
        """What `as_json` wrote. Raises ValueError."""
        answers, buckets, seconds = json.loads(text)
        read = cls()
        read.answers.update({(group, status): number for group, status, number in answers})
        read.buckets.update(buckets)
        read.seconds.update(seconds)
        return read


class _Counting:
    """What this process has counted, and its file."""

    def __init__(self) -> None:
        self.counted = RequestCounts()
        self.lock = threading.Lock()
        self.name = f"{secrets.token_hex(8)}.json"
        self._soon: threading.Timer | None = None

    def count(self, group: str, status: int, seconds: float) -> None:
        """Count an answer."""
        with self.lock:
            self.counted.answers[group, status] += 1
            self.counted.buckets[group][bisect_left(BOUNDS, seconds)] += 1
            self.counted.seconds[group] += seconds
            if self._soon is None:
                self._soon = threading.Timer(AFTER, self.write)
                self._soon.daemon = True
                self._soon.start()

    def write(self) -> None:
        """Write what was counted; where that can't be done it is kept, and written with what comes next."""
        with self.lock:
            self._soon, text = None, self.counted.as_json()
        file = folder() / self.name
        draft = file.with_suffix(".draft")
        with suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            draft.write_text(text, encoding="ascii")
            draft.replace(file)


_here = _Counting()
count = _here.count
atexit.register(lambda: _here.write() if _here.counted.answers else None)


def folder() -> Path:
    """Where all processes write."""
    return settings.PORTAL_STATE / "counted"


def all_together() -> RequestCounts:
    """What all processes have counted."""
    together = RequestCounts()
    with _here.lock:
        together.add(_here.counted)
    for file in folder().glob("*.json"):
        if file.name != _here.name:
            with suppress(OSError, ValueError):
                together.add(RequestCounts.read(file.read_text(encoding="ascii")))
    return together


def begin_anew() -> None:
    """Forget what was counted before the portal was served."""
    for file in folder().glob("*"):
        file.unlink(missing_ok=True)
