"""One-time codes: set up once, asked for at every sign-in after that, good for one use."""

import base64
import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.signing_in.steps import (
    START,
    asked_at,
    code_of,
    sign_in,
    signed_in,
    with_device,
    wrong_code_of,
)

pytestmark = pytest.mark.django_db
ASK, SETUP, PASSWORD_PAGE = (
    reverse("second_factor"),
    reverse("second_factor_setup"),
    reverse("password"),
)
STEP = datetime.timedelta(seconds=30)


@pytest.fixture(autouse=True)
def clock():
    """A clock that stands until it is moved, so that a code does not change in between."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def device(client):
    """The authenticator of somebody who has typed the password and is asked for the code."""
    device = with_device(UserFactory())
    sign_in(client, device.user.username)
    return device


def shown(page):
    """The device of which a page of the setup shows the key."""
    typed = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    return TOTPDevice(key=base64.b32decode(typed).hex())


def answer(client, code, page=ASK, **query):
    return client.post(page, {"code": code}, query_params=query)


def test_setting_up(client, clock):
    user = UserFactory()
    client.force_login(user)
    page = client.get(SETUP)
    device = shown(page)
    assert "no-store" in page["Cache-Control"]
    assert client.get(START).status_code == 200, "not asked for before it is confirmed"
    assert "验证码不正确" in answer(client, wrong_code_of(device), SETUP).text
    clock.shift(STEP)
    before = client.session.session_key
    assert answer(client, code_of(device), SETUP).url == START
    assert client.session.session_key != before
    assert "两步验证已启用" in client.get(reverse("account")).text
    assert signed_in(client)

    elsewhere = Client()
    sign_in(elsewhere, user.username)
    assert elsewhere.get(START).url == asked_at(ASK)


def test_the_picture_and_the_key_say_what_an_authenticator_reads(client):
    user = UserFactory()
    client.force_login(user)
    response = client.get(SETUP)
    page, device = response.text, shown(response)
    picture = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert re.search("<svg[^>]* viewBox=", picture), "else a page that gives it a size cuts it off"
    assert not re.search(r"style|<script|\son\w+=", picture)
    typed = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1]
    assert base64.b32decode(typed.replace(" ", "")) == device.bin_key
    assert device.key not in page
    assert client.get(SETUP).text.count(typed) == 1, "the same key until it is confirmed"
    assert not TOTPDevice.objects.exists(), "looking writes nothing"


def test_two_windows_opened_at_once_break_nothing(client):
    client.force_login(UserFactory())
    first, second = shown(client.get(SETUP)), shown(client.get(SETUP))
    assert first.bin_key == second.bin_key
    assert answer(client, code_of(first), SETUP).url == START
    assert TOTPDevice.objects.count() == 1


def test_a_code_counts_once_from_the_first(client):
    client.force_login(UserFactory())
    device = shown(client.get(SETUP))
    answer(client, code_of(device), SETUP)
    other = Client()
    sign_in(other, TOTPDevice.objects.get().user.username)
    assert "验证码不正确" in answer(other, code_of(device)).text


class TestAsked:
    """The password alone opens nothing."""

    @pytest.mark.parametrize("path", ["/admin/", "/account/", SETUP, PASSWORD_PAGE])
    def test_every_page_leads_to_the_question(self, client, device, path):
        assert client.get(path).url == asked_at(ASK, path)
        assert client.post(path, {"old_password": "x"}).url == asked_at(ASK)
        assert TOTPDevice.objects.count() == 1

    def test_the_code_opens_them(self, client, device):
        before = client.session.session_key
        assert answer(client, code_of(device), next="/account/?a=1").url == "/account/?a=1"
        assert signed_in(client)
        assert client.session.session_key != before

    @pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "12 456"])
    def test_what_is_no_code_is_said_so(self, client, device, code):
        assert re.search("验证码是6位数字|请输入验证码", answer(client, code).text)
        device.refresh_from_db()
        assert device.throttling_failure_count == 0

    def test_a_wrong_code_is_written_down(self, client, device):
        answer(client, wrong_code_of(device))
        entry = AuditEntry.objects.filter(action=Action.SIGN_IN_FAILED).first()
        assert (entry.actor_id, entry.note) == (device.user_id, "验证码不正确")

    def test_a_wrong_code_slows_down_the_next(self, client, device, clock):
        for failures in range(1, 4):
            assert answer(client, wrong_code_of(device)).status_code == 200
            assert answer(client, code_of(device)).status_code == 200, "too soon"
            assert not signed_in(client)
            clock.shift(datetime.timedelta(seconds=2 ** (failures - 1)))
        assert answer(client, code_of(device)).url == START
        assert signed_in(client)

    def test_somebody_who_looked_on_cannot_use_it_again(self, client, device, clock):
        seen = code_of(device)
        assert answer(client, seen).url == START
        other = Client()
        sign_in(other, device.user.username)
        assert answer(other, seen).status_code == 200
        clock.shift(STEP)
        assert answer(other, seen).status_code == 200
        clock.shift(STEP)
        device.refresh_from_db()
        assert answer(other, code_of(device)).url == START

    def test_another_persons_code_opens_nothing(self, client, device):
        assert answer(client, code_of(with_device(UserFactory()))).status_code == 200
        assert not signed_in(client)

    def test_another_persons_device_in_the_session_opens_nothing(self, client, device):
        session = client.session
        session["otp_device_id"] = with_device(UserFactory()).persistent_id
        session.save()
        assert not signed_in(client)

    @pytest.mark.parametrize(
        "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
    )
    @pytest.mark.parametrize("page", [ASK, SETUP])
    def test_nobody_is_sent_elsewhere(self, client, device, page, target):
        if page == SETUP:
            device.delete()
            device = shown(client.get(SETUP))
        assert answer(client, code_of(device), page, next=target).url == START


class TestRequired:
    """Where a district asks a second factor of everybody."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.REQUIRE_SECOND_FACTOR = True

    @pytest.mark.parametrize("path", [START, "/account/", ASK, PASSWORD_PAGE])
    def test_every_page_leads_to_the_setup(self, client, path):
        client.force_login(UserFactory())
        assert client.get(path).url == asked_at(SETUP, path)

    def test_then_to_a_password_of_ones_own(self, client):
        user = UserFactory(must_change_password=True)
        sign_in(client, user.username)
        assert client.get(SETUP).status_code == 200
        code = code_of(shown(client.get(SETUP)))
        assert answer(client, code, SETUP, next="/account/").url == "/account/"
        assert client.get("/account/").url == asked_at(PASSWORD_PAGE, "/account/")
