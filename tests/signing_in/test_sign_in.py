"""The sign-in page: who is let in, what the others learn (nothing), and where one goes next."""

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from seeds.demo.accounts import create_demo_accounts
from suzhou_portal.accounts.forms import WRONG
from suzhou_portal.accounts.models import User
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.figures import DemonstrationFactory
from tests.signing_in.steps import (
    SIGN_IN,
    START,
    WRONG_PASSWORD,
    sign_in,
    signed_in,
    without_token,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "http:///evil.example/",
    "javascript:alert(1)", "data:text/html,x", "\\\\evil.example", "/\\evil.example",
    "\0//evil.example", "\x08//evil.example", "http://[::1", "https://testserver@evil.example/",
    SIGN_IN, f"{SIGN_IN}?next={SIGN_IN}",
]  # fmt: skip
HERE = ["/services/?q=%E5%85%BB&page=2", "/admin/communities/person/", "http://testserver/account/"]


def test_the_right_password_opens_the_portal(client):
    user = UserFactory()
    response = sign_in(client, user.username)
    assert (response.status_code, response.url) == (302, START)
    assert signed_in(client)


@pytest.mark.parametrize("password", [WRONG_PASSWORD, PASSWORD.upper(), PASSWORD + " ", ""])
def test_any_other_password_does_not(client, password):
    response = sign_in(client, UserFactory().username, password)
    assert response.status_code == 200
    assert not signed_in(client)


def test_nobody_learns_whether_an_account_exists(client, monkeypatch):
    """Unknown, wrong password, switched off: one answer, and the same work done for it."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(args[1]) or encode(*args)
    )

    def answer(password):
        hashed.clear()
        response = sign_in(client, "zhangsan", password)
        return response.status_code, without_token(response), hashed[:] == [password]

    unknown = answer(WRONG_PASSWORD)
    user = UserFactory(username="zhangsan")
    wrong = answer(WRONG_PASSWORD)
    user.is_active = False
    user.save()
    switched_off = answer(PASSWORD)
    assert WRONG in unknown[1]
    assert unknown[2]
    assert unknown == wrong == switched_off


def test_switching_an_account_off_ends_its_session(client):
    user = UserFactory()
    sign_in(client, user.username)
    user.is_active = False
    user.save()
    assert not signed_in(client)


@pytest.mark.parametrize("username", ["zhang\0san", "长" * 500, "\ud83d", "' OR 1=1 --"])
def test_no_name_breaks_the_page(client, username):
    response = client.post(
        SIGN_IN,
        f"username={_quoted(username)}&password=x",
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 200


def _quoted(text):
    return "".join(f"%{byte:02x}" for byte in text.encode(errors="surrogatepass"))


def test_a_typed_password_is_kept_nowhere(client):
    sign_in(client, UserFactory().username, WRONG_PASSWORD, next="/?x=%00\0")
    kept = [*AuditEntry.objects.values_list(), *AccessAttempt.objects.values_list()]
    assert len(kept) >= 2
    assert WRONG_PASSWORD not in str(kept)
    assert WRONG_PASSWORD.replace(" ", "+") not in str(kept)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client, target):
    user = UserFactory()
    assert sign_in(client, user.username, next=target).url == START
    assert client.get(SIGN_IN, {"next": target}).url == START


@pytest.mark.parametrize("target", HERE)
def test_one_goes_where_one_was_going(client, target):
    user = UserFactory()
    assert target in client.get(SIGN_IN, {"next": target}).context["next"]
    assert sign_in(client, user.username, next=target).url == target
    assert client.get(SIGN_IN, {"next": target}).url == target


@pytest.mark.parametrize(
    ("target", "reached"), [*((t, START) for t in ELSEWHERE), *((t, t) for t in HERE)]
)
def test_the_admin_has_no_door_of_its_own(client, target, reached):
    page = client.get("/admin/login/", {"next": target}, follow=True)
    assert [step[0].partition("?")[0] for step in page.redirect_chain] == [SIGN_IN]
    user = UserFactory()
    assert sign_in(client, user.username, next=page.context["next"]).url == reached


def test_a_page_asks_one_to_sign_in_and_then_opens(client):
    wanted = "/admin/communities/person/?q=%E5%BC%A0"
    asked = client.get(wanted, follow=True)
    assert asked.request["PATH_INFO"] == SIGN_IN
    assert sign_in(client, UserFactory().username, next=asked.context["next"]).url == wanted


@pytest.mark.parametrize("page", [SIGN_IN, reverse("sign_out"), reverse("password")])
def test_a_form_from_elsewhere_is_refused(page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    response = client.post(page, {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "页面已过期" in response.text


def test_the_form_itself_is_accepted():
    client, user = Client(enforce_csrf_checks=True), UserFactory()
    token = client.get(SIGN_IN).context["csrf_token"]
    assert sign_in(client, user.username, csrfmiddlewaretoken=str(token)).url == START


def test_the_page_belongs_to_the_portal_around_it(reference, client):
    page = client.get(SIGN_IN).text
    assert "<title>工作人员登录 · 肃州区五社联动门户</title>" in page
    assert "这一页有错？告诉我们" in page


def test_the_demonstration_lists_its_accounts_and_a_real_site_does_not(reference, client):
    create_demo_accounts()
    assert "demo-district" not in client.get(SIGN_IN).text
    DemonstrationFactory()
    page = client.get(SIGN_IN).text
    assert "demo-district" in page
    assert "区级：肃州区" in page
    User.objects.filter(username="demo-district").update(is_active=False)
    assert "demo-district" not in client.get(SIGN_IN).text
