"""Every parameter that any page asks its address for, with whatever an address can say."""

import random
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client

from suzhou_portal.caching import visitors
from suzhou_portal.records.kinds import kinds
from tests.accounts.world import signed_in
from tests.admin.test_admin import address
from tests.cases import case, in_both_forms
from tests.pages.addresses import PAGES, one_of_each

TEXTS = [
    "\0", "9" * 30, "x", "", "-1", "0", "1e9", "1.5", "２０２３", "2022", "2022-Q1", "2022-13", "2023-02-30",
    "0001-01-01", "9999-12-31", "10000-01-01", "CN", "620902", "620902004004001", "62090", "%", "\\",
    "' OR 1=1--", "<b>", "𠮷" * 300, "\ufffd", "\u200b", "true", "[]", "area", "WyI8Il0.x", "a\x0bb",
]  # fmt: skip
HARD = ["\0", "9" * 30, "9999-12-31", "２０２３"]
KNOWN = {"area", "as_of", "period", "page", "q", "sort", "part", "order", "trend"}
ANSWERS = (200, 302, 400, 404, 429)  # the last where codes are guessed


def noting(get_response):
    """Middleware: what a page asks its address for is told in a header."""

    def middleware(request):
        request.GET = visitors._Asked(request.META.get("QUERY_STRING", ""))
        response = get_response(request)
        response.headers["X-Asked"] = " ".join(sorted(request.GET.asked))
        return response

    return middleware


@pytest.fixture
def noted(settings):
    """Browsers of these tests are told."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.noting"]


def parameters(browser, page):
    """What the page asks for: by itself, and once it is asked for one of them."""
    asked = set(browser.get(page).headers["X-Asked"].split())
    return sorted(
        asked | set(browser.get(page, dict.fromkeys(asked, "")).headers["X-Asked"].split())
    )


def fuzz(browser, pages, texts, rounds):
    """Each parameter with each text, and then several at once by chance."""
    chance = random.Random(620902)
    for page in pages:
        names = parameters(browser, page)
        queries = [{name: text} for name in names for text in texts]
        queries += [
            {name: chance.choice(TEXTS) for name in names if chance.random() < 0.6}
            for _ in range(rounds if names else 0)
        ]
        for query in queries:
            with case(page, query):
                assert browser.get(page, query).status_code in ANSWERS


def shared_out(pages, *how):
    """The pages in four parts, each with how they are asked."""
    return [(pages[first::4], *how) for first in range(4)]


@in_both_forms("pages", short=(one_of_each(PAGES), HARD, 3), parts=shared_out(PAGES, TEXTS[::3], 3))
def test_open_pages(demonstration, noted, pages):
    fuzz(Client(headers={"cookie": "a=1"}), *pages)


def test_what_pages_ask_their_address_for_is_met(demonstration, noted, clerk):
    def met(browser, pages):
        return {name for page in pages for name in parameters(browser, page)}

    open_pages = met(Client(headers={"cookie": "a=1"}), one_of_each(PAGES))
    assert open_pages >= KNOWN
    assert {"of", "page", "state", "todo"} <= met(signed_in(clerk), STAFF[::6])


def test_no_template_looks_into_an_address():
    """`request.GET.items` is a parameter of that name wherever the address has one."""
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        assert not re.search(r"request\.(GET|POST|COOKIES)\b", template.read_text()), template


DESKS = [f"/desk/{desk.name}/" for desk in kinds.desks()]
STAFF = [
    "/desk/", "/imports/", "/account/pay/", "/payroll/", "/reviews/sheet/", "/certificates/expiring/",
    "/organizations/track-records/", "/volunteers/mine/", *(f"{one}new/" for one in DESKS), *DESKS,
]  # fmt: skip


@in_both_forms("pages", short=(STAFF[::6], HARD[:2], 2), parts=shared_out(STAFF, TEXTS[::3], 3))
def test_pages_of_staff(demonstration, noted, clerk, pages):
    fuzz(signed_in(clerk), *pages)


LISTS = [address(model) for model in admin.site._registry]


@in_both_forms("pages", short=(LISTS[::10], HARD[:2], 1), parts=shared_out(LISTS, TEXTS[::8], 2))
def test_lists_of_the_admin(demonstration, noted, clerk, pages):
    browser, (lists, texts, rounds) = signed_in(clerk), pages
    chance = random.Random(620902)
    for page in lists:
        names = [
            *browser.get(page).context["cl"].params,
            "o",
            "p",
            "q",
            "all",
            "e",
            "_to_field",
            "_popup",
        ]
        queries = [{name: text} for name in names for text in texts]
        queries += [{name: chance.choice(TEXTS) for name in names} for _ in range(rounds)]
        for query in queries:
            with case(page, query):
                assert browser.get(page, query).status_code in ANSWERS
