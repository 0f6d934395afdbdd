"""The queue's worker: one at a time, what was begun and not finished begun again, and beside the portal.

At work is who holds a lock of the database, on a connection of its own that is gone as soon as its process
is, however that ended. So what is still marked as running when the lock is got was a killed worker's.
"""

import os
import signal
import sys
import threading
from contextlib import AbstractContextManager

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from suzhou_portal.database.alone import alone as alone_in_database


def alone() -> AbstractContextManager[None]:
    """Waits until no other worker is at work."""
    return alone_in_database("portal_queue", "default")


def begin_again() -> int:
    """Put back into the queue what a killed worker had begun; how many there were. Of whoever is `alone`."""
    return DBTaskResult.objects.running().update(status=TaskResultStatus.READY)


def ends_with_parent() -> None:
    """End this process, as if asked to, once nobody holds the other end of its standard input."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
