"""What residents type finds what they mean, in the demonstration's catalogue, among the first five."""

import csv
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
with (Path(__file__).parent / "queries.tsv").open(encoding="utf-8") as lines:
    QUERIES = [(row["query"], row["meant"]) for row in csv.DictReader(lines, delimiter="\t")]
COMMUNITY = "620902004004"


def found(client, query, area=""):
    response = client.get("/services/", {"q": query, "area": area})
    assert response.status_code == 200
    return response.context["object_list"]


@pytest.mark.parametrize(("query", "meant"), [*QUERIES, ("量\u200b血压", "血压")])
def test_what_is_meant_is_among_the_first_five(client, query, meant):
    first = [f"{one.name} {one.get_category_display()}" for one in found(client, query)[:5]]
    assert any(re.search(meant, one) for one in first), first


@pytest.mark.parametrize("query", ["家暴", "家 暴", "被家暴了怎么办", "jiabao"])
def test_danger_shows_its_numbers_before_all_services(client, query):
    text = client.get("/services/", {"q": query}).text
    assert text.index('href="tel:110"') < text.index('href="tel:12338"') < text.index("<h1>")


def test_what_is_no_danger_shows_none(client):
    assert "danger-calls" not in client.get("/services/", {"q": "助餐"}).text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("居家养劳", "没有找到“居家养劳”，下面是写法或读音相近的。"),
        ("老年人 游泳", "没有同时含“老年人”、“游泳”的，下面是相近的。"),
    ],
)
def test_what_was_relaxed_is_said(client, query, said):
    assert said in client.get("/services/", {"q": query}).text


def test_what_matches_more_words_comes_before_what_matches_fewer(client):
    ranks = [one.rank for one in found(client, "老年人 游泳 下棋")]
    assert len(ranks) > 2
    assert ranks == sorted(ranks)


def test_the_name_outranks_the_category_and_the_category_the_summary(client):
    listed = found(client, "体检")
    where = [0 if "体检" in one.name else 1 if one.category == "check_up" else 2 for one in listed]
    assert where == sorted(where)
    assert {0, 1} <= set(where)


def test_ones_own_community_comes_before_what_lies_farther(client):
    listed = [one for one in found(client, "养老", COMMUNITY) if one.rank == 1]
    closeness = [len(one.area_id) for one in listed]
    assert closeness == sorted(closeness, reverse=True)


@pytest.mark.parametrize(
    "query", ["怎么办", "的", "x" * 50, "𬭳", "！", "'", "& | !", "\\", "a" * 3 + "'b", "(" * 9]
)
def test_anything_is_answered(client, query):
    found(client, query)
