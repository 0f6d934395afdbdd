"""Areas are sorted, shaded and drawn by the same values as everywhere, and say so without colour too."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.door import value
from suzhou_portal.figures.enums import State
from tests.cases import case
from tests.journeys import queries

pytestmark = pytest.mark.django_db
DISTRICT, STREET = "620902", "620902004"
PAGES = ["/dashboard/", f"/areas/{DISTRICT}/", "/dashboard/workers/"]
SWITCHED = [*PAGES, "/figures/organizations/", "/compare/"]


def table(client, **asked):
    return client.get("/dashboard/", asked).context["comparison"].table


def test_areas_stand_by_the_value_asked_for_with_the_average_between(client, demonstration):
    falling = table(client, by="organizations")
    places = [row for row in falling.rows if row.look != "own"]
    counted = [
        value("organizations", row.url.split("/")[2], demonstration.as_of).value
        if row.url
        else None
        for row in places
    ]
    at = [row.look for row in places].index("average")
    mean = sum(one for one in counted if one is not None) / 7
    assert counted[:at] == sorted(counted[:at], reverse=True)
    assert counted[at + 1 :] == sorted(counted[at + 1 :], reverse=True)
    assert min(counted[:at]) > mean > max(counted[at + 1 :])
    rising = [row.name for row in table(client, by="-organizations").rows if row.look != "own"]
    ties = {row.cells[0].text for row in places}
    assert len(ties) == len(places) or rising
    assert rising[0] == places[-1].name


def test_in_order_of_code_the_average_stands_below(client, demonstration):
    found = table(client)
    codes = [row.url for row in found.rows if row.url]
    assert codes == sorted(codes)
    assert found.rows[-1].look == "own"
    text = client.get("/dashboard/").text
    assert text.count("各地区平均") == 1


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("by", ["nothing", "-", "--organizations", "organizations,", "%00"])
def test_what_is_no_column_is_refused(reference, client, page, by):
    response = client.get(f"{page}?by={by}")
    assert response.status_code == 400
    assert "请点表头上的指标名称" in response.text


def test_headings_lead_to_the_next_order(client, demonstration):
    text = client.get("/dashboard/?by=organizations").text
    assert 'href="?by=-organizations#inside"' in text
    assert 'aria-sort="descending"' in text
    assert "?#inside" in client.get("/dashboard/?by=-organizations").text


def test_only_what_is_known_of_a_place_is_shaded(client, demonstration):
    for party in ("workers", "communities"):
        found = client.get(f"/dashboard/{party}/").context["comparison"].table
        for row in (*found.rows, found.total, found.average):
            for cell, one in zip(row.cells, row.values or [None] * 9, strict=False):
                shaded = cell.quarter is not None
                assert not shaded or (one.state is State.KNOWN and not row.look), (row.name, cell)
    assert any(cell.quarter for row in found.rows for cell in row.cells)


def test_a_ratio_shows_what_it_is_of(client, demonstration):
    found = table(client)
    at = [figure.key for figure in found.columns].index("certified_ratio")
    for row in (*found.rows, found.total):
        one = row.values[at]
        whole = f"{one.numerator:,}÷{one.denominator:,}" if one.value is not None else ""
        assert row.cells[at].parts == whole
    assert f"<small>{found.total.cells[at].parts}</small>" in client.get("/dashboard/").text


def test_every_street_and_community_is_a_tile_and_in_the_list(client, demonstration):
    page = client.get("/dashboard/?by=volunteer_teams")
    tiles = page.context["comparison"].tiles
    inside = Area.objects.inside(DISTRICT).filter(level__in=("street", "community"))
    assert {tile.name for tile in tiles.drawn} == {area.name for area in inside}
    for tile in tiles.drawn:
        code = tile.url.split("/")[2]
        with case(code):
            one = value("volunteer_teams", code, demonstration.as_of)
            assert tile.text == f"{one.value}支"
            assert f"<title>{tile.name}：{tile.text}</title>" in page.text
            assert page.text.count(f'href="{tile.url}"') >= 2
    assert [len(tile.inner) for tile in tiles.tiles] == [3, 4, 3, 4, 3, 2, 2]


def test_a_long_name_stands_whole_in_title_and_list(client, demonstration):
    name = "玉门油田生活基地和矿区综合服务中心街道"
    Area.objects.filter(pk="620902007").update(name=name)
    page = client.get("/dashboard/").text
    assert f"<title>{name}：" in page
    assert f">{name}</a>" in page
    assert "生活基…" in page


def test_what_is_withheld_is_a_tile_without_a_value(client, demonstration):
    page = client.get("/dashboard/workers/?by=average_monthly_pay")
    tiles = page.context["comparison"].tiles.drawn
    withheld = [tile for tile in tiles if tile.text == "不足5人，不公布"]
    assert all(tile.quarter is None and tile.brief == "不公布" for tile in withheld)
    for tile in tiles:
        shown = value("average_monthly_pay", tile.url.split("/")[2], demonstration.as_of)
        assert (shown.value is None) == (not tile.text[0].isdigit())


@pytest.mark.parametrize("page", SWITCHED)
def test_the_period_is_switched_on_the_page(demonstration, client, page):
    text = client.get(page).text
    for period in ("2023-04", "2023-Q1", "2022"):
        assert re.search(rf'href="\?[^"]*period={period}"', text), period
    switched = client.get(page, {"period": "2022-Q3"}).text
    assert "上一期：2022年第二季度" in switched
    assert "下一期：2022年第四季度" in switched
    assert "下一期" not in client.get(page, {"period": "2023-Q2"}).text


@pytest.mark.parametrize("page", ["/dashboard/", "/dashboard/workers/"])
def test_another_order_costs_no_more(client, demonstration, page):
    client.get(page)
    figure = "certified_ratio"
    plain = queries(client, page)
    assert queries(client, f"{page}?by={figure}") - plain in (0, 1)  # a ratio reads nothing more


def _luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_text_on_each_shade_can_be_read():
    css = Path(site.BASE_DIR, "static/css/compare.css").read_text()
    shades = re.findall(r"--quarter-\d: (#\w{6})", css)
    assert len(shades) == 4
    ink = _luminance("#1f2a30")
    for shade in shades:
        assert (_luminance(shade) + 0.05) / (ink + 0.05) >= 4.5
    for number in range(1, 5):  # and each has a sign that is no colour
        assert f".q{number}::before {{ content:" in css
