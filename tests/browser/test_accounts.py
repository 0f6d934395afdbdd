"""Signing in and what follows, in a real browser: accessible, within policy, on a phone, by keyboard."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import totp

from tests.browser.conftest import PASSWORD, follow

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
ADMIN_TEAMS, FIRST_RECORD = "/admin/volunteers/volunteerteam/", "#result_list tbody th a >> nth=0"
# Who, from which page, by which clicks.
PLACES = {
    "sign-in": (None, "/account/sign-in/"),
    "account": ("community", "/account/"),
    "password": ("community", "/account/password/"),
    "second factor": ("hr", "/account/second-factor/setup/"),
    "start of a clerk": ("community", "/admin/"),
    "start of the auditor": ("auditor", "/admin/"),
    "history": ("community", ADMIN_TEAMS, FIRST_RECORD, "a.historylink"),
    "reveal": ("community", ADMIN_TEAMS, FIRST_RECORD, "text=查看完整"),
    "reset": ("administrator", "/admin/accounts/user/?q=demo-team", FIRST_RECORD, "text=重置密码"),
}  # fmt: skip
every_place = pytest.mark.parametrize("place", PLACES)


def sign_in(portal, page, role):
    page.goto(portal + "/account/sign-in/")
    page.fill("[name=username]", f"demo-{role}")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation(url=lambda url: "sign-in" not in url):
        page.press("[name=password]", "Enter")


def go(portal, page, place):
    role, path, *clicks = PLACES[place]
    if role:
        sign_in(portal, page, role)
    page.goto(portal + path)
    follow(page, clicks)


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found]


@every_place
def test_accessible_and_within_policy(portal, page, place):
    go(portal, page, place)
    assert page.complaints == []  # before axe, which tries inline styles itself
    assert violations(page) == []


@every_place
def test_fits_a_phone(portal, page, place):
    page.set_viewport_size({"width": 390, "height": 844})
    go(portal, page, place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_in_and_out_without_javascript(portal, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal + "/admin/volunteers/volunteerteam/?q=队")
    page.fill("[name=username]", "demo-team")
    page.fill("[name=password]", "wrong")
    page.click("main button[type=submit]")
    assert "账号或密码不正确" in page.inner_text("main")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    assert page.url.startswith(portal + "/admin/volunteers/volunteerteam/?q=")
    page.click("text=退出")
    page.goto(portal + "/account/")
    assert "/account/sign-in/" in page.url
    context.close()


def test_by_keyboard_alone(portal, page):
    page.goto(portal + "/account/sign-in/")
    _tab_to(page, "username")
    page.keyboard.type("demo-street")
    _tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_url("**/desk/")
    page.goto(portal + "/account/password/")
    for name in ("old_password", "new_password1", "new_password2"):
        _tab_to(page, name)
        page.keyboard.type("Short-1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title().startswith("错误：")
    assert page.locator("[aria-invalid=true]").count() == 2


def test_a_second_factor_from_setup_to_the_next_sign_in(portal, page):
    sign_in(portal, page, "evaluator")
    page.goto(portal + "/account/second-factor/setup/")
    key = base64.b32decode(page.inner_text("code").replace(" ", ""))
    page.fill("[name=code]", f"{totp(key):06}")
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/")
    page.goto(portal + "/account/")
    assert "两步验证已启用" in page.inner_text("main")
    page.click("text=退出登录")
    sign_in(portal, page, "evaluator")
    assert "/account/second-factor/" in page.url
    assert page.complaints == []
    assert violations(page) == []
    # The next code, since each is good for one use.
    page.fill("[name=code]", f"{totp(key, t0=-30):06}")
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/desk/")


def _tab_to(page, name):
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")
