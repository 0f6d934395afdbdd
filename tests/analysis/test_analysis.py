"""The analysis desk shows the values of the figures' own pages, in any shape, on page and in files alike."""

import csv
import io
from decimal import Decimal
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from suzhou_portal.analysis.asking import MOST_FIGURES, MOST_PERIODS
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import series
from tests.cases import case
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.journeys import queries

pytestmark = pytest.mark.django_db
PAGE, STREETS = "/analysis/", [f"62090200{n}" for n in range(1, 8)]
MIXED = [
    "organizations",
    "certified_ratio",
    "average_monthly_pay",
    "residents_benefited",
    "recruited_workers",
]
PERIODS = {"period": "2023-Q1", "count": "4"}


def table(client, **asked):
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    return response.context["table"]


def test_of_a_day_each_value_is_the_figures_own(client, demonstration):
    found = table(client, figure=MIXED, level=["self", "street", "community"])
    assert len(found.values) == len(MIXED) * (1 + 7 + 21)
    for (key, area, period), one in found.values.items():
        with case(key, area):
            assert period is None
            own = door.value(key, area, demonstration.as_of)
            assert (one.value, one.numerator, one.denominator) == (
                own.value, own.numerator, own.denominator,
            )  # fmt: skip


def test_of_periods_each_value_is_the_trends(client, demonstration):
    found = table(client, figure=MIXED, level=["self", "street"], **PERIODS)
    periods = [*Period.parse("2023-Q1").back(4)]
    assert {period for _, _, period in found.values} == set(periods)
    for key in MIXED:
        for area in ("620902", *STREETS[:3]):
            own = series(key, area, periods, demonstration.as_of)
            for period, one in zip(periods, own, strict=True):
                value = found.values[key, area, period]
                assert (value.value, value.state) == (one.value, one.state), (key, area, period)
                assert value.figure.label == figures.get(key).since(period.first).label


@pytest.mark.parametrize("rows", ["place", "figure", "period"])
@pytest.mark.parametrize("when", [{}, PERIODS, {"period": "2022"}])
@pytest.mark.parametrize("level", ["self", "street"])
def test_rows_and_columns_change_places_and_files_hold_the_same(
    client, demonstration, rows, when, level
):
    asked = {"figure": MIXED[:3], "level": level, "rows": rows, **when}
    found = table(client, **asked)
    sizes = {
        "place": 7 if level == "street" else 1,
        "figure": 3,
        "period": int(when.get("count", 1)),
    }
    assert len(found.rows) == sizes.pop(rows)
    across, down = sizes.values()
    assert {len(row.cells) for row in found.rows} == {across * down} == {len(found.headings)}
    assert sum(width for _, width in found.groups) in (0, across * down)
    header, *lines = csv.reader(
        io.StringIO(client.get(f"{PAGE}table.csv", asked).content.decode("utf-8-sig"))
    )
    assert len(set(header)) == len(header) == 1 + across * down
    sheet = load_workbook(io.BytesIO(client.get(f"{PAGE}table.xlsx", asked).content)).active
    _, titles, *numbers = sheet.iter_rows(values_only=True)
    assert list(titles) == header
    for row, line, kept in zip(found.rows, lines, numbers, strict=True):
        assert line[0] == kept[0] == row.name
        for cell, written, number in zip(row.cells, line[1:], kept[1:], strict=True):
            if isinstance(cell.filed, Decimal):
                assert Decimal(written) == cell.filed
                assert float(number) == pytest.approx(float(cell.filed))
            else:
                assert written == number == cell.text


def test_what_has_no_value_says_why_everywhere(client, demonstration):
    asked = {"figure": MIXED, "place": [COMMUNITY, "620902004004001"], "period": "2023-Q2"}
    found = table(client, **asked)
    states = {one.state for one in found.values.values()} - {State.KNOWN}
    assert states
    text = client.get(PAGE, asked).text
    file = client.get(f"{PAGE}table.csv", asked).content.decode("utf-8-sig")
    for state in states:
        assert state.label in text
        assert state.label in file
    assert all(
        isinstance(cell.filed, str) == (not cell.text[0].isdigit())
        for row in found.rows
        for cell in row.cells
    )


def test_each_value_leads_to_its_page(client, demonstration):
    [row] = table(client, figure="organizations", place="620902004", period="2022-Q4").rows
    page = client.get(row.cells[0].url)
    assert page.context["card"].text + page.context["card"].unit == row.cells[0].text


def test_the_address_gives_the_same_table_again(client, demonstration):
    found = client.get(PAGE, {"figure": MIXED, "level": "street", "rows": "period", **PERIODS})
    again = client.get(found.context["address"])
    assert [row.cells for row in again.context["table"].rows] == [
        row.cells for row in found.context["table"].rows
    ]
    assert again.context["address"] == found.context["address"]


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("figure=nothing", 400, "没有这个指标"),
        ("level=country", 400, "没有这一级的地区"),
        ("place=x", 400, "区划代码不正确"),
        ("place=%00", 400, "区划代码不正确"),
        ("place=620903", 404, "本门户没有这个地区"),
        ("place=110101", 404, "本门户没有这个地区"),
        ("period=2022-Q9", 400, "没有这一时期"),
        ("period=2022&count=0", 400, "期数不正确"),
        ("period=2022&count=999999999", 400, "期数不正确"),
        ("period=2022&count=001999", 400, "期数不正确"),
        ("count=x", 400, "期数不正确"),
        ("rows=x", 400, "行只能是"),
        ("&".join(f"figure={figure.key}" for figure in figures.all()[: MOST_FIGURES + 1]), 400, "最多12个指标"),
        (f"level=self&level=street&level=community&period=2023-Q1&count={MOST_PERIODS}&"
         + "&".join(f"figure={figure.key}" for figure in figures.all()[:MOST_FIGURES]), 400, "最多2,000个数值"),
        ("level=grid", 400, "最多60个地区"),
    ],
)  # fmt: skip
def test_what_cannot_be_or_is_too_much_is_said_in_chinese(
    demonstration, client, query, status, reason
):
    for page in (PAGE, f"{PAGE}table.csv"):
        response = client.get(f"{page}?{query}")
        assert response.status_code == status, query
        assert reason in response.text


def test_there_are_two_kinds_of_file(reference, client):
    assert client.get(f"{PAGE}table.pdf").status_code == 404


@pytest.mark.parametrize("when", ["", "&period=2023-Q1&count=4"])
def test_more_areas_periods_and_records_cost_no_more(client, demonstration, when):
    chosen = "&".join(f"figure={key}" for key in MIXED)
    few = f"{PAGE}?{chosen}&level=street{when}"
    client.get(few)
    asked = queries(client, few)
    assert (
        queries(client, f"{PAGE}?{chosen}&level=self&level=street&level=community{when}") == asked
    )
    if when:
        assert queries(client, few.replace("count=4", "count=8")) == asked
    SocialOrganizationFactory.create_batch(3, area=AreaFactory(code=COMMUNITY))
    assert queries(client, few) <= asked + 1  # what was written is computed again


class TestDrawn:
    def test_a_line_is_broken_where_there_is_no_value(self, client, demonstration):
        charts = client.get(
            PAGE,
            {"figure": "average_monthly_pay", "level": "self", "period": "2023-04", "count": "13"},
        ).context["charts"]
        [line] = charts[0].lines
        known = [
            one
            for one in client.get(
                PAGE,
                {
                    "figure": "average_monthly_pay",
                    "level": "self",
                    "period": "2023-04",
                    "count": "13",
                },
            )
            .context["table"]
            .values.values()
            if one.value is not None
        ]
        assert len(line.dots) == len(known)
        assert sum(len(piece.split()) for piece in line.pieces) <= len(known)

    def test_names_of_lines_do_not_lie_on_each_other(self, client, demonstration):
        asked = {
            "figure": ["organizations", "certified_ratio"],
            "level": ["self", "street"],
            **PERIODS,
        }
        for chart in client.get(PAGE, asked).context["charts"]:
            at = sorted(float(line.name_at) for line in chart.lines if line.name_at)
            assert all(below - above >= 8.9 for above, below in pairwise(at))
            assert at[0] >= 0

    def test_the_sentence_compares_what_is_of_one_level(self, client, demonstration):
        asked = {"figure": "organizations", "level": ["self", "street"]}
        [chart] = client.get(PAGE, asked).context["charts"]
        assert chart.finding == (
            "引入和培育社会组织最高的是玉门油田生活基地街道（34个），最低的是西南街街道（9个）。"
        )
        [chart] = client.get(PAGE, {**asked, **PERIODS}).context["charts"]
        found = table(client, **asked, **PERIODS)
        first, *_, last = found.asked.periods
        rose = {
            place.name: found.values["organizations", place.code, last].value
            - found.values["organizations", place.code, first].value
            for place in found.asked.places[1:]
        }
        most, least = max(rose.values()), min(rose.values())
        assert f"增加{most}个" in chart.finding
        assert f"{least}个" in chart.finding
        assert "肃州区" not in chart.finding
