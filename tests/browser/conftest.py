"""The portal as `make run` serves it, and a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
PASSWORD = "browser-tests-2026"
READY_WITHIN_SECONDS = 300


def pytest_collection_modifyitems(items):
    """Say why browser tests are skipped on a machine without a browser."""
    for item in items:
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="needs Debian's chromium"))


@pytest.fixture(scope="module")
def portal():
    """The address of a portal with demonstration data and a database of its own."""
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


def _wait(url, process, log):
    for _ in range(READY_WITHIN_SECONDS * 5):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url)  # noqa: S310 - our own http address
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"the portal did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def chromium():
    """One browser for a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page that keeps what the browser complains about, in `page.complaints`."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def follow(page, clicks):
    """Click link after link; each is followed to a page that has loaded.

    A click alone returns while the next document may still be empty.
    """
    for click in clicks:
        with page.expect_navigation():
            page.click(click)
