"""The wall in a browser: no scrolling, and a portal that is away for a while is waited for."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]


def test_fills_the_wall_without_scrolling(portal, page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    for turn in range(8):
        page.goto(f"{portal}/wall/?turn={turn}")
        size = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        assert size == [1920, 1080], turn


def test_comes_back_by_itself_when_the_portal_does(portal, page):
    page.clock.install()
    page.goto(f"{portal}/wall/")
    page.wait_for_function("document.body.dataset.seconds === '20'")
    first = page.inner_text("h1")
    page.route("**/wall/**", lambda route: route.abort())
    page.clock.run_for(21_000)
    page.wait_for_selector("#away:not([hidden])")
    assert page.inner_text("h1") == first
    page.unroute("**/wall/**")
    page.clock.run_for(21_000)
    page.wait_for_function("name => document.querySelector('h1').innerText !== name", arg=first)
    assert page.locator("#away").is_hidden()
