"""What the other files of this folder walk at length, in short: one visitor, one clerk, one phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from suzhou_portal.accounts.roles import Role
from tests.accounts.world import clerk_of
from tests.browser.conftest import CHROMIUM, follow
from tests.factories.accounts import PASSWORD
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.browser


@pytest.fixture
def served(django_db_setup, django_db_blocker):
    """The address of a portal with demonstration records in a copy of its own, and who may sign in."""
    with django_db_blocker.unblock():
        clerk = clerk_of(COMMUNITY, role=Role.COMMUNITY)
        clerk.set_password(PASSWORD)
        clerk.save()
        connections.close_all()
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        yield f"http://127.0.0.1:{server.port}", clerk.username
        server.terminate()


def test_a_visitor_and_a_clerk(served):
    portal, username = served
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        a_program_reads_a_service(portal, page)
        a_visitor_opens_a_figure_by_keyboard(portal, page)
        assert complaints == []  # before axe, which tries inline styles itself
        assert_accessible(page)
        complaints.clear()
        a_clerk_signs_in_and_opens_a_record(portal, page, username)
        assert complaints == []
        assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        browser.close()


def a_program_reads_a_service(portal, page):
    """Its policy stops what would run, and says so: this does not run."""
    page.goto(f"{portal}/services/")
    follow(page, [".service-grid a[href*='/services/'] >> nth=0"])
    told = "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)"
    assert page.evaluate(told)["name"] == page.locator("h1").inner_text()


def a_visitor_opens_a_figure_by_keyboard(portal, page):
    page.goto(f"{portal}/dashboard/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("跳到")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    follow(page, ["text=志愿服务队伍"])
    assert page.locator("#rows-title").is_visible()


def a_clerk_signs_in_and_opens_a_record(portal, page, username):
    page.goto(f"{portal}/account/sign-in/?next=/desk/grid-events/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(url=lambda url: "sign-in" not in url):
        page.press("[name=password]", "Enter")
    follow(page, [".lines tbody th a >> nth=0"])
    assert page.locator("h1").count() == 1


def assert_accessible(page):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]][:2]) for v in found] == []
