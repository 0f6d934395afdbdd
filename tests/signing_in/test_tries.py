"""Every secret that somebody may try is guessed only so often, and one secret locks no other."""

import datetime
import re

import pytest
import time_machine
from django import forms
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.linkage import ServiceRequestFactory
from tests.factories.service import (
    ServiceCertificateFactory,
    VolunteerApplicationFactory,
    VolunteerFactory,
)
from tests.signing_in.steps import (
    START,
    WRONG_PASSWORD,
    code_of,
    sign_in,
    with_device,
    wrong_code_of,
)

pytestmark = pytest.mark.django_db
LIMIT, OFFICE = configured.LOCKOUT_FAILURES, configured.ADDRESS_FAILURES
TERM = datetime.timedelta(minutes=configured.LOCKOUT_MINUTES)
NEAR, FAR = "10.0.0.9", "203.0.113.7"
# What people type to prove something: names of fields.
SECRETS = re.compile(r"password|code$|phone")


class OwnPassword:
    """The old password, in a session that was left open."""

    form = "NewPasswordForm"

    def __init__(self):
        self.user = UserFactory()
        self.browser = Client(REMOTE_ADDR=FAR)
        self.browser.force_login(self.user)

    def fails(self, **server):
        typed = dict.fromkeys(("new_password1", "new_password2"), "Xia-tian-2026")
        return self.browser.post(reverse("password"), {"old_password": "no", **typed}, **server)

    def succeeds(self, **server):
        typed = dict.fromkeys(("new_password1", "new_password2"), "Xia-tian-2026")
        sent = {"old_password": PASSWORD, **typed}
        return self.browser.post(reverse("password"), sent, **server).status_code == 302


class OneVolunteer:
    """A volunteer's phone, beside a number that anybody may know."""

    form = "WhoForm"

    def __init__(self):
        self.volunteer = VolunteerFactory()

    def fails(self, **server):
        return self._sends("0", **server)

    def succeeds(self, **server):
        return "token" in (self._sends(self.volunteer.phone, **server).context or {})

    def _sends(self, phone, **server):
        number = f"v {self.volunteer.pk}".replace(" ", "")
        sent = {"number": number, "phone": phone}
        return Client().post(reverse("my_service"), sent, **{"REMOTE_ADDR": FAR, **server})


class OneCertificate:
    """The code of a certificate, which is about nobody in particular."""

    form = "CertificateCodeForm"

    def __init__(self):
        self.certificate = ServiceCertificateFactory()

    def fails(self, **server):
        return self._asks("AAAA-AAAA-AAAA-AAAA", **server)

    def succeeds(self, **server):
        answer = self._asks(self.certificate.code, **server)
        return answer.status_code == 200 and answer.context["certificate"] is not None

    def _asks(self, code, **server):
        return Client().get(
            reverse("verify_certificate"), {"code": code}, **{"REMOTE_ADDR": FAR, **server}
        )


class OneApplication:
    """The code of somebody's application to become a volunteer."""

    form = "ApplicationCodeForm"

    def __init__(self):
        self.application = VolunteerApplicationFactory()

    def fails(self, **server):
        return self._asks("AAAA-AAAA-AAAA-AAAA", **server)

    def succeeds(self, **server):
        answer = self._asks(self.application.code, **server)
        return answer.status_code == 200 and answer.context["found"] == self.application

    def _asks(self, code, **server):
        address = {"REMOTE_ADDR": FAR, **server}
        return Client().post(reverse("joined_volunteers"), {"code": code}, **address)


class OneReceipt:
    """The code on the receipt of a request, beside a number that anybody may know."""

    form = "FindForm"

    def __init__(self):
        self.request = ServiceRequestFactory()

    def fails(self, **server):
        return self._asks("AAAA-AAAA-AAAA-AAAA", **server)

    def succeeds(self, **server):
        return self._asks(self.request.code, **server).status_code == 302

    def _asks(self, code, **server):
        sent = {"number": self.request.number, "code": code}
        return Client().post(reverse("requests"), sent, **{"REMOTE_ADDR": FAR, **server})


COUNTED = [OwnPassword, OneVolunteer, OneCertificate, OneApplication, OneReceipt]
# Guarded by others: axes (test_lockout.py), django-otp, which slows down (test_second_factor.py), and
# the few tries of each code that is sent to a phone (tests/linkage/test_residents.py).
GUARDED = {"SignInForm", "CodeForm", "PhoneCodeForm"}
# The code of a division is no secret, nor is a phone to which a code is sent.
OPEN = {"FoundForm", "PhoneForm"}


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_every_form_that_asks_for_a_secret_is_known():
    """Forms that make or change records ask for values to keep; these ask for one to compare."""
    asking = {
        form.__name__
        for form in _all_forms(forms.Form)
        if form.__module__.split(".")[0] in ("suzhou_portal", "volunteers", "communities", "organizations", "charity")
        and any(SECRETS.search(name) for name in form.base_fields)
    }  # fmt: skip
    assert asking - OPEN == GUARDED | {secret.form for secret in COUNTED}


def _all_forms(form):
    for one in form.__subclasses__():
        yield one
        yield from _all_forms(one)


@pytest.mark.parametrize("secret", [OwnPassword, OneVolunteer])
def test_one_secret_is_guessed_so_often_from_anywhere(secret, clock):
    one, other = secret(), secret()
    for number in range(LIMIT):
        assert one.fails(REMOTE_ADDR=f"192.0.2.{number}").status_code == 200
    assert not one.succeeds()
    assert other.succeeds()
    clock.shift(TERM + datetime.timedelta(seconds=1))
    assert one.succeeds()


@pytest.mark.parametrize("secret", COUNTED)
def test_one_address_tries_so_many(secret, settings, clock):
    settings.ADDRESS_FAILURES = 3
    for _ in range(3):
        assert secret().fails(REMOTE_ADDR=NEAR).status_code == 200
    one = secret()
    assert not one.succeeds(REMOTE_ADDR=NEAR)
    assert one.succeeds(REMOTE_ADDR=FAR)


@pytest.mark.parametrize("secret", COUNTED)
def test_failures_of_one_secret_lock_no_other(secret, settings):
    settings.ADDRESS_FAILURES = 3
    for _ in range(6):
        secret().fails(REMOTE_ADDR=NEAR)
    for other in COUNTED:
        if other is not secret:
            assert other().succeeds(REMOTE_ADDR=NEAR)
    assert sign_in(Client(), UserFactory().username, REMOTE_ADDR=NEAR).url == START


def test_failed_sign_ins_lock_no_volunteer(settings):
    settings.ADDRESS_FAILURES = 3
    for number in range(4):
        sign_in(Client(), f"guess{number}", WRONG_PASSWORD, REMOTE_ADDR=NEAR)
    assert OneVolunteer().succeeds(REMOTE_ADDR=NEAR)


@pytest.mark.parametrize("secret", COUNTED)
def test_a_failure_is_written_down_without_what_was_typed(secret):
    secret().fails(REMOTE_ADDR=NEAR)
    [entry] = AuditEntry.objects.filter(action=Action.TRY_FAILED)
    assert entry.address == NEAR
    assert entry.note
    assert "AAAA" not in str(vars(entry))


def test_a_wrong_second_factor_slows_down_the_person_alone(client):
    device, other = with_device(UserFactory()), with_device(UserFactory())
    for one in (device, other):
        sign_in(client, one.user.username)
        wrong = wrong_code_of(one) if one is device else code_of(one)
        client.post(reverse("second_factor"), {"code": wrong})
    assert client.get(START).status_code == 200
