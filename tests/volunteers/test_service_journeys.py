"""Volunteers: from recruiting to certified hours and a certificate anybody can verify."""

import datetime
import io
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from suzhou_portal.figures import door
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.factories.service import (
    NINE,
    NOON,
    ActivityFactory,
    ServiceFactory,
    StarLevelFactory,
    VolunteerFactory,
)
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody, queries
from volunteers.models import Service, ServiceCertificate

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 6)


@pytest.fixture(autouse=True)
def _that_day(settings):
    """Everybody has an account by then, and stays signed in."""
    settings.SESSION_COOKIE_AGE = 24 * 3600
    with at(6):
        yield


def at(hour, minute=0):
    """On the day, by the district's clock."""
    return time_machine.travel(
        timezone.make_aware(datetime.datetime.combine(DAY, datetime.time(hour, minute))), tick=False
    )


def leader():
    """The leader of a community's team, and the team."""
    team = VolunteerTeamFactory(area__code=COMMUNITY)
    return Somebody("team", COMMUNITY, held={"team": team}), team


def mine(volunteer, **sent):
    """The volunteer's own page; returns browser and response."""
    browser = Client()
    who = {"number": volunteer.number.lower(), "phone": volunteer.phone.replace("-", " ")}
    response = browser.post("/volunteers/mine/", who)
    if sent:
        token = response.context["token"]
        response = browser.post("/volunteers/mine/", {"token": token, **sent})
    return response


def test_from_recruiting_to_certified_hours():
    # Given a team's leader who publishes an activity
    head, team = leader()
    activity = head.has_entered(
        "activities", team=team, title="敬老助老", place="广场", held_on=DAY,
        starts="09:00", ends="11:30", places=2,
    )  # fmt: skip
    head.has_taken(activity, "publish")
    assert "敬老助老" in Client().get("/open/activities/").text
    # When a volunteer signs up without an account, and another one is entered by the leader
    lin, wang, late = (VolunteerFactory(area__code=COMMUNITY, team=team) for _ in range(3))
    assert "已报名“敬老助老”" in mine(lin, sign_up=activity.pk).text
    head.has_entered("services", of=activity, volunteer=wang)
    # Then both places are taken, and a third is told
    refused = head.enters("services", of=activity, volunteer=late)
    assert refused.context["form"].errors["volunteer"] == ["名额2人，已满。"]
    assert "名额2人，已满。" in mine(late, sign_up=activity.pk).text
    # When they check in at the place, with one button each
    first, second = Service.objects.order_by("pk")
    sheet = f"/volunteers/activities/{activity.pk}/check-in/"
    with at(7, 30):
        told = head.client.post(sheet, {"check_in": first.pk}, follow=True).text
        assert "还没有到签到时间" in told
    with at(8, 50):
        head.client.post(sheet, {"check_in": first.pk})
    with at(9, 20):
        head.client.post(sheet, {"check_in": second.pk})
        told = head.client.post(sheet, {"check_out": second.pk}, follow=True).text
        assert "须至少相隔1分钟" in told
    for hour, minute, verb, service in ((11, 0, "check_out", second), (12, 0, "check_out", first)):
        with at(hour, minute):
            head.client.post(sheet, {verb: service.pk})
    # Then hours count from the start to the end of the activity, and never more
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.minutes, first.state, first.source) == (150, "certified", "签到")
    assert (second.minutes, second.hours_given) == (100, "1.6")


def test_a_certificate_is_verified_by_anybody():
    # Given a volunteer with certified hours, who asks for a certificate, twice
    service = ServiceFactory(
        activity=ActivityFactory(held_on=DAY, area__code=COMMUNITY), state="certified",
        began=NINE, ended=NOON,
    )  # fmt: skip
    pdf = mine(service.volunteer, certificate="1")
    assert pdf["Content-Type"] == "application/pdf"
    said = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    # Which lists each service, and says who issues it
    assert service.activity.title in said
    assert f"出具单位：{service.volunteer.area.name}（盖章）" in said
    assert "3.0" in said
    mine(service.volunteer, certificate="1")
    # Then there is one, and anybody verifies it without learning the full name
    certificate = ServiceCertificate.objects.get()
    assert (certificate.minutes, certificate.activities) == (180, 1)
    page = Client().get("/volunteers/certificates/", {"code": certificate.spaced_code.lower()})
    assert "这份证明真实有效" in page.text
    assert service.volunteer.name not in page.text
    assert "没有这个验证码" in Client().get("/volunteers/certificates/?code=ABCD").text
    # And a revoked one says so
    ServiceCertificate.objects.update(revoked_on=DAY)
    path = f"/desk/service-certificates/{certificate.pk}/printed/service-certificate.pdf"
    office = Somebody("district", DISTRICT).client.get(path)
    assert "作废" in PdfReader(io.BytesIO(office.content)).pages[0].extract_text()
    # And what was corrected since does not change what it lists
    assert certificate.listed[0]["hours"] == "3.0"
    assert "已经作废" in Client().get(f"/volunteers/certificates/?code={certificate.code}").text


def test_hours_by_hand_are_flagged_and_confirmed_by_a_second_person():
    # Given somebody who came without checking in
    head, team = leader()
    with at(13):
        service = ServiceFactory(activity=ActivityFactory(held_on=DAY, team=team, area=team.area))
        # When the leader enters the hours
        refused = head.takes(service, "enter", began="08:00", ended="12:30", note="没有信号")
        assert refused.context["form"].errors["began"] == ["到岗、离岗时间须在活动时间之内。"]
        assert (
            "note"
            in head.takes(service, "enter", began="09:00", ended="11:00").context["form"].errors
        )
        head.has_taken(service, "enter", began="09:00", ended="11:00", note="没有信号")
        assert service.source == "补录"
        # Then the leader may not confirm them, and they do not count yet
        assert "confirm" not in head.offered(service)
        assert head.takes(service, "confirm").status_code == 403
        assert door.value("volunteer_minutes", COMMUNITY, DAY).value == 0
        # But the community does; and of what it enters itself the street
        clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
        assert "补录待确认的服务时长" in clerk.sees("/desk/")
        clerk.has_taken(service, "confirm")
        assert door.value("volunteer_minutes", COMMUNITY, DAY).value == 120
        own = ServiceFactory(activity=service.activity)
        clerk.has_taken(own, "enter", began="09:00", ended="10:00", note="补录")
        assert clerk.takes(own, "confirm").status_code == 403
        assert "由他人办理：这份记录是您填写的" in clerk.sees(f"/desk/services/{own.pk}/")
        street.has_taken(own, "confirm")


def test_a_volunteer_disputes_a_record():
    clerk = Somebody("community", COMMUNITY)
    with at(13):
        service = ServiceFactory(
            activity=ActivityFactory(held_on=DAY, area__code=COMMUNITY), state="absent"
        )
        # When the volunteer says that it is wrong, which takes a reason
        assert "请写明理由" in mine(service.volunteer, dispute=service.pk).text
        for held_by_nothing in ("\0", "\x0b"):
            told = mine(service.volunteer, dispute=service.pk, reason=f"我{held_by_nothing}在").text
            assert "控制字符" in told
        assert "500" in mine(service.volunteer, dispute=service.pk, reason="长" * 600).text
        assert "异议已提交" in mine(service.volunteer, dispute=service.pk, reason="我在场").text
        # Then the community finds it among what waits, with the words, and settles it
        assert "有异议的服务记录" in clerk.sees("/desk/")
        assert "本人：我在场" in clerk.sees(f"/desk/services/{service.pk}/")
        service.refresh_from_db()
        assert "无从维持" in clerk.takes(service, "uphold", note="核实").text
        clerk.has_taken(service, "enter", began="09:00", ended="10:00", note="照片为证")
        # Somebody else's record is nobody's business
        stranger = VolunteerFactory(area__code=COMMUNITY)
        assert mine(stranger, dispute=service.pk, reason="我的").status_code == 404


def test_volunteers_find_their_page():
    page = Client().get("/volunteers/").text
    for path in ("/volunteers/mine/", "/volunteers/certificates/"):
        assert f'href="{path}"' in page


def test_who_is_not_known_learns_nothing(settings):
    settings.ADDRESS_FAILURES = 3
    volunteer = VolunteerFactory()
    browser = Client()

    def asks(number, phone):
        return browser.post("/volunteers/mine/", {"number": number, "phone": phone}).context["form"]

    wrong = asks(volunteer.number, "0000-9999999").non_field_errors()
    assert wrong == asks("V99999999", volunteer.phone).non_field_errors()
    assert wrong == asks("V\u0662", "1").non_field_errors()
    # After as many failures the right answer does not help either
    assert "失败次数过多" in str(asks(volunteer.number, volunteer.phone).errors)
    assert browser.post("/volunteers/mine/", {"token": "forged"}, follow=True).status_code == 200


def test_stars_follow_the_district_s_hours():
    district = Somebody("district", DISTRICT)
    with at(13):
        service = ServiceFactory(
            activity__area__code=COMMUNITY, state="certified", began=NINE, ended=NOON
        )
        StarLevelFactory(stars=1, hours=3)
        district.has_entered("star-levels", area=DISTRICT, stars=2, hours=4)
        assert "1星志愿者" in mine(service.volunteer).text


def test_a_cancelled_activity_expects_nobody():
    head, team = leader()
    with at(8):
        service = ServiceFactory(activity=ActivityFactory(held_on=DAY, team=team, area=team.area))
        yesterday = DAY - datetime.timedelta(days=1)
        early = head.takes(service.activity, "finish", result="完成", taken_on=yesterday)
        assert early.context["form"].errors["taken_on"] == ["活动还没有举行，不能结束。"]
        head.has_taken(service.activity, "cancel", note="下雨")
        service.refresh_from_db()
        assert service.state == "withdrawn"


def test_who_did_not_come_is_absent():
    head, team = leader()
    with at(13):
        service = ServiceFactory(activity=ActivityFactory(held_on=DAY, team=team, area=team.area))
        head.has_taken(service.activity, "finish", result="完成")
        service.refresh_from_db()
        assert service.state == "absent"
        assert "check_in" not in head.offered(service)


def test_a_team_sees_its_own_only():
    head, _ = leader()
    other = ServiceFactory(activity__area__code=COMMUNITY)
    assert head.client.get(f"/desk/activities/{other.activity_id}/").status_code == 404
    sheet = f"/volunteers/activities/{other.activity_id}/check-in/"
    assert head.client.get(sheet).status_code == 404
    assert head.client.post(sheet, {"check_in": other.pk}).status_code == 404
    nobody = Somebody("grid_worker", COMMUNITY)
    assert nobody.client.get(sheet).status_code in (403, 404)


def test_the_roll_costs_the_same_for_any_number():
    head, team = leader()
    activity = ActivityFactory(team=team, area=team.area)
    ServiceFactory(activity=activity, volunteer__area=team.area)
    sheet = f"/volunteers/activities/{activity.pk}/check-in/"
    few = queries(head.client, sheet)
    for _ in range(4):
        ServiceFactory(activity=activity, volunteer__area=team.area)
    assert queries(head.client, sheet) == few
    assert re.findall(r'name="check_in" value="\d+"', head.sees(sheet))
