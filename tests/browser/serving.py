"""The portal as `make run` serves it, for whoever looks at it with a browser.

What is slow to make, the demonstration, is made once for the code as it is, and copied.
"""

import fcntl
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

from tests.databases.sources import digest

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
    if "PORTAL_SEEDS" not in given:
        _copy(_demonstrated(), Path(state))
    environment = _environment(state) | {"PORT": str(port), "WORKERS": "1"} | given
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


def _environment(state: str | Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings",
        "PORTAL_STATE": str(state),
        "DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": "",
    }


def _demonstrated() -> Path:
    """The state of a portal with demonstration data that nobody serves; made unless it is there."""
    kept = settings.BASE_DIR / "var" / "tests"
    kept.mkdir(parents=True, exist_ok=True)
    state = kept / f"browser-{digest('demonstration')}"
    with (kept / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not state.exists():
            for former in kept.glob("browser-*"):
                shutil.rmtree(former)
            draft = Path(tempfile.mkdtemp(prefix="draft-", dir=kept))
            command = [sys.executable, "manage.py", "prepare", "--demo"]
            subprocess.run(
                command, cwd=settings.BASE_DIR, env=_environment(draft), check=True,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
            draft.rename(state)
    return state


def _copy(source: Path, target: Path) -> None:
    """With owners and rights, which the database server insists on."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)


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
