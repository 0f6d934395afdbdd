"""The production server with one worker, so that one process can be measured: the portal's, and the
one of a peer that somebody has set up beside it.

BENCH_PEER_WAGTAIL names a checkout of github.com/wagtail/bakerydemo with a virtual environment `.venv`
that holds its requirements and gunicorn, after its `migrate`, `load_initial_data` and `collectstatic`
with the settings below. Nothing of it is part of the portal.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.meter import Server

_WAGTAIL = {
    "PATH": os.defpath,
    "DJANGO_SETTINGS_MODULE": "bakerydemo.settings.production",
    "DJANGO_SECRET_KEY": "of a bench",
}


@contextmanager
def portal() -> Iterator[Server]:
    """The portal under `bench.settings`."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with _gunicorn(Path(sys.executable), "bench.wsgi", settings.BASE_DIR, dict(os.environ)) as (
        port,
        worker,
    ):
        yield Server(port, worker, sessions)


@contextmanager
def wagtail() -> Iterator[Server | None]:
    """Wagtail's demonstration; None where there is none. Its database is SQLite, in its process."""
    folder = os.environ.get("BENCH_PEER_WAGTAIL")
    if not folder:
        yield None
        return
    python = Path(folder) / ".venv" / "bin" / "python"
    with _gunicorn(python, "bakerydemo.wsgi", Path(folder), _WAGTAIL) as (port, worker):
        yield Server(port, worker)


def sessions() -> list[int]:
    """The database's processes for everybody but this one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return [pid for (pid,) in cursor.fetchall()]


@contextmanager
def _gunicorn(
    python: Path, application: str, folder: Path, environment: dict[str, str]
) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(python), "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--timeout", "600",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=folder, env=environment)  # noqa: S603 - no input
    try:
        yield port, _worker(process, port)
    finally:
        process.terminate()
        process.wait()


def _worker(process: subprocess.Popen[bytes], port: int) -> int:
    """The process id of the one worker, once it answers."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            if found := children.read_text(encoding="ascii").split():
                return int(found[0])
        time.sleep(0.1)
    raise TimeoutError(f"no answer on port {port}")
