"""Guessing passwords is stopped: for one account soon, for one address a little later."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.utils import timezone

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.signing_in.steps import (
    SIGN_IN,
    START,
    WRONG_PASSWORD,
    sign_in,
    signed_in,
    without_token,
)

pytestmark = pytest.mark.django_db
LIMIT, MINUTES = configured.LOCKOUT_FAILURES, configured.LOCKOUT_MINUTES
SECOND = datetime.timedelta(seconds=1)
TERM = datetime.timedelta(minutes=MINUTES)
NEAR, FAR = "10.0.0.9", "203.0.113.7"


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def fail(client, username, times, **server):
    return [sign_in(client, username, WRONG_PASSWORD, **server).status_code for _ in range(times)]


def test_an_account_is_locked_for_a_while(client, clock):
    user = UserFactory()
    assert fail(client, user.username, LIMIT) == [200] * (LIMIT - 1) + [429]
    clock.shift(TERM - SECOND)
    locked = sign_in(client, user.username, REMOTE_ADDR=FAR)
    assert locked.status_code == 429
    assert locked["Retry-After"] == str(MINUTES * 60)
    assert f"请过{MINUTES}分钟再试" in locked.text
    assert not signed_in(client)
    clock.shift(2 * SECOND)
    assert sign_in(client, user.username).url == START


def test_it_is_written_down_once(client):
    user = UserFactory()
    fail(client, user.username, LIMIT + 3)
    about = AuditEntry.objects.filter(actor_name=user.username)
    assert about.filter(action=Action.SIGN_IN_FAILED).count() == LIMIT
    assert about.filter(action=Action.LOCKED_OUT).count() == 1


def test_an_account_that_does_not_exist_is_locked_the_same(client):
    user = UserFactory()
    answers = {}
    for name in (user.username, "nobody"):
        fail(client, name, LIMIT - 1)
        answers[name] = [
            (response.status_code, without_token(response))
            for response in (sign_in(client, name, WRONG_PASSWORD), sign_in(client, name))
        ]
    assert answers[user.username] == answers["nobody"]
    assert {status for status, _ in answers["nobody"]} == {429}


@pytest.mark.parametrize("typed", [" clerk ", "ｃｌｅｒｋ", "clerk\u3000"])
def test_however_its_name_is_typed(client, typed):
    UserFactory(username="clerk")
    fail(client, "clerk", LIMIT - 1)
    assert fail(client, typed, 1) == [429]
    assert sign_in(client, typed).status_code == sign_in(client, "clerk").status_code == 429


def test_others_are_not_locked_with_it(client):
    fail(client, UserFactory().username, LIMIT)
    assert sign_in(client, UserFactory().username).url == START


def test_success_forgets_earlier_failures(client):
    user = UserFactory()
    for _ in range(2):
        assert fail(client, user.username, LIMIT - 1) == [200] * (LIMIT - 1)
        assert sign_in(client, user.username).status_code == 302
        client.logout()


def test_an_address_that_tries_many_accounts_is_locked(client, clock, settings):
    settings.ADDRESS_FAILURES = 3
    user = UserFactory()
    assert [fail(client, f"guess{n}", 1, REMOTE_ADDR=NEAR) for n in range(3)] == [[200]] * 3
    assert sign_in(client, user.username, REMOTE_ADDR=NEAR).status_code == 429
    assert not signed_in(client)
    assert client.get(SIGN_IN, REMOTE_ADDR=NEAR).status_code == 200
    clock.shift(TERM + SECOND)
    assert sign_in(client, user.username, REMOTE_ADDR=NEAR).url == START


def test_a_name_no_column_holds_is_answered_there_too(client, settings):
    settings.ADDRESS_FAILURES = 3
    fail(client, "guess", 3, REMOTE_ADDR=NEAR)
    assert sign_in(client, "cl\0erk" + "x" * 300, REMOTE_ADDR=NEAR).status_code == 429
    assert AuditEntry.objects.filter(actor_name__startswith="clerk").exists()


def test_another_address_is_not_locked_with_it(client, settings):
    settings.ADDRESS_FAILURES = 3
    fail(client, "guess", 3, REMOTE_ADDR=NEAR)
    assert sign_in(client, UserFactory().username, REMOTE_ADDR=FAR).url == START


def test_an_office_has_room_for_honest_mistakes():
    assert configured.ADDRESS_FAILURES >= 5 * LIMIT


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", NEAR),
        (0, FAR, NEAR),
        (1, "", NEAR),
        (1, FAR, FAR),
        (1, f"1.1.1.1, {FAR}", FAR),
        (1, f"1.1.1.1,{FAR}", FAR),
        (2, f"1.1.1.1, {FAR}, 10.0.0.2", FAR),
        (2, f"{FAR}", NEAR),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, f"{FAR}, unknown", NEAR),
        (1, f"{FAR}, ' OR 1=1 --", NEAR),
        (1, f"{FAR}, ", NEAR),
    ],
)
def test_only_our_own_proxies_are_believed(client, settings, proxies, forwarded, address):
    settings.PROXY_COUNT = proxies
    sign_in(client, "guess", REMOTE_ADDR=NEAR, HTTP_X_FORWARDED_FOR=forwarded)
    assert AuditEntry.objects.get(action=Action.SIGN_IN_FAILED).address == address
    assert AccessAttempt.objects.get().ip_address == address


@pytest.mark.parametrize(("proxies", "seen"), [(0, ""), (1, f", {FAR}")])
def test_a_forged_header_escapes_no_lock(client, settings, proxies, seen):
    settings.PROXY_COUNT, settings.ADDRESS_FAILURES = proxies, 3
    tries = [
        sign_in(client, f"guess{n}", REMOTE_ADDR=NEAR, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}{seen}")
        for n in range(4)
    ]
    assert [response.status_code for response in tries] == [200, 200, 200, 429]


def test_a_locked_address_is_written_down_each_time(client, settings):
    settings.ADDRESS_FAILURES = 1
    sign_in(client, "nobody", "wrong")
    assert sign_in(client, "13800001234", "wrong").status_code == 429
    entry = AuditEntry.objects.filter(action=Action.LOCKED_OUT).first()
    assert (entry.actor_name, entry.note) == ("138****1234", "来访地址失败次数过多")
