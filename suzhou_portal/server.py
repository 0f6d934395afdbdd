"""gunicorn as this portal runs it: a process of its own, in which nothing of the portal is loaded.

Only its workers load Django, so that a portal that is loaded anew is wholly the new one. `manage.py serve`
becomes this process once all is prepared (docs/adr/0038-serving.md).
"""

import argparse
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from gunicorn import systemd, util
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http import wsgi

from suzhou_portal.notices import keeper

HOME = Path(__file__).resolve().parents[1]
QUEUE = "work_queue"
OLD_MASTER = "GUNICORN_PID"  # whom gunicorn's next generation takes over from


class Served(NamedTuple):
    """Where the portal answers (`host:port` or `unix:path`), by how many processes of how many threads
    each, the file that names the first process, and whether the queue is worked on beside it.
    """

    bind: str
    workers: int
    threads: int
    pidfile: Path
    queue: bool = True


class Portal(BaseApplication):
    """The portal, as gunicorn loads it in each worker."""

    def __init__(self, served: Served):
        self._served = served
        super().__init__()

    def load_config(self):
        """Threads for requests that wait for the database; headers that name a path are not believed,
        since nobody in front of the portal has to say them.
        """
        for name, value in {
            "bind": self._served.bind,
            "worker_class": "gthread",
            "workers": self._served.workers,
            "threads": self._served.threads,
            "pidfile": str(self._served.pidfile),
            "loglevel": "warning",
            "control_socket_disable": True,
            "forwarder_headers": "",
            "on_starting": self._starting,
            "when_ready": _told,
            "post_worker_init": _take_over,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self):
        from suzhou_portal.wsgi import application  # noqa: I001 - in the worker alone, settings first
        from suzhou_portal import raw_answers

        wsgi.SERVER = raw_answers.NAME
        util.write_error = raw_answers.write_error
        return application

    def run(self):
        """Serve until stopped."""
        _Master(self).run()

    def _starting(self, master: Any) -> None:
        master.START_CTX["args"] = command(self._served)
        if self._served.queue:
            _kept[:] = [keeper.beside(str(HOME / "manage.py"), QUEUE, "--with-parent")]


_kept: list[subprocess.Popen[bytes]] = []  # whose pipe stays open as long as this process lives


class _Master(Arbiter):
    """Loads the portal anew by a second process, which takes the connections over once it can answer."""

    def reload(self) -> None:
        self.reexec()


def _told(master: Any) -> None:
    systemd.sd_notify(f"MAINPID={os.getpid()}\nREADY=1", master.log)


def _take_over(worker: Any) -> None:
    """Have the former generation finish what it has begun and end, now that this worker can answer."""
    if former := os.environ.get(OLD_MASTER):
        with suppress(ProcessLookupError):
            os.kill(int(former), signal.SIGTERM)


def command(served: Served) -> list[str]:
    """What to execute, in the portal's folder, to serve so."""
    words = ["-m", "suzhou_portal.server", "--bind", served.bind]
    words += ["--workers", str(served.workers), "--threads", str(served.threads)]
    words += ["--pidfile", str(served.pidfile), *([] if served.queue else ["--no-queue"])]
    return [sys.executable, *words]


def become(served: Served) -> None:
    """Serve as this very process, with nothing left of what it had loaded."""
    os.chdir(HOME)
    words = command(served)
    os.execv(words[0], words)  # noqa: S606 - our own words


def _told_to_serve() -> Served:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bind", required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--pidfile", type=Path, required=True)
    parser.add_argument("--no-queue", dest="queue", action="store_false")
    return Served(**vars(parser.parse_args()))


if __name__ == "__main__":
    told = _told_to_serve()
    sys.argv[1:] = []  # gunicorn would read them as its own
    Portal(told).run()
