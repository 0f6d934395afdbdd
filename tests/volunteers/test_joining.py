"""People ask to become volunteers, without an account, and their community confirms them."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from suzhou_portal.audit.models import AuditEntry
from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.factories.service import ActivityFactory, ServiceFactory, VolunteerFactory
from tests.factories.volunteers import PairingLinkFactory
from tests.journeys import Somebody, queries
from volunteers.models import PairingLink, Volunteer, VolunteerApplication

pytestmark = pytest.mark.django_db
JOIN, RESULT = "/volunteers/join/", "/volunteers/join/result/"
WHO = {"name": "张志愿", "phone": "13900001111", "area": COMMUNITY, "agreed": "on"}
ONE = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def community(db):
    """The community in which people live."""
    return AreaFactory(code=COMMUNITY)


def sent(browser, **changes):
    """What the page answers."""
    return browser.post(JOIN, WHO | changes)


def test_somebody_asks_is_confirmed_and_gets_a_number(client):
    # Given a page that anybody reaches, on which consent is asked for
    assert JOIN in client.get("/volunteers/").text
    assert "agreed" in sent(client, agreed="").context["form"].errors
    assert not VolunteerApplication.objects.exists()
    code = re.search(r"<strong>([0-9A-Z ]+)</strong>", sent(client).text).group(1)
    # Then nobody is a volunteer yet, and the code says so
    assert "待社区确认" in client.post(RESULT, {"code": code}).text
    assert not Volunteer.objects.exists()
    # When the community confirms it, which no street may
    application = VolunteerApplication.objects.get()
    clerk = Somebody("community", COMMUNITY)
    assert Somebody("street", STREET).takes(application, "confirm").status_code == 403
    assert "待确认的志愿者登记申请" in clerk.sees("/desk/")
    page = clerk.sees(f"/desk/volunteer-applications/{application.pk}/")
    assert "13900001111" in page  # whom they are to call; offices above see it masked
    above = Somebody("street", STREET).sees(f"/desk/volunteer-applications/{application.pk}/")
    assert "13900001111" not in above
    assert application.code not in page
    clerk.has_taken(application, "confirm")
    # Then there is a number, with which the volunteer's own page opens
    volunteer = Volunteer.objects.get()
    assert volunteer.number in client.post(RESULT, {"code": code.lower()}).text
    who = {"number": volunteer.number, "phone": WHO["phone"]}
    assert "token" in client.post("/volunteers/mine/", who).context


def test_nobody_learns_who_is_a_volunteer_already(client):
    VolunteerFactory(name=WHO["name"], phone=WHO["phone"])
    known, unknown = sent(client).text, sent(Client(), name="李志愿").text
    blank = re.compile(r"<strong>[0-9A-Z ]+</strong>|nonce=\S+|value=\"\w{64}\"")
    assert blank.sub("", known) == blank.sub("", unknown)
    application = VolunteerApplication.objects.get(name=WHO["name"])
    refused = Somebody("community", COMMUNITY).takes(application, "confirm")
    assert "已经注册" in refused.text
    assert VolunteerApplication.objects.filter(state="waiting").count() == 2


def test_an_address_sends_so_many_and_tries_so_many_codes(client, settings):
    settings.ADDRESS_FAILURES = 2
    for _ in range(2):
        assert "查询码" in sent(client).text
    assert "登记次数过多" in sent(client).text
    assert VolunteerApplication.objects.count() == 2
    for _ in range(2):
        assert "没有这个查询码" in client.post(RESULT, {"code": "X" * 16}).text
    assert client.post(RESULT, {"code": "X" * 16}).status_code == 429
    assert WHO["phone"] not in str(list(AuditEntry.objects.values_list("new", "old", "note")))


def test_what_was_sent_is_not_changed_past_the_form():
    sent(Client())
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        VolunteerApplication.objects.update(name="别人")


def test_a_list_says_whether_people_may_still_sign_up(client):
    today = timezone.localdate()
    full = ActivityFactory(held_on=today + ONE, places=1)
    ServiceFactory(activity=full)
    ActivityFactory(held_on=today + ONE, places=2)
    ActivityFactory(held_on=today - ONE)
    ActivityFactory(state="finished")
    page = client.get("/open/activities/").text
    for said in ("已满", "报名中，余2人", "报名截止", "已结束"):
        assert page.count(f'data-label="报名">{said}<') == 1, said
    before = queries(client, "/open/activities/?sort=")
    for _ in range(3):
        ServiceFactory(activity=ActivityFactory(held_on=today + ONE))
    assert queries(client, "/open/activities/?sort=") == before


def test_the_same_pairing_is_accepted_once():
    clerk = Somebody("community", COMMUNITY)
    link = {
        "tier": "unit_community", "party_body": "区税务局党委", "started_on": "2023-01-01",
    }  # fmt: skip
    clerk.has_entered("pairings", area=COMMUNITY, **link)
    refused = clerk.enters("pairings", area=COMMUNITY, **link | {"started_on": "2023-02-01"})
    assert "已经在这一层级包联这里" in refused.context["form"].errors["party_body"][0]
    ended = PairingLink.objects.get()
    clerk.corrects(ended, ended_on="2023-03-01")
    clerk.has_entered("pairings", area=COMMUNITY, **link | {"started_on": "2023-04-01"})
    with pytest.raises(IntegrityError), transaction.atomic():
        PairingLinkFactory(**link, area=AreaFactory(code=COMMUNITY))
