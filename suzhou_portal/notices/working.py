"""The queue's worker: one at a time, what was begun and not finished begun again, and beside the portal.

At work is who holds a lock of the database, on a connection of its own that is gone as soon as its process
is, however that ended. So what is still marked as running when the lock is got was a killed worker's.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from suzhou_portal.notices import keeper

COMMAND = "work_queue"
_kept: list[subprocess.Popen[bytes]] = []  # whose pipe stays open as long as this process lives
_LOCK = "SELECT pg_advisory_lock(hashtextextended('portal_queue', 0))"


@contextmanager
def alone() -> Iterator[None]:
    """Waits until no other worker is at work."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(_LOCK)
        yield
    finally:
        own.close()


def begin_again() -> int:
    """Put back into the queue what a killed worker had begun; how many there were. Of whoever is `alone`."""
    return DBTaskResult.objects.running().update(status=TaskResultStatus.READY)


def ends_with_parent() -> None:
    """End this process, as if asked to, once nobody holds the other end of its standard input."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def keep_working() -> None:
    """Have a worker beside this process, started again whenever it ends, and gone when this one is."""
    manage = str(settings.BASE_DIR / "manage.py")
    _kept[:] = [
        subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            [sys.executable, keeper.__file__, sys.executable, manage, COMMAND, "--with-parent"],
            stdin=subprocess.PIPE,
            start_new_session=True,  # what stops the portal closes the pipe
        )
    ]
