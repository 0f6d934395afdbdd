"""Residents without an account: asking, following, calling off, rating."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from suzhou_portal.linkage.forms import MOST_A_DAY
from suzhou_portal.linkage.models import PhoneCode, ServiceRequest
from suzhou_portal.linkage.models.codes import LASTS, TRIES
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.linkage import ServiceRequestFactory, served
from tests.factories.organizations import ServiceItemFactory
from tests.files.pictures import photo
from tests.journeys import Somebody, queries
from tests.linkage.conftest import PHONE, Resident

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


def test_a_resident_asks_follows_and_rates_without_an_account(resident):
    service = ServiceItemFactory(
        name="老年食堂", category="home_elderly_care", area=AreaFactory(code=COMMUNITY)
    )
    path = f"/requests/new/?service={service.pk}&area={COMMUNITY}"
    resident.knows(path)
    answer = resident.asks(path, uploads=photo())
    asked = ServiceRequest.objects.get()
    assert answer.headers["Location"] == f"/requests/{asked.pk}/"
    assert (asked.channel, asked.phone, asked.service, asked.kind) == (
        "online", PHONE, service, "elderly",
    )  # fmt: skip
    page = resident.client.get(answer.headers["Location"]).text
    assert asked.number in page
    assert "社区审核后派给能办的组织或队伍" in page
    assert "1个" in page
    # the community sees it at once
    clerk = Somebody("community", COMMUNITY)
    assert "待审核的服务请求" in clerk.sees("/desk/")
    clerk.has_taken(asked, "admit")
    clerk.has_taken(asked, "dispatch", handler="社区专干")
    clerk.has_taken(asked, "accept")
    clerk.has_taken(asked, "finish", result="每天送饭")
    # on another day, from another phone's browser, by number and phone code
    other = Resident(resident.sent)
    page = other.looks_for(asked)
    assert "请您评价" in page.text
    assert "checked" not in page.text
    path = f"/requests/{asked.pk}/"
    assert "answer" in other.client.post(path, {"rate": "1"}).context["rating"].errors
    other.client.post(path, {"rate": "1", "answer": "5", "comment": "很准时"})
    asked.refresh_from_db()
    assert (asked.state, asked.rating, asked.comment) == ("closed", 5, "很准时")
    rated = next(step for step in asked.steps() if step.verb == "rate")
    assert (rated.by, rated.by_name) == (None, "居民本人")
    # once
    other.client.post(path, {"rate": "1", "answer": "1"})
    asked.refresh_from_db()
    assert asked.rating == 5


def test_what_was_typed_outlasts_the_phone_that_was_shown(resident):
    resident.knows("/requests/new/")
    typed = resident.fills(kind="repair", content="床边扶手松了", name="钱大爷", address="3号楼")
    session = resident.client.session
    session["resident_phone"] = [resident.phone, 0]
    session.save()
    page = resident.client.post("/requests/new/", typed, follow=True)
    assert "您填的内容还在" in page.text
    assert not ServiceRequest.objects.exists()
    resident.knows("/requests/new/")
    form = resident.client.get("/requests/new/").context["form"]
    shown = [form[name].value() for name in ("content", "name", "address")]
    assert shown == ["床边扶手松了", "钱大爷", "3号楼"]
    resident.client.post("/requests/new/", typed)
    assert ServiceRequest.objects.get().content == "床边扶手松了"
    assert "resident_typed" not in resident.client.session


def test_sent_twice_it_stands_once(resident):
    resident.knows("/requests/new/")
    told = resident.fills(kind="elderly")
    first, second = (resident.client.post("/requests/new/", told) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert ServiceRequest.objects.count() == 1


def test_who_is_not_content_is_called_back(resident):
    asked = served(timezone.localdate(), phone=PHONE)
    page = f"/requests/{asked.pk}/"
    resident.looks_for(asked)
    resident.client.post(page, {"rate": "1", "answer": "0", "comment": "没人来"})
    asked.refresh_from_db()
    assert (asked.state, asked.not_done, asked.comment) == ("follow_up", True, "没人来")


def test_it_is_called_off_until_somebody_accepted_it(resident):
    asked = ServiceRequestFactory(phone=PHONE, state="dispatched", handler="社区专干")
    resident.looks_for(asked)
    resident.client.post(f"/requests/{asked.pk}/", {"cancel": "1"})
    asked.refresh_from_db()
    assert (asked.state, asked.steps().first().by_name) == ("cancelled", "居民本人")
    accepted = ServiceRequestFactory(phone=PHONE, state="accepted", handler="社区专干")
    resident.looks_for(accepted)
    page = resident.client.get(f"/requests/{accepted.pk}/")
    assert page.context["cancel"] is None
    answer = resident.client.post(f"/requests/{accepted.pk}/", {"cancel": "1"})
    assert "不能“取消”" in answer.text
    accepted.refresh_from_db()
    assert accepted.state == "accepted"


class TestSecrets:
    def test_nobody_reads_the_request_of_another(self, resident):
        asked = ServiceRequestFactory(phone="13900000000", name="周海龙")
        assert resident.client.get(f"/requests/{asked.pk}/").headers["Location"] == "/requests/"
        answer = resident.client.post(f"/requests/{asked.pk}/", {"cancel": "1"})
        assert answer.headers["Location"] == "/requests/"
        # one's own phone with the number of another's request: no such request
        page = resident.looks_for(asked)
        assert "没有这个单号和电话的请求" in page.text
        assert "周海龙" not in page.text

    def test_the_same_is_said_whether_or_not_there_is_such_a_request(self, resident):
        asked = ServiceRequestFactory(phone=PHONE)
        answers = [
            Client().post("/requests/", {"number": number, "phone": phone})
            for number, phone in ((asked.number, PHONE), ("99999999", PHONE), (asked.number, "13911112222"))
        ]  # fmt: skip
        assert len({(one.status_code, one.headers["Location"]) for one in answers}) == 1

    def test_a_code_is_good_once_for_minutes_and_few_tries(self, resident, sent, time_machine):
        client = resident.client
        client.post("/requests/new/", {"phone": PHONE})
        code = sent[PHONE]
        assert code not in str(PhoneCode.objects.values())
        wrong = f"{(int(code) + 1) % 1000000:06d}"
        for _ in range(TRIES - 1):
            assert "不正确" in client.post("/requests/new/", {"code": wrong}).text
        client.post("/requests/new/", {"code": wrong})
        assert "发送次数过多" in client.post("/requests/new/", {"code": code}).text

    def test_an_old_code_is_good_no_more(self, resident, sent, time_machine):
        resident.client.post("/requests/new/", {"phone": PHONE})
        time_machine.move_to(timezone.now() + LASTS + datetime.timedelta(minutes=1), tick=False)
        page = resident.client.post("/requests/new/", {"code": sent[PHONE]})
        assert "已过期" in page.text

    def test_a_phone_is_not_flooded(self, resident, settings):
        for _ in range(settings.LOCKOUT_FAILURES):
            resident.client.post("/requests/new/", {"phone": PHONE})
        assert "发送次数过多" in Client().post("/requests/new/", {"phone": PHONE}).text

    def test_a_gateway_that_fails_is_said_and_nothing_waits_for_a_code(self, resident, monkeypatch):
        monkeypatch.setattr("suzhou_portal.linkage.sending.send", lambda phone, text: False)
        page = resident.client.post("/requests/new/", {"phone": PHONE})
        assert "短信没有发出" in page.text
        assert "code" not in page.context["form"].fields

    def test_a_site_without_a_gateway_says_who_tells_the_code(self, resident, settings):
        assert "还没有接通短信" in resident.client.get("/requests/new/").text
        settings.SMS_GATEWAY = "https://sms.example"
        assert "还没有接通短信" not in resident.client.get("/requests/new/").text

    def test_a_phone_asks_so_often_a_day(self, resident):
        resident.knows("/requests/new/")
        for number in range(MOST_A_DAY):
            resident.asks(kind="elderly", content=f"第{number}件")
        assert "今天已提出10件" in str(resident.asks(kind="elderly").context["form"].errors)
        assert ServiceRequest.objects.count() == MOST_A_DAY

    def test_the_receipt_leads_who_has_no_phone(self, resident):
        asked = ServiceRequestFactory(phone="")
        clerk = Somebody("community", COMMUNITY)
        paper = clerk.sees(f"/requests/{asked.pk}/receipt/")
        assert asked.spaced_code in paper
        assert "<svg" in paper
        wrong = resident.client.post("/requests/", {"number": asked.number, "code": "A" * 16})
        assert "没有这个单号和回执码" in wrong.text
        found = resident.client.post(
            "/requests/", {"number": asked.number, "code": asked.spaced_code}
        )
        assert found.headers["Location"] == f"/requests/{asked.pk}/"
        stranger = Somebody("community", "620902004005")
        assert stranger.client.get(f"/requests/{asked.pk}/receipt/").status_code == 404

    def test_the_demonstration_shows_its_codes(self, resident, demonstrated, sent):
        page = resident.client.post("/requests/new/", {"phone": PHONE}).text
        assert sent[PHONE] in page


@pytest.fixture
def demonstrated(monkeypatch):
    monkeypatch.setattr("suzhou_portal.linkage.residents.demonstration", lambda request: True)


class TestBadInput:
    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"content": "长" * 1001}, "content"),
            ({"content": ""}, "content"),
            ({"agreed": ""}, "agreed"),
            ({"name": ""}, "name"),
            ({"area": "999999999999"}, "area"),
            ({"kind": "nonsense"}, "kind"),
            ({"wished_on": "2020-01-01"}, "wished_on"),
            ({"sent": "x"}, "sent"),
        ],
    )
    def test_is_said_at_its_field_and_nothing_is_lost(self, resident, told, field):
        resident.knows("/requests/new/")
        answer = resident.asks(**{"kind": "elderly"} | told)
        assert field in answer.context["form"].errors
        assert not ServiceRequest.objects.exists()
        assert answer.context["form"]["address"].value() is not None

    def test_rare_characters_stay(self, resident):
        resident.knows("/requests/new/")
        resident.asks(kind="elderly", name="王𬭳", content="找𬭳家")
        asked = ServiceRequest.objects.get()
        assert (asked.name, asked.content) == ("王𬭳", "找𬭳家")

    def test_a_wrong_file_is_named(self, resident):
        from django.core.files.uploadedfile import SimpleUploadedFile

        resident.knows("/requests/new/")
        file = SimpleUploadedFile("a.exe", b"MZ\x90")
        answer = resident.asks(kind="elderly", uploads=file)
        assert "a.exe" in str(answer.context["files"].errors)
        assert not ServiceRequest.objects.exists()

    def test_a_wrong_phone_gets_no_code(self, resident, sent):
        assert (
            "phone"
            in resident.client.post("/requests/new/", {"phone": "138"}).context["form"].errors
        )
        assert not sent

    def test_a_withdrawn_service_is_not_asked_for(self, resident):
        gone = ServiceItemFactory(withdrawn_on=timezone.localdate() - ONE)
        resident.knows("/requests/new/")
        page = resident.client.get(f"/requests/new/?service={gone.pk}")
        assert page.context["service"] is None

    @pytest.mark.parametrize(
        "path", ["?service=x", "?area=%00", "?service=99999999999999999999", "?q=" + "长" * 500]
    )
    def test_strange_addresses_are_harmless(self, resident, path):
        resident.knows("/requests/new/")
        assert resident.client.get(f"/requests/new/{path}").status_code in (200, 400)


def test_pages_cost_the_same_however_many_there_are(resident):
    asked = ServiceRequestFactory(phone=PHONE)
    resident.looks_for(asked)
    page = f"/requests/{asked.pk}/"
    before = queries(resident.client, page)
    ServiceRequestFactory.create_batch(5, phone=PHONE)
    assert queries(resident.client, page) == before
