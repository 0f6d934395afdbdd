"""The wall goes through the areas by itself, and says what their pages say."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site

from suzhou_portal.figures import door
from tests.cases import case
from tests.factories.linkage import late_in
from tests.journeys import queries

pytestmark = pytest.mark.django_db


def test_each_area_has_its_turn_and_then_the_first_again(client, demonstration):
    path, seen = "/wall/", []
    for _ in range(9):
        page = client.get(path)
        seen.append(page.context["scope"].area.code)
        after = page.text.split('data-next="')[1].split('"')[0]
        assert (
            f'<noscript><meta http-equiv="refresh" content="20; url={after}"></noscript>'
            in page.text
        )
        path = f"/wall/{after}"
    assert seen == ["620902", *(f"62090200{n}" for n in range(1, 8)), "620902"]


def test_shows_what_the_figures_are_and_what_is_late(client, demonstration):
    for number in (0, 4):
        page = client.get("/wall/", {"turn": number})
        area = page.context["scope"].area.code
        for card in page.context["cards"]:
            with case(area, card.figure.key):
                assert (
                    card.computed.value
                    == door.value(card.figure.key, area, demonstration.as_of).value
                )
                assert f"<strong>{card.text}</strong>" in page.text
        assert f"服务请求超期{late_in(area, demonstration.as_of)}件" in page.text
        assert re.search(r"2023年第一季度有\d+个单位没有上报", page.text)
        assert "统计截至2023年4月30日" in page.text
        assert "演示数据" in page.text


def test_what_has_not_reported_is_what_the_returns_say(client, demonstration):
    returns = client.get("/returns/", {"period": "2023-Q1"}).context
    missing = len(returns["units"]) - returns["published"]
    concerns = [one.text for one in client.get("/wall/").context["attention"]]
    assert any(one.startswith(f"2023年第一季度有{missing}个单位没有上报") for one in concerns)


@pytest.mark.parametrize("turn", ["x", "-1", "1.5", "%00", "２", ""])
def test_a_turn_that_is_none_is_refused(reference, client, turn):
    response = client.get(f"/wall/?turn={turn}")
    assert response.status_code == 400
    assert "轮到第几个地区" in response.text


def test_any_turn_costs_the_same(client, demonstration):
    client.get("/wall/")
    asked = queries(client, "/wall/?turn=1")
    assert {queries(client, f"/wall/?turn={n}") for n in (2, 4, 12)} == {asked}


def test_letters_are_large_enough_for_six_metres():
    css = Path(site.BASE_DIR, "static/css/wall.css").read_text().split("@media")[0]
    sizes = [int(size) for size in re.findall(r"font(?:-size)?: (\d+)px", css)]
    assert min(sizes) >= 28
    for values in re.findall(r"strong \{ font-size: (\d+)px", css):
        assert int(values) >= 64
