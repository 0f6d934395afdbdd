"""Two areas, or two periods, side by side: the values of their own pages, compared where that says something."""

import pytest

from suzhou_portal.dashboards.beside import NOT_COMPARED
from suzhou_portal.figures.door import value
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.formats import DASH
from tests.journeys import queries

pytestmark = pytest.mark.django_db
ONE, OTHER = "620902004", "620902001"


def pairs(client, **asked):
    response = client.get("/compare/", asked)
    assert response.status_code == 200
    return {one.figure.key: one for _, part in response.context["sections"] for one in part}


def test_two_areas(client, demonstration):
    found = pairs(client, area=ONE, **{"with": OTHER})
    for key, pair in found.items():
        here, there = (value(key, area, demonstration.as_of).value for area in (ONE, OTHER))
        if here is None or there is None:
            assert pair.difference == DASH
        else:
            assert pair.sign == (here > there) - (here < there)
    assert found["volunteer_teams"].difference == "+36支"
    text = client.get("/compare/", {"area": ONE, "with": OTHER}).text
    assert "新城街道比东北街街道高的" in text


def test_what_happened_is_compared_with_a_period_as_long_that_is_over(client, demonstration):
    flows = [
        key
        for key, pair in pairs(client, period="2022", against="2021").items()
        if pair.figure.kind is FigureKind.FLOW
    ]
    compared = pairs(client, period="2022", against="2021")
    for wrong in (
        {"period": "2023", "against": "2022"},
        {"period": "2022-Q4", "against": "2021"},
        {"against": "2022"},
    ):
        found = pairs(client, **wrong)
        for key in flows:
            assert found[key].difference in (NOT_COMPARED, DASH)
    assert any(compared[key].difference not in (NOT_COMPARED, DASH) for key in flows)
    same = pairs(client, area=ONE, period="2023", **{"with": OTHER})
    assert NOT_COMPARED not in {one.difference for one in same.values()}


def test_nothing_is_compared_until_it_is_chosen(client, reference):
    response = client.get("/compare/")
    assert "选一个地区或一个时期" in response.text
    assert response.context["other"] is None


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("with=abc", 400, "区划代码不正确"),
        ("with=620903", 404, "本门户没有这个地区"),
        ("with=%00", 400, "区划代码不正确"),
        ("against=2022-Q9", 400, "没有这一时期"),
        ("against=2999", 400, "还没有开始"),
    ],
)
def test_what_cannot_be_is_answered_in_chinese(reference, client, query, status, reason):
    response = client.get(f"/compare/?{query}")
    assert response.status_code == status
    assert reason in response.text


def test_any_two_cost_the_same(client, demonstration):
    path = f"/compare/?area={ONE}&with={OTHER}"
    client.get(path)
    assert queries(client, path) == queries(client, f"/compare/?area={ONE}&with=620902004004")
