"""Lines of the log at ERROR become alerts: in a thread of their own, each fault once an hour."""

import atexit
import fcntl
import hashlib
import logging
import os
import queue
import threading
import time

from django.conf import settings

from suzhou_portal.alerts import faults, ways

EVERY = 3600.0  # seconds in which the same fault is told once
MOST = 20  # faults that wait to be sent; more at once say nothing new
AT_THE_END = 15.0  # seconds that a process which ends waits for what is still to be sent
_log = logging.getLogger(__name__)


class AlertHandler(logging.Handler):
    """Takes down what is to be sent and returns: no request waits for a mail server.

    Stands before the handler that shortens outages, which changes the record.
    """

    def __init__(self, level: int | str = logging.ERROR):
        super().__init__(level)
        self._waiting: queue.Queue[faults.LoggedFault] = queue.Queue(MOST)
        self._told: dict[str, float] = {}
        self._sender: threading.Thread | None = None
        atexit.register(self.finish)

    def emit(self, record: logging.LogRecord) -> None:
        """Called under the handler's lock."""
        try:
            if any(ways.ways()):
                self._take(faults.of(record))
        except Exception:  # noqa: BLE001 - as every handler: what is logged must not break who logs it
            self.handleError(record)

    def finish(self, seconds: float = AT_THE_END) -> None:
        """Wait until all is sent, and not longer than that."""
        until = time.monotonic() + seconds
        while self._waiting.unfinished_tasks and time.monotonic() < until:
            time.sleep(0.05)

    def _take(self, fault: faults.LoggedFault) -> None:
        now = time.monotonic()
        if now - self._told.get(fault.key, float("-inf")) < EVERY:
            return
        self._told[fault.key] = now
        try:
            self._waiting.put_nowait(fault)
        except queue.Full:
            del self._told[fault.key]
            return
        if self._sender is None or not self._sender.is_alive():
            self._sender = threading.Thread(target=self._send_all, daemon=True)
            self._sender.start()

    def _send_all(self) -> None:
        while True:
            fault = self._waiting.get()
            try:
                if is_first(fault.key) and (failed := ways.send(fault.title, fault.text)):
                    _log.warning("an alert was not sent: %s", "; ".join(failed))
            finally:
                self._waiting.task_done()


def is_first(key: str) -> bool:
    """Whether no process of this machine has told of it in the last hour; from then on this one has."""
    file = settings.PORTAL_STATE / "alerts" / hashlib.sha256(key.encode()).hexdigest()[:16]
    try:
        file.parent.mkdir(exist_ok=True)
        with file.open("a+") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            new, now = file.stat().st_size == 0, time.time()
            if not new and 0 <= now - file.stat().st_mtime < EVERY:
                return False
            if new:
                held.write(key[:200])
                held.flush()
            os.utime(file, (now, now))
    except OSError:  # a full disk is told of, by each process
        return True
    return True
