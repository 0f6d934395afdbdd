"""Every public page: with records, without, and with whatever an address can say."""

import re
from collections import defaultdict
from itertools import product

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import resolve, reverse

from suzhou_portal.accounts.roles import Role
from tests.accounts.addresses import ADDRESSES, OF_EACH_PAGE, PATTERNS, path_to
from tests.accounts.expected import public, rule_of
from tests.cases import case, in_both_forms
from tests.factories.accounts import AssignmentFactory
from tests.pages.addresses import AREAS, LISTS, PAGES, SCOPED, WRITTEN_TO, made_by, one_of_each

pytestmark = pytest.mark.django_db


each_page = in_both_forms("names", short=OF_EACH_PAGE, whole=list(PATTERNS))
both_forms = in_both_forms("of", short=one_of_each, whole=list)
WITH_PAGES = [*LISTS, "/figures/organizations/", "/figures/certified_ratio/"]
DATES = ["x", "2999-01-01", "0001-01-01", "2023-02-30", "%00"]
CODES = {
    "62090": 400, "abc": 400, "%00": 400, "%ff": 400, "６２０９０２": 400, "620902' OR 1=1--": 400,
    "6" * 5000: 400, "620903": 404, "62": 404, "CN": 404, "110101001001": 404,
}  # fmt: skip
QUERIES = [
    "q=" + "长" * 10_000, "q=%00", "q=%ff%fe", "q=' OR 1=1; DROP TABLE x--",
    "q=<script>alert(1)</script>", "q=%25%5F\\", "q=%26%20%7C%20!%20:*", "category=x", "sort=x",
    "fee=x", "kind=x", "mode=x", "field=x", "area=x", "area=620902", "area=CN",
    "area=620902004004&area=x", "q=%F0%9F%98%80", "nonsense=1",
]  # fmt: skip


def test_every_open_address_without_a_record_is_walked():
    """And so every view: what is left out is made by one that is among those walked."""
    walked = {resolve(page).view_name for page in PAGES}
    asked = {"object_id", "pk", "found", "file", "period", "ending", "column"}
    open_to_all = {
        name
        for name, pattern in ADDRESSES
        if rule_of(name)[0] is public and not asked & set(pattern.converters)
    }
    assert open_to_all <= walked
    for pages in (PAGES, SCOPED, AREAS, LISTS):
        assert {made_by(page) for page in pages} == {made_by(page) for page in one_of_each(pages)}


def test_with_reference_data_only(reference, client):
    for page in PAGES:
        with case(page):
            response = client.get(page)
            assert response.status_code == 200
            if "text/html" in response["Content-Type"]:
                assert "本站记录均为虚构" not in response.text


@pytest.mark.parametrize("page", ["/dashboard/", "/dashboard/charity/"])
def test_an_empty_site_tells_visitors_of_no_command(reference, client, page):
    text = client.get(page).text
    assert "还没有记录" in text
    assert "manage.py" not in text
    assert "导入台账" not in text


def test_an_empty_site_says_to_each_what_to_do_first(reference, client, settings):
    to_accounts = reverse("admin:accounts_user_changelist")
    for role, told in ((Role.ADMINISTRATOR, True), (Role.DISTRICT, False)):
        with case(role):
            held = AssignmentFactory(role=role, area_id=settings.PORTAL_AREA)
            client.force_login(held.user)
            first = client.get("/dashboard/").text.partition('class="empty"')[2]
            first = first.partition("</section>")[0]
            assert (to_accounts in first) is told
            assert reverse("imports") in first


def test_an_empty_list_says_so(reference, client):
    for page in LISTS:
        with case(page):
            assert 'class="empty"' in client.get(page).text


@both_forms
def test_impossible_dates_are_400(reference, client, of):
    for page, date in product(of([*SCOPED, *AREAS]), DATES):
        with case(page, date):
            response = client.get(f"{page}?as_of={date}")
            assert response.status_code == 400
            assert "日期不正确" in response.text


@both_forms
def test_impossible_areas(reference, client, of):
    for page, (code, status) in product(of(SCOPED), CODES.items()):
        with case(page, code):
            response = client.get(f"{page}?area={code}")
            assert response.status_code == status
            assert "区划代码不正确" in response.text or "本门户没有这个地区" in response.text


@both_forms
def test_impossible_pages_are_404(reference, client, of):
    numbers = ["0", "-1", "1000000000", "x", "%00", "1.5", "9" * 400]
    for page, number in product(of(WITH_PAGES), numbers):
        with case(page, number):
            response = client.get(f"{page}?page={number}")
            assert response.status_code == 404
            assert "没有找到" in response.text


@both_forms
def test_no_keyword_or_filter_breaks_a_list(reference, client, of):
    for page, query in product(of(LISTS), QUERIES):
        with case(page, query):
            response = client.get(f"{page}?{query}")
            assert response.status_code in (200, 400)
            assert "<script>alert" not in response.text
            if response.status_code == 400:
                assert "填写有误" in response.text


@pytest.mark.parametrize(
    "path",
    ["/nope", "/figures/nope/", "/dashboard/nope/",
     "/areas/620903/", "/services/0/", "/services/99999999999999999999999/",
     "/figures/certified_ratio/?part=organizations"],
)  # fmt: skip
def test_what_is_not_here_is_404_in_chinese(reference, client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "没有" in response.text


@pytest.mark.parametrize("page", ["/areas/6209/", "/areas/CN/", "/areas/abc/", "/areas/6209020/"])
def test_areas_outside_the_portal(reference, client, page):
    assert client.get(page).status_code in (400, 404)


def test_only_reading(reference):
    """Told before a form's token is asked for."""
    browser = Client(enforce_csrf_checks=True)
    read = [page for page in PAGES if page not in WRITTEN_TO]
    for page, method in product(read, ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")):
        with case(page, method):
            response = browser.generic(method, page)
            assert response.status_code == 405
            assert {"GET", "HEAD"} <= set(response.headers["Allow"].split(", "))
            assert "这一页不能这样打开" in response.text


@each_page
def test_no_error_is_told_in_english(reference, clerk_client, names):
    for name in names:
        path = path_to(name, defaultdict(lambda: 999_999_999))
        for method in ("GET", "POST"):
            response = clerk_client.generic(method, path)
            if response.status_code in (400, 403, 404, 405):
                with case(method, path):
                    told = (
                        re.search(r"<main.*</main>", response.text, re.DOTALL) or [response.text]
                    )[0]
                    assert not re.search(
                        r"[A-Za-z]{2,} [A-Za-z]{2,} ", re.sub(r"<[^>]*>", "", told)
                    )


@each_page
def test_no_page_answers_a_method_it_does_not_know(reference, clerk_client, names):
    for name in names:
        with case(name):
            path = path_to(name, defaultdict(lambda: 1))
            assert clerk_client.generic("PUT", path).status_code in (404, 405)


def test_no_database_is_503(reference, client, monkeypatch, caplog):
    def gone(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr("suzhou_portal.figures.door.read", gone)
    client.raise_request_exception = False
    response = client.get("/dashboard/")
    assert response.status_code == 503
    assert "数据库暂时连接不上" in response.text
    assert response["Retry-After"]
    assert "connection refused" in caplog.text


def test_a_mistake_of_ours_is_500_and_logged(reference, client, monkeypatch, caplog):
    def broken(*args):
        raise RuntimeError("a mistake")

    monkeypatch.setattr("suzhou_portal.figures.door.read", broken)
    client.raise_request_exception = False
    response = client.get("/dashboard/")
    assert response.status_code == 500
    assert "差错已经记录" in response.text
    assert "a mistake" in caplog.text
