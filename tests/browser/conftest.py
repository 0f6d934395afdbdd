"""The portal as `make run` serves it, and a browser to look at it with."""

import os
from contextlib import nullcontext

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.serving import CHROMIUM, PASSWORD, served

__all__ = ["PASSWORD"]
PORTAL_AT = os.environ.get("PORTAL_AT")


def pytest_collection_modifyitems(items):
    """Say why browser tests are skipped on a machine without a browser."""
    for item in items:
        if "browser" in item.keywords and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="needs Debian's chromium"))


@pytest.fixture(scope="module")
def portal():
    """A portal of the module's own; or, while one works on its looks, the one at PORTAL_AT."""
    with nullcontext(PORTAL_AT) if PORTAL_AT else served() as address:
        yield address


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
