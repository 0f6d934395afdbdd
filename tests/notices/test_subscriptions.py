"""Feeds and calendars hold what is public, in the division, as pages say it."""

import datetime

import pytest
from django.utils import timezone
from icalendar import Calendar
from lxml import etree

from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.consultation import DeliberationMeetingFactory
from tests.factories.service import ActivityFactory
from tests.journeys import queries

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ELSEWHERE = "620902004005"
TODAY = timezone.localdate
ANNOUNCED = {
    "state": "announced",
    "announced_on": "2022-06-01",
    "planned_on": str(TODAY() + datetime.timedelta(9)),
}


@pytest.fixture(autouse=True)
def divisions():
    AreaFactory(code=COMMUNITY)
    AreaFactory(code=ELSEWHERE)


def feed(client, code=DISTRICT):
    response = client.get(f"/feeds/{code}.atom")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def entries(client, code=DISTRICT):
    return feed(client, code).xpath("a:entry/a:title/text()", namespaces=ATOM)


def events(client, code=DISTRICT):
    response = client.get(f"/calendars/{code}.ics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content).walk("VEVENT")


def announced(**more):
    return DeliberationMeetingFactory(**ANNOUNCED | more)


def soon(**more):
    return ActivityFactory(**{"state": "open", "held_on": TODAY() + datetime.timedelta(9), **more})


class TestTheFeed:
    def test_holds_public_records_newest_first_with_their_pages(self, client):
        activity = ActivityFactory(title="义诊", held_on="2022-06-09")
        announced(topic="小区停车")
        announced(topic="未公告的", state="planned", announced_on=None)
        ActivityFactory(title="草拟的", state="drafted")
        assert entries(client) == ["志愿活动：义诊", "议事公告和决议：小区停车"]
        page = feed(client).xpath("string(a:entry/a:link/@href)", namespaces=ATOM)
        assert page == f"http://testserver/open/activities/{activity.pk}/"
        assert "义诊" in client.get(page).text
        published = feed(client).xpath("a:entry/a:published/text()", namespaces=ATOM)
        assert published == ["2022-06-09T00:00:00+08:00", "2022-06-01T00:00:00+08:00"]

    def test_is_of_a_division(self, client):
        announced(area=AreaFactory(code=COMMUNITY), topic="此处")
        announced(area=AreaFactory(code=ELSEWHERE), topic="别处")
        assert len(entries(client)) == 2
        assert entries(client, COMMUNITY) == ["议事公告和决议：此处"]

    def test_what_is_to_come_is_published_by_today(self, client):
        soon()
        [published] = feed(client).xpath("a:entry/a:published/text()", namespaces=ATOM)
        assert published.startswith(str(TODAY()))

    def test_survives_what_people_type(self, client):
        announced(topic="<b>𬭳 & “停车”]]>", place="<script>")
        assert entries(client) == ["议事公告和决议：<b>𬭳 & “停车”]]>"]
        [said] = feed(client).xpath("a:entry/a:summary/text()", namespaces=ATOM)
        assert "&lt;script&gt;" in said


class TestTheCalendar:
    def test_says_when_and_where_in_the_districts_time(self, client):
        soon(title="义诊", starts="09:00", ends="11:30", place="广场")
        [event] = events(client)
        assert event["SUMMARY"] == "义诊"
        assert event["LOCATION"].endswith("，广场")
        day = TODAY() + datetime.timedelta(9)
        assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
        assert event["DTSTART"].dt.isoformat() == f"{day}T09:00:00+08:00"
        assert event["DTEND"].dt.isoformat() == f"{day}T11:30:00+08:00"
        assert client.get(event["URL"]).status_code == 200
        assert b"BEGIN:VTIMEZONE" in client.get(f"/calendars/{DISTRICT}.ics").content

    @pytest.mark.parametrize(("ends", "last"), [("02:00", "02:00"), ("00:00", "00:00")])
    def test_what_passes_midnight_ends_the_next_day(self, client, ends, last):
        soon(starts="22:00", ends=ends)
        [event] = events(client)
        day = TODAY() + datetime.timedelta(10)
        assert event["DTEND"].dt.isoformat() == f"{day}T{last}:00+08:00"

    def test_meetings_with_and_without_hours_and_called_off(self, client):
        announced(topic="整天")
        announced(topic="开始", starts="19:30")
        announced(topic="取消", state="cancelled")
        found = {event["SUMMARY"]: event for event in events(client)}
        assert found["整天"]["DTSTART"].dt == TODAY() + datetime.timedelta(9)
        assert "DTEND" not in found["开始"]
        assert [found[name]["STATUS"] for name in ("整天", "取消")] == ["CONFIRMED", "CANCELLED"]

    def test_what_is_long_over_is_left_to_pages(self, client):
        ActivityFactory(held_on="2022-06-01")
        assert events(client) == []

    def test_each_has_a_name_of_its_own_that_stays(self, client):
        soon(), soon()
        names = [event["UID"] for event in events(client)]
        assert len(set(names)) == 2
        assert names == [event["UID"] for event in events(client)]


@pytest.mark.parametrize("address", ["/feeds/{}.atom", "/calendars/{}.ics"])
class TestBoth:
    @pytest.mark.parametrize(("code", "status"), [("x", 400), ("110101", 404), ("620902999", 404)])
    def test_of_no_division_here(self, client, address, code, status):
        assert client.get(address.format(code)).status_code == status

    def test_cost_the_same_for_any_number(self, client, address):
        def more():
            soon(), announced()

        more()
        client.get(address.format(DISTRICT))
        one = queries(client, address.format(DISTRICT))
        more(), more()
        assert queries(client, address.format(DISTRICT)) == one

    def test_pages_lead_there(self, client, address):
        assert client.get("/").text.count(address.format(DISTRICT)) >= 1
        assert address.format(COMMUNITY) in client.get(f"/areas/{COMMUNITY}/").text
