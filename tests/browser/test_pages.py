"""The portal in a real browser: accessible, within its security policy, usable by keyboard."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.addresses import PUBLIC
from tests.browser.conftest import PASSWORD, follow

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]

ADMIN = [
    "/admin/", "/admin/organizations/socialorganization/",
    "/admin/organizations/socialorganization/add/", "/admin/communities/person/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_accessible_and_within_policy(portal, page, path):
    response = page.goto(portal + path)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in violations] == []
    expected = [str(response.status)] if response.status >= 400 else []
    assert [text for text in page.complaints if not any(e in text for e in expected)] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_accessible_on_a_phone_with_everything_open(portal, page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(portal + path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]][:2]) for v in violations] == []


@pytest.mark.parametrize("path", PUBLIC)
def test_fits_a_phone(portal, page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(portal + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_a_resident_finds_a_service_without_javascript(portal, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal + "/")
    page.select_option("[name=area]", "620902004004")
    with page.expect_navigation():
        page.click("text=就看这里")
    assert page.locator('.near-call a[href^="tel:"]').is_visible()
    page.fill("[name=q]", "养老")
    with page.expect_navigation():
        page.press("[name=q]", "Enter")
    follow(page, [".service-grid a >> nth=0"])
    assert re.search(r"/services/\d+/$", page.url)
    assert page.locator('a[href^="tel:"]').count() >= 1
    context.close()


def test_keyboard_reaches_the_content_first(portal, page):
    page.goto(portal + "/dashboard/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("跳到")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_figure_opens_from_its_card(portal, page):
    page.goto(portal + "/dashboard/")
    follow(page, ["text=志愿服务队伍"])
    assert "/figures/volunteer_teams/" in page.url
    assert page.locator("#rows-title").is_visible()


def test_an_edit_in_the_admin_moves_the_figure(portal, page):
    _sign_in(portal, page)
    page.goto(portal + "/figures/volunteer_teams/?q=")  # the rows are unfolded
    before = _number(page)
    counted = page.inner_text("#rows .data-table tbody tr:first-child td:nth-child(2)")
    page.goto(portal + f"/admin/volunteers/volunteerteam/?q={counted}")
    follow(page, ["#result_list tbody tr:first-child th a", "a.deletelink"])
    follow(page, ["#content form input[type=submit]"])
    page.goto(portal + "/figures/volunteer_teams/")
    assert _number(page) == before - 1


@pytest.mark.parametrize("path", ADMIN)
def test_the_admin_keeps_to_the_policy(portal, page, path):
    _sign_in(portal, page)
    page.goto(portal + path)
    assert page.complaints == []


def _sign_in(portal, page):
    page.goto(portal + "/admin/login/")
    page.fill("[name=username]", "demo-district")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def _number(page):
    return int(page.inner_text(".proof-computed .figure-value strong").replace(",", ""))
