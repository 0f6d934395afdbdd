"""点单—派单—接单—评单 in a browser: the resident on a phone without JavaScript, then whoever serves."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_accounts import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
PHONE = "13812345678"


@pytest.fixture
def phone(chromium):
    """A resident's phone, with scripts off."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def signed_in(chromium, portal):
    """A desk of a role's own browser, on which every page is looked at."""
    contexts = []

    def enter(role):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        sign_in(portal, page, role)
        return page

    yield enter
    for context in contexts:
        context.close()


def accessible(page):
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found] == []


def proves(page):
    """Type the phone and the code, which a demonstration shows."""
    page.fill("[name=phone]", PHONE)
    page.click("text=发送验证码")
    code = re.search(r"验证码是\s*<strong>(\d+)", page.content())[1]
    page.fill("[name=code]", code)
    page.click("button:has-text('下一步')")


def takes(page, portal, pk, verb, **filled):
    """Take a step on its own page, which is looked at before."""
    page.goto(f"{portal}/desk/requests/{pk}/{verb}/")
    for name, value in filled.items():
        field = page.locator(f"[name={name}]")
        tag = field.evaluate("node => node.tagName")
        field.select_option(value) if tag == "SELECT" else field.fill(value)
    accessible(page)
    page.click("main .form-buttons button")
    page.wait_for_url(f"{portal}/desk/requests/{pk}/")


def test_a_resident_asks_and_rates_what_the_community_does(portal, phone, signed_in):
    clerk = signed_in("community")
    area = re.search(r"\d{12}", clerk.goto(f"{portal}/desk/requests/new/") and clerk.content())[0]
    phone.goto(f"{portal}/requests/new/?area={area}")
    proves(phone)
    phone.select_option("[name=kind]", "elderly")
    phone.fill("[name=content]", "老人一个人在家，中午想有人送饭。")
    phone.fill("[name=name]", "赵大娘")
    phone.check("[name=agreed]")
    phone.click("button:has-text('提交')")
    pk = int(re.search(r"/requests/(\d+)/", phone.url)[1])
    assert "社区审核后派给能办的组织或队伍" in phone.content()
    takes(clerk, portal, pk, "admit")
    clerk.goto(f"{portal}/requests/{pk}/suggestions/")
    accessible(clerk)
    takes(clerk, portal, pk, "dispatch", handler="社区民政专干")
    takes(clerk, portal, pk, "accept")
    takes(clerk, portal, pk, "finish", result="已安排每天送餐。")
    clerk.goto(f"{portal}/requests/{pk}/receipt/")
    accessible(clerk)
    phone.reload()
    assert phone.locator("[name=answer]:checked").count() == 0
    phone.check("[name=answer][value='5']")
    phone.click("button:has-text('提交评价')")
    assert "很满意" in phone.content()
    assert "居民本人" in phone.content()


@pytest.mark.parametrize("role", ["organization", "team"])
def test_an_organization_and_a_team_take_up_what_waits(portal, signed_in, role):
    page = signed_in(role)
    page.goto(f"{portal}/requests/open/")
    accessible(page)
    page.click("button:has-text('认领') >> nth=0")
    pk = int(re.search(r"/desk/requests/(\d+)/", page.url)[1])
    accessible(page)
    takes(page, portal, pk, "start")
    takes(page, portal, pk, "finish", result="已上门办好。")
    assert "待评价" in page.content()


def test_a_street_makes_what_nobody_can_do_an_unmet_need(portal, signed_in):
    clerk, page = signed_in("community"), signed_in("street")
    clerk.goto(f"{portal}/desk/requests/new/")
    clerk.select_option("[name=channel]", "phone")
    clerk.select_option("[name=kind]", "repair")
    clerk.fill("[name=content]", "电梯里的扶手松了。")
    accessible(clerk)
    clerk.click("main .form-buttons button >> nth=0")
    pk = int(re.search(r"/desk/requests/(\d+)/", clerk.url)[1])
    takes(clerk, portal, pk, "admit")
    takes(clerk, portal, pk, "escalate", note="社区没有能办的队伍。")
    page.goto(f"{portal}/desk/requests/?state=escalated")
    accessible(page)
    takes(page, portal, pk, "list_unmet", note="辖区内没有这样的队伍，公开征集。")
    assert "暂无人能办" in page.content()


@pytest.mark.parametrize("path", ["/requests/", "/requests/new/"])
def test_pages_of_residents_on_desk_and_phone(portal, page, path):
    page.goto(portal + path)
    assert page.complaints == []
    accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
