"""The portal as `make run` serves it, for whoever looks at it with a browser."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

CHROMIUM = shutil.which("chromium")
PASSWORD = "browser-tests-2026"
READY_WITHIN_SECONDS = 300


@contextmanager
def served(**given: str) -> Iterator[str]:
    """The address of a portal with demonstration data and a database of its own, with these settings besides."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    state = tempfile.mkdtemp(prefix="portal-browser-")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings",
        "PORTAL_STATE": state,
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": "",
        "WORKERS": "1",
        **given,
    }
    log = (Path(state) / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--demo"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process, Path(log.name))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        log.close()
        shutil.rmtree(state, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(READY_WITHIN_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url)  # noqa: S310 - our own http address
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"the portal did not start:\n{log.read_text()}")
