"""What pages of services and organizations say to programs, in the words of schema.org."""

import json

import pytest
from lxml import html

from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory
from tests.pages.markup import Markup

pytestmark = pytest.mark.django_db
HOSTILE = "</script><script>alert(1)</script><!--&amp;𬭳"


@pytest.fixture
def community(reference):
    return AreaFactory(code=COMMUNITY)


def told(client, record):
    """What the page of the record says, and that nothing on it would run."""
    page = client.get(record.get_absolute_url()).text
    assert Markup(page).problems == []
    (script,) = html.fromstring(page).xpath("//script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def test_a_service(community, client):
    one = ServiceItemFactory(area=community, fee="free", category="culture", contact="值班室")
    said = told(client, one)
    assert said["@context"] == "https://schema.org"
    assert said["@type"] == "GovernmentService"
    assert (said["name"], said["serviceType"]) == (one.name, "文化娱乐")
    assert said["url"] == f"http://testserver{one.get_absolute_url()}"
    assert said["availableChannel"]["servicePhone"]["telephone"] == one.phone
    assert said["areaServed"]["url"].endswith(f"/areas/{COMMUNITY}/")
    assert said["offers"]["price"] == "0"
    assert "disambiguatingDescription" not in said
    dear = told(client, ServiceItemFactory(area=community, fee="market", is_demo=True))
    assert "price" not in dear["offers"]
    assert "演示" in dear["disambiguatingDescription"]


def test_an_organization_without_what_its_page_hides(community, client):
    hidden = {"contact": "王小明", "phone": "13812345678", "representative": "李大同"}
    one = SocialOrganizationFactory(
        area=community, field="养老服务", deregistered_on="2023-01-01", **hidden
    )
    said = told(client, one)
    assert (said["@type"], said["name"]) == ("NGO", one.name)
    assert (said["knowsAbout"], said["dissolutionDate"]) == ("养老服务", "2023-01-01")
    assert not any(text in json.dumps(said, ensure_ascii=False) for text in hidden.values())


@pytest.mark.parametrize("column", ["summary", "audience", "place", "provider_name"])
def test_no_text_ends_what_it_stands_in(community, client, column):
    one = ServiceItemFactory(area=community, **{column: HOSTILE})
    assert HOSTILE in json.dumps(told(client, one), ensure_ascii=False)
