"""A session begins at sign-in, ends by itself, by signing out, and with the browser."""

import datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.signing_in.steps import SIGN_IN, START, sign_in, signed_in

pytestmark = pytest.mark.django_db
COOKIE = settings.SESSION_COOKIE_NAME
SIGN_OUT = reverse("sign_out")
IDLE = datetime.timedelta(minutes=settings.IDLE_MINUTES)
SECOND = datetime.timedelta(seconds=1)


def test_a_session_known_before_does_not_become_ours(client):
    session = client.session
    session["planted"] = True
    session.save()
    sign_in(client, UserFactory().username)
    assert client.session.session_key != session.session_key
    assert not session.exists(session.session_key)


def test_a_session_of_another_person_is_emptied(client):
    sign_in(client, UserFactory().username)
    session = client.session
    session["theirs"] = True
    session.save()
    client.cookies.pop(settings.CSRF_COOKIE_NAME, None)
    client.post(SIGN_OUT)
    sign_in(client, UserFactory().username)
    assert "theirs" not in client.session


def test_it_ends_when_nobody_asks_for_anything(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, UserFactory().username)
        for _ in range(3):
            clock.shift(IDLE - SECOND)
            assert signed_in(client)
        clock.shift(IDLE + SECOND)
        assert not signed_in(client)


def test_it_ends_with_the_browser(client):
    cookie = sign_in(client, UserFactory().username).cookies[COOKIE]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/nowhere/", "/dashboard", "/data/figures.json"])
def test_an_ended_session_does_not_begin_anew(reference, client, path):
    client.cookies[COOKIE] = "a" * 32
    response = client.get(path)
    assert response.cookies[COOKIE].value == ""
    assert not Session.objects.exists()


@pytest.mark.parametrize("path", [SIGN_OUT, "/admin/logout/"])
def test_signing_out(client, path):
    sign_in(client, UserFactory().username)
    assert client.get(path).status_code == 405
    assert signed_in(client)
    assert client.post(path).url == reverse("home")
    assert not signed_in(client)
    assert not Session.objects.exists()


@pytest.mark.parametrize(("path", "reached"), [(SIGN_OUT, "/"), ("/admin/logout/", SIGN_IN)])
def test_signing_out_after_the_session_ended(reference, client, path, reached):
    response = client.post(path, follow=True)
    assert (response.status_code, response.request["PATH_INFO"]) == (200, reached)
    assert (response.context.get("next") or START) in (START, reverse("admin:index"))
