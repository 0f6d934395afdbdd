"""A request entered by a system with a key: once, in its division, signed by it; else refused, and said why."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.calendars import workdays
from suzhou_portal.linkage.models import ApiKey, ServiceRequest
from tests.accounts.world import clerk_of, signed_in
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.keys import ApiKeyFactory
from tests.linkage.georeport import conforms, from_xml
from tests.linkage.test_open311 import LISTED, ROOT, told

TODAY = timezone.localdate
ONE_DAY = datetime.timedelta(days=1)
OTHER_STREET = "620902005"


@pytest.fixture
def key(db):
    """The key of a hotline of the whole district."""
    AreaFactory(code=COMMUNITY)
    return ApiKeyFactory(name="市12345热线", area=AreaFactory(code=DISTRICT))


def sent(key, **known):
    """What a hotline sends."""
    return {
        "api_key": key.secret, "service_code": "elderly", "attribute[area]": COMMUNITY,
        "description": "八十岁的老人一个人住，\n想订午饭。", "address_string": "2号楼3单元501",
        "last_name": "欧阳", "first_name": "芳", "phone": "139 0000 5678", "device_id": "x1",
        "lat": "39.74", "long": "98.51", "email": "a@example.com", **known,
    }  # fmt: skip


def enter(browser, key, ending="json", headers=None, **known):
    return browser.post(f"{ROOT}/requests.{ending}", sent(key, **known), headers=headers)


def test_it_is_a_request_like_any_other(client, key):
    response = enter(client, key)
    assert response.status_code == 200, response.text
    [answer] = response.json()
    conforms(answer, "entered")
    made = ServiceRequest.objects.get()
    assert answer["service_request_id"] == made.number
    assert "社区审核" in answer["service_notice"]
    assert (made.channel, made.state, made.kind, made.area_id) == (
        "hotline", "submitted", "elderly", COMMUNITY,
    )  # fmt: skip
    assert made.content == "八十岁的老人一个人住，\n想订午饭。"
    assert (made.name, made.phone) == ("欧阳芳", "13900005678")
    assert (made.address, made.agreed, made.entered_by) == ("2号楼3单元501", False, None)
    assert made.due_on == workdays.after(TODAY(), 2)
    assert client.get(f"{ROOT}/requests/{made.number}.json").json()[0]["status"] == "open"


def test_the_answer_comes_in_xml_too(client, key):
    [answer] = from_xml(enter(client, key, "xml"))
    assert answer["service_request_id"] == ServiceRequest.objects.get().number
    [error] = from_xml(enter(client, key, "xml", service_code=""))
    assert error["code"] == "400"


def test_the_trail_is_signed_by_the_key_whoever_is_signed_in(key):
    browser = signed_in(clerk_of(STREET))
    enter(browser, key)
    entry = AuditEntry.objects.get(model="linkage.servicerequest", action=Action.CREATE)
    assert (entry.actor_name, entry.actor_id) == ("接口密钥：市12345热线", None)
    assert key.secret not in repr(list(AuditEntry.objects.values()))


def test_a_page_elsewhere_cannot_use_whoever_is_signed_in(key):
    """No token is asked of a system; so nothing but the key lets anybody in."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(clerk_of(STREET))
    told(enter(browser, key, api_key=""), 403)
    assert enter(browser, key).status_code == 200


def test_a_system_out_of_order_fills_no_offices_list(client, key):
    ApiKey.objects.update(daily=2)
    first = {"Idempotency-Key": "1"}
    for number in "123":
        answer = enter(client, key, headers={"Idempotency-Key": number})
    assert (answer.status_code, ServiceRequest.objects.count()) == (429, 2)
    assert "已达2件" in answer.text
    assert enter(client, key, headers=first).status_code == 200  # it is known already
    ServiceRequest.objects.update(asked_on=TODAY() - ONE_DAY)
    assert enter(client, key, headers={"Idempotency-Key": "4"}).status_code == 200


def test_pictures_are_not_fetched_and_it_is_said(client, key):
    [answer] = enter(client, key, media_url="http://example.com/1.jpg").json()
    assert "图片链接没有收取" in answer["service_notice"]
    assert "example" not in ServiceRequest.objects.get().content


def test_rare_characters_stay(client, key):
    enter(client, key, description="住在𬭳家巷，要修水管", first_name="𬭳")
    made = ServiceRequest.objects.get()
    assert (made.content, made.name) == ("住在𬭳家巷，要修水管", "欧阳𬭳")


@pytest.mark.parametrize(
    ("wrong", "status", "named"),
    [
        ({"service_code": ""}, 400, "service_code："),
        ({"service_code": "meals"}, 404, "service_code："),
        ({"jurisdiction_id": "110101"}, 404, "jurisdiction_id："),
        ({"description": ""}, 400, "description："),
        ({"description": "啊" * 10_000}, 400, "description："),
        ({"description": "a\0b"}, 400, "description："),
        ({"description": "\ufffd"}, 400, "description："),
        ({"address_string": "号" * 61}, 400, "address_string："),
        ({"phone": "139"}, 400, "phone："),
        ({"attribute[area]": ""}, 400, "attribute[area]："),
        ({"attribute[area]": STREET}, 400, "attribute[area]："),
        ({"attribute[area]": "620902004099"}, 400, "attribute[area]："),
        ({"attribute[area]": "110101001001"}, 400, "attribute[area]："),
    ],
)
def test_what_is_wrong_is_said_by_the_name_it_was_sent_under(wrong, status, named, client, key):
    assert told(enter(client, key, **wrong), status).startswith(named)
    assert not ServiceRequest.objects.exists()


def test_all_that_is_wrong_is_said_at_once(client, key):
    said = told(enter(client, key, description="", phone="139"), 400)
    assert "description" in said
    assert "phone" in said


def test_a_community_that_ended_leads_to_the_next(client, key):
    heir, ended = AreaFactory(code=f"{STREET}098"), AreaFactory(code=f"{STREET}099")
    ended.valid_to, ended.successor = TODAY(), heir
    ended.save()
    assert heir.name in told(enter(client, key, **{"attribute[area]": ended.code}), 400)


class TestKeys:
    @pytest.mark.parametrize(
        "dates",
        [
            {"valid_from": TODAY() + ONE_DAY},
            {"valid_to": TODAY() - ONE_DAY},
            {"revoked_on": TODAY()},
        ],
    )
    def test_one_that_is_not_in_force_opens_nothing(self, dates, client, key):
        ApiKey.objects.filter(pk=key.pk).update(**dates)
        assert "api_key：密钥" in told(enter(client, key), 403)
        assert not ServiceRequest.objects.exists()

    def test_its_first_and_last_day_count(self, client, key):
        ApiKey.objects.filter(pk=key.pk).update(valid_from=TODAY(), valid_to=TODAY())
        assert enter(client, key).status_code == 200

    def test_a_wrong_one_and_none_open_nothing(self, client, key):
        for secret in ("", "x", key.digest, key.secret[:-1], "\0", "钥"):
            assert "api_key" in told(enter(client, key, api_key=secret), 403)
        # In the address it would stand in logs
        by_address = client.post(f"{LISTED}?api_key={key.secret}", sent(key, api_key=""))
        assert by_address.status_code == 403
        assert not ServiceRequest.objects.exists()

    def test_it_reaches_no_further_than_its_division(self, client, key):
        elsewhere = AreaFactory(code=f"{OTHER_STREET}001").code
        streets = ApiKeyFactory(area=AreaFactory(code=STREET))
        said = told(enter(client, streets, **{"attribute[area]": elsewhere}), 403)
        assert str(streets.area) in said
        assert enter(client, streets).status_code == 200
        foreign = ApiKeyFactory(area=AreaFactory(code="620921"))
        told(enter(client, foreign, description="另一件"), 403)
        assert ServiceRequest.objects.count() == 1

    def test_guessing_is_stopped_and_others_are_not(self, client, key, settings):
        settings.ADDRESS_FAILURES = 3
        for _ in range(3):
            told(enter(client, key, api_key="x"), 403)
        assert "次数过多" in told(enter(client, key), 429)
        tried = AuditEntry.objects.filter(action=Action.TRY_FAILED).count()
        told(enter(client, key, api_key="x"), 429)
        assert AuditEntry.objects.filter(action=Action.TRY_FAILED).count() == tried
        elsewhere = client.post(LISTED, sent(key), REMOTE_ADDR="10.0.0.9")
        assert elsewhere.status_code == 200


class TestOnce:
    def test_all_of_it_sent_again_on_a_day_is_the_same(self, client, key, time_machine):
        first = enter(client, key)
        # Meanwhile somebody of the community put it right
        ServiceRequest.objects.update(content="订午饭")
        again = enter(client, key)
        assert first.json() == again.json()
        enter(client, key, account_id="2")
        assert ServiceRequest.objects.count() == 2
        time_machine.move_to(timezone.now() + ONE_DAY)
        enter(client, key)
        assert ServiceRequest.objects.count() == 3

    def test_the_same_number_of_a_submission_is_the_same_on_any_day(
        self, client, key, time_machine
    ):
        number = {"Idempotency-Key": "8e03978e"}
        first = enter(client, key, headers=number)
        time_machine.move_to(timezone.now() + 2 * ONE_DAY)
        assert enter(client, key, headers=number).json() == first.json()
        other = ApiKeyFactory(area=key.area)
        assert enter(client, other, headers=number).json() != first.json()
        assert ServiceRequest.objects.count() == 2

    def test_a_number_used_for_something_else_is_refused(self, client, key):
        number = {"Idempotency-Key": "8e03978e"}
        enter(client, key, headers=number)
        said = told(enter(client, key, headers=number, description="另一件"), 400)
        assert ServiceRequest.objects.get().number in said


def test_sent_at_once_it_stands_once(committed):
    AreaFactory(code=COMMUNITY)
    key = ApiKeyFactory(area=AreaFactory(code=DISTRICT))

    def send(_):
        try:
            return enter(Client(), key).json()[0]["service_request_id"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(24)))
    assert answers == [ServiceRequest.objects.get().number] * 24
