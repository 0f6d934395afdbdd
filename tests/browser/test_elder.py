"""长辈版 in a browser: type of 20 px, contrast of 7:1, targets of 48 px, one column; the figures of GB/T 37668
and of the ministry's rules for 适老化 that a machine can measure.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
COMMUNITY = "620902004004"
PAGES = [
    "/", f"/areas/{COMMUNITY}/", "/areas/620902/", "/dashboard/", "/organizations/", "/services/",
    "/figures/organizations/", "/linkage/", "/requests/", "/charity/resources/", "/reports/", "/data/",
    "/open/meetings/", "/faults/new/", "/site-map/", "/privacy/", "/accessibility/", "/nowhere/",
]  # fmt: skip
STRICT = {"rules": {"color-contrast-enhanced": {"enabled": True}}}
SMALL_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    const seen = text && !element.closest("svg, script, .visually-hidden") && element.checkVisibility();
    if (seen && parseFloat(getComputedStyle(element).fontSize) < 20) found.push(text);
  }
  return found;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "button, a.btn, .elder-nav a, select, summary, input:not([type=hidden], [type=checkbox], [type=radio])"
  )].filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 48)
  .map(one => one.outerHTML)"""


@pytest.fixture
def elder(page, portal):
    """A page of somebody who reads 长辈版 and chose a community."""
    for name, value in (("elder", "1"), ("area", COMMUNITY)):
        page.context.add_cookies([{"name": name, "value": value, "url": portal}])
    return page


@pytest.mark.parametrize("path", PAGES)
def test_large_in_contrast_and_within_a_phone(portal, elder, path):
    elder.set_viewport_size({"width": 390, "height": 844})
    elder.goto(portal + path)
    assert [one for one in elder.complaints if "404" not in one] == []
    elder.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert elder.evaluate("document.documentElement.scrollWidth") <= 390
    assert elder.evaluate(SMALL_TEXT) == []
    assert elder.evaluate(SMALL_TARGETS) == []
    found = Axe().run(elder, options=STRICT).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found] == []


def test_read_aloud_only_where_the_browser_can(portal, elder):
    elder.goto(portal + "/")
    assert elder.locator(".aloud").inner_text() == "朗读这一页"
    elder.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
    elder.goto(portal + "/")
    assert elder.locator(".aloud").count() == 0
    assert elder.complaints == []


def test_to_it_and_back_without_javascript(portal, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(portal + "/organizations/?kind=filed")
    with page.expect_navigation():
        page.click("header >> text=长辈版")
    assert page.url == portal + "/organizations/?kind=filed"
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    with page.expect_navigation():
        page.click("header >> text=回到普通版")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "16px"
    context.close()
