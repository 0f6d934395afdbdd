"""What stands around the content: on a phone, at 400 %, on paper, with names of twenty characters."""

import csv
import io
import shutil
import unicodedata

import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.browser.addresses import COMMUNITY, PUBLIC
from tests.browser.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
MAIN = ["/", "/dashboard/", "/services/", COMMUNITY]
MOST_OF_A_PHONE = 160  # CSS pixels for banners and header together
AT_400_PERCENT = {"width": 320, "height": 256}  # a screen of 1280 × 1024
FIRST_VIEW = 60 * 1024  # bytes over the wire
LONGEST_NAME = 20
# An emergency of the district, which no page is without, as long as its title may be.
EMERGENCY = """() => {
  const banner = document.createElement('aside');
  banner.className = 'emergency-banner emergency-2';
  banner.innerHTML = '<div class="container"><strong>急时：Ⅱ级（橙色）响应</strong>' +
    `<span class="emergency-title">${'特大暴雨引发的山洪和地质灾害'.repeat(4)}</span> <a href="/">怎么做</a></div>`;
  document.querySelector('.site-header').before(banner);
}"""


def foot_of_header(page):
    return page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")


@pytest.mark.parametrize("path", MAIN)
def test_banners_and_header_leave_a_phone_to_the_page(portal, page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(portal + path)
    assert page.is_visible(".demo-banner")
    assert page.is_visible(".site-menu summary")
    page.evaluate(EMERGENCY)
    assert foot_of_header(page) <= MOST_OF_A_PHONE
    page.set_viewport_size({"width": 320, "height": 844})
    assert foot_of_header(page) <= MOST_OF_A_PHONE


@pytest.mark.parametrize("path", MAIN)
def test_at_400_percent_the_content_begins_on_the_first_screen(portal, page, path):
    page.set_viewport_size(AT_400_PERCENT)
    page.goto(portal + path)
    page.evaluate(EMERGENCY)
    box = page.locator("h1").bounding_box()
    assert box["y"] + min(box["height"], 28) <= AT_400_PERCENT["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= AT_400_PERCENT["width"]


def test_the_menu_of_a_phone_opens_by_keyboard_and_without_script(portal, chromium):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(portal + "/")
    link = page.locator(".site-nav a", has_text="数据总览")
    assert not link.is_visible()
    page.locator(".site-menu summary").focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{portal}/services/"
    context.close()


@pytest.mark.parametrize("path", ["/", "/dashboard/", "/services/", COMMUNITY, "/returns/"])
def test_each_printed_sheet_says_whose_it_is(portal, page, path):
    page.goto(portal + path)
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert sheets
    for number, sheet in enumerate(sheets, start=1):
        text = unicodedata.normalize("NFKC", "".join(sheet.extract_text().split()))
        assert "演示数据" in text, number
        assert "统计截至2023年4月30日" in text, number
        assert f"127.0.0.1:{portal.rpartition(':')[2]}{path}" in text, number
        assert f"第{number}" in text


@pytest.fixture(scope="module")
def long_names(tmp_path_factory):
    """A portal whose divisions all have names of twenty characters."""
    seeds = tmp_path_factory.mktemp("seeds") / "seeds"
    shutil.copytree(
        settings.BASE_DIR / "seeds", seeds, ignore=shutil.ignore_patterns("*.py", "demo")
    )
    file = seeds / "divisions/620902.csv"
    with file.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.DictReader(read))
    for row in rows:
        row["name"] = row["name"].ljust(LONGEST_NAME, "长")
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.DictWriter(written, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    with served(PORTAL_SEEDS=str(seeds)) as address:
        yield address


def test_names_of_twenty_characters_wrap(long_names, page):
    page.set_viewport_size({"width": 390, "height": 844})
    wide, plain = {}, []
    for path in PUBLIC:
        page.goto(long_names + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[path] = width
        if "长" * 8 not in page.content():
            plain.append(path)
    assert wide == {}
    assert len(plain) < len(PUBLIC) / 2
    page.goto(long_names + COMMUNITY)
    name = page.locator("h1").inner_text()
    assert len(name) >= LONGEST_NAME
    assert foot_of_header(page) <= MOST_OF_A_PHONE


@pytest.mark.parametrize("path", [*MAIN, "/services/{first}/", "/figures/volunteer_teams/"])
def test_a_first_view_is_light(portal, page, path):
    """Everything that a browser fetches for a page it has never seen, as it comes over the wire."""
    if "{first}" in path:
        page.goto(portal + "/services/")
        path = page.get_attribute(".service-grid a >> nth=0", "href")
        page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(portal + path, wait_until="networkidle")
    assert len(sizes) > 3
    assert sum(sizes) <= FIRST_VIEW, sizes
