"""M8: all resources of a division on one page, whoever keeps them."""

import pytest

from suzhou_portal.dashboards.resources import RESOURCES
from tests.factories import BEGUN, cobuilding, organizations
from tests.factories.areas import COMMUNITY, GRID, AreaFactory
from tests.pages.resources import shown

pytestmark = pytest.mark.django_db


def test_what_is_missing_says_how_it_comes_here(reference, client):
    page = client.get(f"/areas/{COMMUNITY}/resources/").text
    for resource in RESOURCES:
        assert resource.advice in page


def test_a_grid_has_its_communitys_resources_and_lists(reference, client):
    AreaFactory(code=GRID)
    assert client.get(f"/areas/{GRID}/resources/").url == f"/areas/{COMMUNITY}/resources/"
    assert f"/services/?area={COMMUNITY}" in client.get(f"/areas/{GRID}/").text


def test_on_another_day_there_are_the_resources_of_that_day(reference, client):
    cobuilding.CoBuildingResourceFactory(area=AreaFactory(code=COMMUNITY))
    during, after = BEGUN.isoformat(), "2024-01-01"
    assert shown(client, COMMUNITY, as_of=during)["cobuilding"].total == 1
    assert shown(client, COMMUNITY, as_of=after)["cobuilding"].total == 0


def test_an_organization_that_serves_the_community_is_among_its_resources(reference, client):
    served = AreaFactory(code=COMMUNITY)
    serving = organizations.SocialOrganizationFactory(area=AreaFactory(code="620902"))
    serving.areas_served.add(served)
    assert shown(client, COMMUNITY)["organizations"].total == 1
