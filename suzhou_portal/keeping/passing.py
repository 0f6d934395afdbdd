"""Folders with personal data that live for a moment: gone afterwards, however that ended."""

import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_HELD = ".held"  # locked as long as somebody works in the folder


@contextmanager
def passing(prefix: str, end: Callable[[Path], object] = lambda _: None) -> Iterator[Path]:
    """A folder in the system's own for such, readable by nobody else. Those of that prefix which killed
    processes have left go first; `end` stops what still runs in one.
    """
    for former in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        if is_left(former / _HELD):
            end(former)
            shutil.rmtree(former)
    with tempfile.TemporaryDirectory(prefix=prefix) as name, (Path(name) / _HELD).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield Path(name)


def is_left(file: Path) -> bool:
    """Whether the file is there, and nobody holds its lock any more: who did was killed."""
    try:
        with file.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:  # in use, somebody else's, or just being made
        return False
