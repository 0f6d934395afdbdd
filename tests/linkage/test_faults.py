"""找错: what anybody finds wrong on a page reaches whoever keeps it, who answers."""

import datetime
import re
import uuid

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.linkage.models import PageFault
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.consultation import DeliberationMeetingFactory
from tests.factories.linkage import PageFaultFactory
from tests.factories.organizations import ServiceItemFactory
from tests.journeys import Somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
FORM = "/faults/new/"
PHONE = "13812345678"
NEIGHBOUR = "620902005001"


@pytest.fixture
def places():
    for code in (DISTRICT, STREET, COMMUNITY, NEIGHBOUR):
        AreaFactory(code=code)


def says(browser, page=f"/areas/{COMMUNITY}/", **filled):
    sent = {"page": page, "what": "电话打不通", "sent": uuid.uuid4(), **filled}
    return browser.post(FORM, sent)


def waiting(somebody):
    return re.search(r"待处理的网页纠错</a> <strong>(\d+)", somebody.client.get("/desk/").text)


def test_a_visitor_says_it_and_the_community_puts_it_right(client):
    page = client.get(f"/areas/{COMMUNITY}/?as_of=2023-04-01").text
    link = re.search(rf'href="({FORM}[^"]+)"', page)[1]
    assert f'value="/areas/{COMMUNITY}/?as_of=2023-04-01"' in client.get(link).text
    told = client.get(says(client, contact=PHONE, agreed="on").headers["Location"]).text
    assert "已收到" in told
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    assert waiting(clerk)[1] == "1"
    fault = PageFault.objects.get()
    assert PHONE in clerk.client.get(f"/desk/page-faults/{fault.pk}/").text
    clerk.takes(fault, "handle", answer="已换成新号码")
    fault.refresh_from_db()
    assert (fault.state, fault.closed_on) == ("handled", timezone.localdate())
    assert waiting(clerk) is None


def test_who_may_see_and_answer_it(client):
    says(client, contact=PHONE, agreed="on")
    fault = PageFault.objects.get()
    path = f"/desk/page-faults/{fault.pk}/"
    for role, area, seen, answers in (
        (Role.STREET, STREET, 200, True), (Role.ADMINISTRATOR, DISTRICT, 200, True),
        (Role.DISTRICT, DISTRICT, 200, False), (Role.COMMUNITY, NEIGHBOUR, 404, False),
        (Role.GRID_WORKER, COMMUNITY, 403, False), (Role.HR, DISTRICT, 403, False),
    ):  # fmt: skip
        somebody = Somebody(role, area)
        response = somebody.client.get(path)
        assert response.status_code == seen, role
        assert (PHONE in response.text) is answers
        assert (somebody.client.get(f"{path}handle/").status_code == 200) is answers
    assert Client().get(path).status_code == 302


def test_it_stands_where_its_page_does(client):
    service = ServiceItemFactory(area=AreaFactory(code=COMMUNITY))
    for page, code in (
        (f"/areas/{COMMUNITY}/lists/", COMMUNITY), (f"/services/?area={COMMUNITY}&q=x", COMMUNITY),
        (f"/services/{service.pk}/", COMMUNITY), ("/services/999999/", DISTRICT),
        (f"http://testserver/areas/{STREET}/", STREET), ("/dashboard/", DISTRICT),
        ("/nowhere/", DISTRICT), ("/areas/110101/", DISTRICT), ("/areas/x/?area=zzz", DISTRICT),
    ):  # fmt: skip
        says(client, page=page)
        assert PageFault.objects.latest("pk").area_id == code, page
    assert not PageFault.objects.filter(page__startswith="http").exists()


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"contact": PHONE}, "请勾选同意与您联系"), ({"contact": "12"}, "电话"),
        ({"page": "nothing"}, "请填写本站网页的地址"), ({"what": ""}, "必填"),
    ],
)  # fmt: skip
def test_what_is_refused(client, filled, told):
    assert told in says(client, **filled).text
    assert not PageFault.objects.exists()


def test_sent_twice_it_stands_once(client):
    number = uuid.uuid4()
    assert [says(client, sent=number).status_code for _ in range(2)] == [302, 302]
    assert PageFault.objects.count() == 1


def test_nobody_floods_a_desk(client, settings):
    for _ in range(settings.ADDRESS_FAILURES):
        assert says(client).status_code == 302
    assert "提出得太多了" in says(client).text
    assert PageFault.objects.count() == settings.ADDRESS_FAILURES


def test_a_colleague_says_it_as_anybody(client):
    for role, area in ((Role.AUDITOR, DISTRICT), (Role.COMMUNITY, NEIGHBOUR)):
        assert says(Somebody(role, area).client).status_code == 302
    assert {one.entered_by for one in PageFault.objects.all()} == {None}
    made = AuditEntry.objects.filter(model="linkage.pagefault", action="create")
    assert {one.actor_name for one in made} == {"网页访客"}


def test_the_phone_goes_once_nobody_needs_it():
    old = timezone.localdate() - datetime.timedelta(days=365 * 3)
    kept = {"contact": PHONE, "agreed": True, "reported_on": old}
    done = PageFaultFactory(**kept, state="rejected", closed_on=old)
    waits = PageFaultFactory(**kept)
    call_command("anonymise")
    assert [PageFault.objects.get(pk=one.pk).contact for one in (done, waits)] == ["", PHONE]


def test_what_is_a_readers_own_is_not_copied(client):
    page = "/requests/?number=00000001&code=ABCD"
    says(client, page=page)
    says(client, page=f"/services/?q=家暴&area={COMMUNITY}")
    assert [fault.page for fault in PageFault.objects.order_by("pk")] == [
        "/requests/",
        f"/services/?area={COMMUNITY}",
    ]
    form = client.get(f"{FORM}?page=%2Frequests%2F%3Fcode%3DABCD").context["form"]
    assert form["page"].value() == "/requests/"
    assert "ABCD" not in re.search(rf'href="({FORM}[^"]*)"', client.get(page).text)[1]


def test_a_page_that_nobody_may_see_tells_nothing(client):
    draft = DeliberationMeetingFactory(area=AreaFactory(code=COMMUNITY))
    says(client, page=f"/open/meetings/{draft.pk}/")
    says(client, page=f"/open/meetings/{draft.pk + 99}/")
    assert {fault.area_id for fault in PageFault.objects.all()} == {DISTRICT}


@pytest.mark.parametrize(
    "page", ["//[", "/areas/\0/", "/services/?area=620902%00", "/a/?" + "x" * 600]
)
def test_no_address_is_too_odd(client, page):
    assert client.get(FORM, {"page": page}).status_code == 200
    assert says(client, page=page).status_code in (200, 302)
    assert client.get(FORM, {"sent": "620902\0"}).status_code == 200
