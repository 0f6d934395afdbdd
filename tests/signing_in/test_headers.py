"""What every answer tells the browser: its policy, and that nobody in between keeps it."""

import datetime
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suzhou_portal import raw_answers, server
from tests.factories.accounts import UserFactory
from tests.signing_in.steps import sign_in

pytestmark = pytest.mark.django_db
PERSON = "/admin/communities/person/"
PUBLIC = {
    "/": 200, "/dashboard/": 200, "/services/": 200, reverse("sign_in"): 200,
    "/data/figures.json": 200, "/data/figures.csv": 200, "/healthz": 200,
    "/nowhere/": 404, "/dashboard/?as_of=x": 400, "/dashboard": 301, "/admin/": 302,
    "/robots.txt": 200, "/favicon.ico": 302, "/.well-known/security.txt": 200,
}  # fmt: skip
STAFF = {
    "/account/": 200, reverse("password"): 200, reverse("second_factor_setup"): 200,
    "/admin/": 200, PERSON: 200, f"{PERSON}add/": 200, f"{PERSON}?no_such_filter=1": 302,
    f"{PERSON}0/reveal/phone/": 404, "/admin/figures/publishedvalue/add/": 403,
    "/admin/autocomplete/?app_label=communities&model_name=post&field_name=person": 200,
    "/admin/jsi18n/": 200, "/": 200, "/data/figures.csv": 200, "/nowhere/": 404,
    "/dashboard/?as_of=x": 400, "/admin/areas/area/%00/change/": 400,
}  # fmt: skip
POLICY = {
    "default-src": ["'self'"], "img-src": ["'self'", "data:"], "object-src": ["'none'"],
    "base-uri": ["'none'"], "form-action": ["'self'"], "frame-ancestors": ["'none'"],
}  # fmt: skip
PRODUCTION = {
    "DATABASE_URL": "postgres://app:secret@127.0.0.1:9/portal", "HTTPS": "true",
    "ALLOWED_HOSTS": "portal.example.gov.cn",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.gov.cn",
}  # fmt: skip


def check_headers(response):
    written = response["Content-Security-Policy"].split(";")
    policy = {words[0]: words[1:] for words in map(str.split, written) if words}
    assert policy == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(("path", "status"), PUBLIC.items())
def test_public_answers(reference, client, path, status):
    response = client.get(path)
    assert response.status_code == status
    check_headers(response)


@pytest.mark.parametrize(("path", "status"), STAFF.items())
def test_answers_to_signed_in_people(reference, client, clerk, path, status):
    sign_in(client, clerk.username)
    response = client.get(path)
    assert response.status_code == status
    check_headers(response)
    kept = {word.strip() for word in response["Cache-Control"].split(",")}
    assert {"private", "no-store"} <= kept
    assert "Cookie" in response["Vary"]


def test_an_answer_that_opens_a_session_is_kept_by_nobody(client):
    response = sign_in(client, UserFactory().username)
    assert configured.SESSION_COOKIE_NAME in response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_open_data_may_be_kept_by_whoever_asks_whether_it_is_still_true(reference, client, ending):
    response = client.get(f"/data/figures.{ending}")
    assert response["Cache-Control"] == "no-cache"
    assert response["ETag"]


@pytest.mark.parametrize(("error", "status"), [(OperationalError, 503), (RuntimeError, 500)])
def test_failures(reference, clerk_client, monkeypatch, error, status):
    def broken(*args):
        raise error

    monkeypatch.setattr("suzhou_portal.figures.door.read", broken)
    clerk_client.raise_request_exception = False
    response = clerk_client.get("/dashboard/")
    assert response.status_code == status
    check_headers(response)
    assert "no-store" in response["Cache-Control"]


def test_refused_forms_and_hosts(client):
    check_headers(Client(enforce_csrf_checks=True).post(reverse("sign_in")))
    wrong_host = client.get("/", headers={"host": "evil.example"})
    assert wrong_host.status_code == 400
    check_headers(wrong_host)


def test_cookies_that_no_database_can_hold_are_none(reference, client, clerk):
    sign_in(client, clerk.username)
    client.cookies["broken"] = "a\0b"
    assert client.get("/account/").status_code == 200
    for name in (configured.SESSION_COOKIE_NAME, configured.CSRF_COOKIE_NAME, "messages"):
        client.cookies[name] = '"abc\\000"'  # as a client quotes it
    for path in ("/", "/services/", reverse("sign_in"), "/volunteers/mine/"):
        assert client.get(path).status_code == 200
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", "http://testserver/"), ("党群服务中心 0937-2611234", "tel:+86-9372611234"),
        ("热线 116114", "tel:116114"),
        ("邮箱：it@example.gov.cn，电话 0937-2611234", "mailto:it@example.gov.cn"),
    ],
)  # fmt: skip
def test_whom_to_tell_of_a_weakness(reference, client, settings, contact, told):
    settings.SITE_IDENTITY = settings.SITE_IDENTITY | {"联系方式": contact}
    lines = client.get("/.well-known/security.txt").text.splitlines()
    assert lines[0] == f"Contact: {told}"
    expires = datetime.datetime.fromisoformat(lines[1].removeprefix("Expires: "))
    assert 0 < (expires - timezone.now()).days < 365


def test_search_engines_are_kept_from_what_asks_for_an_account(reference, client):
    told = client.get("/robots.txt").text
    kept_out = re.findall("^Disallow: (.+)$", told, re.MULTILINE)
    assert {client.get(path).status_code for path in kept_out} == {302}


def test_what_the_server_answers_itself_is_ours_too():
    for status in (400, 431, 500):
        head, _, body = raw_answers.error_answer(status).partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        said = dict(line.split(": ", 1) for line in lines)
        assert first.startswith(f"HTTP/1.1 {status} ")
        assert int(said["Content-Length"]) == len(body)
        assert {"Content-Security-Policy", "X-Content-Type-Options"} <= set(said)
        assert "gunicorn" not in head.decode() + body.decode()
        assert 'lang="zh-CN"' in body.decode()


def test_the_server_believes_no_header_that_names_a_path():
    told = server.Served("127.0.0.1:8000", 2, 4, Path("portal.pid"))
    assert server.Portal(told).cfg.forwarder_headers == []


def manage(*arguments, **environment):
    """Run manage.py as a site would: with no `.env`, and nothing of ours but the environment."""
    ours = {"DJANGO_SETTINGS_MODULE": "suzhou_portal.settings", **environment}
    passed = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=configured.BASE_DIR,
        env={**passed, **ours},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changed", "clean"),
    [({}, True), ({"HTTPS": "false"}, False), ({"SECRET_KEY": "short"}, False)],
)
def test_check_deploy(tmp_path, changed, clean):
    """Nothing to report for a proper site, and its database is not asked."""
    given = {"PORTAL_STATE": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(50), **PRODUCTION}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **{**given, **changed})
    assert (done.returncode == 0) is clean, done.stderr
    if clean:
        assert "no issues" in done.stdout


ASK = """
from django.test import Client
from django.conf import settings
asked = Client(headers={"host": "portal.example.gov.cn"}, raise_request_exception=False)
plain = asked.get("/account/sign-in/?next=/")
secure = asked.get("/readyz", headers={"x-forwarded-proto": "https"})
print(plain.status_code, plain["Location"])
print(secure.status_code, secure["Strict-Transport-Security"])
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY)
"""


def test_a_site_with_https_insists_on_it(tmp_path):
    """Even while its database is away."""
    given = {"PORTAL_STATE": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(50), **PRODUCTION}
    said = manage("shell", "--no-imports", "-c", ASK, **given).stdout.splitlines()
    assert said == [
        "301 https://portal.example.gov.cn/account/sign-in/?next=/",
        "503 max-age=31536000; includeSubDomains; preload",
        "True True True",
    ]


def test_a_site_without_it_does_not(reference, client):
    assert not client.get("/").has_header("Strict-Transport-Security")
    assert not sign_in(client, UserFactory().username).cookies["sessionid"]["secure"]
