"""长辈版 is chosen by a button, remembered, holds on every page, and no visitor is given another's version."""

import pytest
from django.conf import settings as configured
from django.test import Client

from suzhou_portal.caching import visitors
from suzhou_portal.caching.sized import SizedCache
from tests.cases import case
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.communities import CommunityProfileFactory
from tests.pages.addresses import PAGES, one_of_each

MARK = "css/elder"


def switched(browser, page="", **sent):
    return browser.post("/elder/", sent, headers={"referer": page and f"http://testserver{page}"})


@pytest.fixture
def elder():
    browser = Client()
    browser.cookies["elder"] = "1"
    return browser


def test_the_button_remembers_and_leads_back(reference, client):
    page = f"/services/?area={COMMUNITY}"
    response = switched(client, page, on="1")
    assert response.url == f"http://testserver{page}"
    cookie = client.cookies["elder"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 86400, True, "Lax")
    assert MARK in client.get(page).text
    switched(client, page)
    assert MARK not in client.get(page).text


def test_no_page_of_others_is_led_to(reference, client):
    for before in (
        "",
        "http://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "x" * 9000,
    ):
        response = client.post("/elder/", {"on": "1"}, headers={"referer": before})
        assert response.url == "/"
    assert client.get("/elder/").status_code == 405


def test_it_is_switched_without_a_token_or_a_session(reference):
    browser = Client(enforce_csrf_checks=True)
    assert switched(browser, "/", on="1").status_code == 302
    assert {*browser.cookies} == {"elder"}


def test_every_page_has_it_and_the_three_buttons(reference, client, elder):
    for page in one_of_each(PAGES):
        with case(page):
            plain, large = client.get(page), elder.get(page)
            if "text/html" in plain.headers["Content-Type"] and "noindex" not in plain.text:
                assert MARK not in plain.text
                assert '<button type="submit" name="on"' in plain.text
                assert MARK in large.text
                for label in ("找服务</a>", "打电话给社区", "我的请求</a>", "回到普通版"):
                    assert label in large.text.split("<main")[0]


def test_what_went_wrong_is_told_in_it_too(reference, elder):
    for page in ("/nowhere/", "/dashboard/?as_of=x"):
        assert MARK in elder.get(page).text


@pytest.mark.parametrize("phone", ["0937-2611111", ""])
def test_the_button_calls_the_community_that_was_chosen(reference, elder, phone):
    def leads_to():
        return elder.get("/data/").text.split("打电话给社区")[0].rpartition('href="')[2]

    CommunityProfileFactory(area=AreaFactory(code=COMMUNITY), phone=phone)
    assert leads_to().startswith('/"')
    elder.cookies["area"] = COMMUNITY
    assert leads_to().startswith('tel:09372611111"' if phone else '/"')


@pytest.mark.parametrize("other", ["0", "", "11", "yes"])
def test_any_other_cookie_of_that_name_is_the_usual_page(reference, client, other):
    client.cookies["elder"] = other
    assert MARK not in client.get("/data/").text


def test_kept_pages_keep_both_apart(committed, monkeypatch, elder):
    monkeypatch.setattr(visitors, "KEPT", SizedCache("elder", {"OPTIONS": {"MAX_BYTES": 1024**2}}))
    AreaFactory(code=configured.PORTAL_AREA)
    tags = {MARK: set(), "": set()}
    for _ in range(2):
        for browser, mark in ((elder, MARK), (Client(), "")):
            response = browser.get("/data/")
            assert (MARK in response.text) == bool(mark)
            tags[mark].add(response.headers["ETag"])
    assert [len(one) for one in tags.values()] == [1, 1]
