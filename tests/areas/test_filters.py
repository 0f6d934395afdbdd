"""Choosing a division: in one step within a district, step by step in a wider portal."""

import pytest

from suzhou_portal.areas.filters import area_choices
from tests.factories import organizations as make
from tests.factories.areas import AreaFactory

pytestmark = pytest.mark.django_db
COMMUNITY, OTHER = "620902004004", "620902005001"


@pytest.fixture
def tree():
    for code in (f"{COMMUNITY}001", OTHER, "620921001001", "630102001001", "610102001001"):
        AreaFactory(code=code)


def codes_of(groups):
    """The codes of each group."""
    return [[code for code, _ in inside] for _, inside in groups]


def test_a_district_offers_its_streets_and_communities(tree):
    expected = [["620902004", COMMUNITY], ["620902005", OTHER]]
    for chosen in ("", COMMUNITY, "620902005", "620903", "nonsense", "62", "\0"):
        assert codes_of(area_choices(chosen)) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", [["61", "62", "63"]]),
        ("nonsense", [["61", "62", "63"]]),
        ("62", [["62"], ["6209"]]),
        ("6209", [["62", "6209"], ["620902", "620921"]]),
        ("620921", [["62", "6209", "620921"], ["620921001", "620921001001"]]),
        (COMMUNITY, [["62", "6209", "620902"], ["620902004", COMMUNITY], ["620902005", OTHER]]),
    ],
)
def test_the_country_is_walked_step_by_step(tree, settings, chosen, expected):
    settings.PORTAL_AREA = "CN"
    assert codes_of(area_choices(chosen)) == expected


def test_a_province_starts_at_its_cities(tree, settings):
    settings.PORTAL_AREA = "62"
    assert codes_of(area_choices()) == [["6209"]]
    assert codes_of(area_choices("6209")) == [["6209"], ["620902", "620921"]]
    assert codes_of(area_choices("63")) == [["6209"]]


def test_a_street_offers_its_communities_and_grids(tree, settings):
    settings.PORTAL_AREA = "620902004"
    assert codes_of(area_choices()) == [[COMMUNITY, f"{COMMUNITY}001"]]


@pytest.mark.parametrize("code", ["62", "6209", "620902", "620902004", COMMUNITY])
def test_a_list_of_the_country_opens_at_any_level(tree, settings, client, code):
    settings.PORTAL_AREA = "CN"
    make.ServiceItemFactory(area__code=COMMUNITY)
    make.ServiceItemFactory(area__code="630102001001")
    response = client.get(f"/services/?area={code}")
    assert response.context["page_obj"].count == 1
    assert f'<option value="{code}" selected' in response.text


@pytest.mark.parametrize("code", ["64", "630102001002", "cn"])
def test_what_is_not_there_is_refused(tree, settings, client, code):
    settings.PORTAL_AREA = "CN"
    assert client.get(f"/services/?area={code}").status_code == 400


def test_the_start_page_of_the_country_offers_provinces(tree, settings, client):
    settings.PORTAL_AREA = "CN"
    assert '<option value="62">' in client.get("/").text
