"""Home and the page of a community begin with what a resident needs, and hold no figure that means nothing."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from communities.models import CommunityProfile
from suzhou_portal.caching import followed, visitors
from suzhou_portal.caching.sized import SizedCache
from suzhou_portal.dashboards.fragments import resting_on
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import CommunityProfileFactory
from tests.factories.consultation import DeliberationMeetingFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory
from tests.factories.service import ActivityFactory
from tests.factories.volunteers import VolunteerTeamFactory

PAGE = f"/areas/{COMMUNITY}/"
ONE_DAY = datetime.timedelta(days=1)
PHONE = 'href="tel:09372611111"'


@pytest.fixture
def place(reference):
    """A community with a phone, four services and an organization."""
    area = AreaFactory(code=COMMUNITY)
    CommunityProfileFactory(
        area=area, phone="0937-2611111", office_hours="周一至周五", address="一号"
    )
    for number in range(4):
        ServiceItemFactory(area=area, name=f"助餐{number}")
    SocialOrganizationFactory(area=area)
    return area


def main(response):
    return re.search(r"<main.*</main>", response.text, re.DOTALL)[0]


def places_of(text, *said):
    """Where each is said first; every one must be."""
    return [text.index(one) for one in said]


@pytest.mark.usefixtures("place")
class TestBegins:
    def test_a_community_with_whom_to_call_and_what_is_there(self, client):
        text = main(client.get(PAGE))
        order = places_of(
            text, PHONE, "周一至周五", "一号", "请社区帮忙", "助餐0", "通知公告", "活动和会议",
            "short-figures",
        )  # fmt: skip
        assert order == sorted(order)
        assert text.count("助餐") == 3

    def test_a_grid_with_its_community(self, client):
        AreaFactory(code=f"{COMMUNITY}001")
        assert PHONE in main(client.get(f"/areas/{COMMUNITY}001/"))

    def test_home_with_the_choice_then_with_what_was_chosen(self, client):
        text = main(client.get("/"))
        assert text.index("您住在哪个社区") < text.index("<select") < text.index("找服务")
        assert "tel:" not in text
        client.get("/", {"area": COMMUNITY})
        text = main(client.get("/"))
        order = places_of(text, PHONE, "助餐0", "换一个社区", "short-figures")
        assert order == sorted(order)
        assert main(client.get("/", {"area": ""})) != text

    @pytest.mark.parametrize("code", [STREET, DISTRICT])
    def test_a_larger_division_with_what_lies_inside(self, client, code):
        text = main(client.get(f"/areas/{code}/"))
        assert text.index("各地区对照") < text.index("附近的服务")
        assert "拨打" not in text

    def test_figures_without_a_zero_that_means_nothing(self, client):
        text = main(client.get(PAGE))
        said, zero = re.search(r"short-figures.*?</dl>.*?</p>", text, re.DOTALL)[0].split("</dl>")
        assert "<dd>1个</dd>" in said
        assert not re.search(r"<dd>0\D", said)
        assert "志愿服务队伍" in zero
        assert "未知" in said


def test_nobodys_phone_is_told_as_such(reference, client):
    text = main(client.get(PAGE))
    assert "社区电话还没有登记" in text
    assert 'href="tel:12345"' in text


def test_a_phone_that_changes_shows_at_once(committed, monkeypatch):
    monkeypatch.setattr(visitors, "KEPT", SizedCache("near", {"OPTIONS": {"MAX_BYTES": 1024**2}}))
    CommunityProfileFactory(area=AreaFactory(code=COMMUNITY), phone="0937-2611111")
    for address in (PAGE, f"/?area={COMMUNITY}"):
        assert PHONE in main(Client().get(address))
    CommunityProfile.objects.update(phone="0937-2622222")
    for address in (PAGE, f"/?area={COMMUNITY}"):
        assert 'href="tel:09372622222"' in main(Client().get(address))


def test_what_is_announced_for_later_hides_no_news(place, client):
    team, today = VolunteerTeamFactory(area=place), timezone.localdate()
    ActivityFactory(area=place, team=team, title="昨天的活动", held_on=today - ONE_DAY)
    for number in range(12):
        ActivityFactory(
            area=place, team=team, title=f"以后{number}", held_on=today + (number + 1) * ONE_DAY
        )
    text = main(client.get(PAGE))
    assert "昨天的活动" in text
    assert "还没有公告" not in text


def test_figures_of_home_are_those_of_the_place_that_was_chosen(place):
    browser = Client()
    browser.get("/", {"area": COMMUNITY})
    for page in ("/", f"/?area={COMMUNITY}"):
        response = browser.get(page)
        assert response.context["scope"].area == place
        assert f"{place.name}，统计截至" in response.text


def test_parts_of_pages_are_made_anew_each_day(monkeypatch, time_machine):
    monkeypatch.setattr("suzhou_portal.caching.followed.version_of", lambda *kinds: "1")
    before = resting_on(CommunityProfile).key
    time_machine.move_to(timezone.now() + ONE_DAY)
    assert resting_on(CommunityProfile).key != before


def test_news_show_at_the_next_request(committed, client):
    """What is kept of the pages rests on everything that is news or happens."""
    area = AreaFactory(code=COMMUNITY)
    followed.forget()
    for number, path in enumerate((PAGE, f"/?area={COMMUNITY}")):
        assert f"议停车{number}" not in client.get(path).text
        today = timezone.localdate()
        DeliberationMeetingFactory(
            area=area, state="announced", announced_on=today, planned_on=today + 9 * ONE_DAY,
            topic=f"议停车{number}",
        )  # fmt: skip
        assert f"议停车{number}" in client.get(path).text
        assert f"包粽子{number}" not in client.get(path).text
        ActivityFactory(area=area, state="open", held_on=today + ONE_DAY, title=f"包粽子{number}")
        assert f"包粽子{number}" in client.get(path).text
