"""The community somebody chose is remembered by their browser, and kept pages know it."""

import pytest
from django.test import Client

from suzhou_portal.caching import visitors
from suzhou_portal.caching.sized import SizedCache
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CommunityProfileFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory

OTHER = "620902005001"


@pytest.fixture
def places(db):
    """Two communities, each with a service and an organization."""
    for code in (COMMUNITY, OTHER):
        area = AreaFactory(code=code)
        ServiceItemFactory(area=area, name=f"助餐{code}")
        SocialOrganizationFactory(area=area, name=f"组织{code}")


def names(response):
    return [one.name for one in response.context["object_list"]]


@pytest.mark.usefixtures("places")
class TestRemembered:
    def test_on_every_list_and_page(self, client):
        assert len(names(client.get("/services/"))) == 2
        client.get("/services/", {"area": COMMUNITY})
        assert names(client.get("/services/")) == [f"助餐{COMMUNITY}"]
        assert names(client.get("/services/", {"q": "助餐"})) == [f"助餐{COMMUNITY}"]
        assert names(client.get("/organizations/")) == [f"组织{COMMUNITY}"]
        home = client.get("/").text
        assert f'<option value="{COMMUNITY}" selected>' in home
        assert f"?category=housekeeping&amp;area={COMMUNITY}" in home

    def test_until_another_is_chosen_or_none(self, client):
        client.get("/services/", {"area": COMMUNITY})
        client.get("/organizations/", {"area": OTHER})
        assert names(client.get("/services/")) == [f"助餐{OTHER}"]
        client.get("/services/", {"area": ""})
        assert len(names(client.get("/services/"))) == 2
        assert "area" not in client.cookies or not client.cookies["area"].value

    def test_nothing_is_remembered_of_what_is_refused_or_looked_at_elsewhere(self, client):
        for path in (
            "/services/?area=999",
            "/dashboard/?area=620902004",
            "/charity/?area=620902004",
        ):
            client.get(path)
        assert "area" not in client.cookies

    @pytest.mark.parametrize(
        "code", ["999", "620902999999", "x", "", "62", "1" * 15, "<script>", DISTRICT]
    )
    def test_what_is_no_division_here_is_passed_over(self, client, code):
        client.cookies["area"] = code
        assert len(names(client.get("/services/"))) == 2
        assert client.get("/").status_code == 200

    def test_what_is_not_found_names_the_communitys_phone(self, client):
        CommunityProfileFactory(area=AreaFactory(code=COMMUNITY), phone="0937-2611111")
        client.get("/services/", {"area": COMMUNITY})
        assert 'href="tel:09372611111"' in client.get("/services/", {"q": "游泳"}).text
        client.get("/services/", {"area": ""})
        assert 'href="tel:12345"' in client.get("/services/", {"q": "游泳"}).text


def test_a_kept_page_is_that_of_the_division(committed, monkeypatch):
    cache = SizedCache("test-of-chosen", {"OPTIONS": {"MAX_BYTES": 1024 * 1024}})
    cache.clear()
    monkeypatch.setattr(visitors, "KEPT", cache)
    for code in (COMMUNITY, OTHER):
        ServiceItemFactory(area=AreaFactory(code=code), name=f"助餐{code}")
    for _ in range(2):
        for code, other in ((COMMUNITY, OTHER), (OTHER, COMMUNITY)):
            browser = Client()
            browser.cookies["area"] = code
            text = browser.get("/services/").text
            assert f"助餐{code}" in text
            assert f"助餐{other}" not in text
    assert len(cache._store.values) == 2
    with_more = Client()
    with_more.cookies.load({"area": COMMUNITY, "sessionid": "x"})
    with_more.get("/services/")
    assert len(cache._store.values) == 2
