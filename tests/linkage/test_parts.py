"""A project names what each of the five parties did, as far as its records say."""

import pytest

from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.cobuilding import CoBuildingProjectFactory
from tests.factories.organizations import PurchasedProjectFactory, SocialOrganizationFactory

pytestmark = pytest.mark.django_db


def parties(client, page):
    return {party.value: said for party, said in client.get(page).context["parties"]}


def test_of_a_joint_project_the_community_that_asked(client):
    project = CoBuildingProjectFactory(
        area=AreaFactory(code=COMMUNITY), state="under_way", started_on="2022-06-02"
    )
    page = f"/open/co-building-projects/{project.pk}/"
    said = parties(client, page)
    assert f"提出需求“{project.need}”，与{project.agreement.unit}共同实施" in said["communities"]
    assert client.get(page).text.count("没有记录") == 4


def test_of_a_purchased_one_the_provider_and_whom_it_reached(client):
    project = PurchasedProjectFactory(provider=SocialOrganizationFactory(name="春风社"))
    said = parties(client, f"/open/purchases/{project.pk}/")
    assert said["organizations"] == "春风社承接"
    assert said["workers"] == ""
