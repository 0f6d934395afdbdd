"""Passwords: what they must be, how long they last, and how somebody gets the first one."""

import datetime
import io
import itertools
import re

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from seeds.demo.accounts import create_demo_accounts
from suzhou_portal.accounts.models import FormerPassword, User
from suzhou_portal.accounts.passwords import REMEMBERED, give_one_time_password, one_time_password
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory
from tests.signing_in.steps import START, asked_at, sign_in, signed_in

pytestmark = pytest.mark.django_db
PAGE = reverse("password")
NEW = "Xia-tian-2026"
DAY = datetime.timedelta(days=1)


def change(client, old=PASSWORD, new=NEW, again=None, **query):
    fields = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(PAGE, fields, query_params=query)


@pytest.fixture
def somebody(client):
    """A signed-in person."""
    user = UserFactory(username="wangxiaoming", name="Zhang Dashan", phone="13912345678")
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Ab3-56789", "至少10位"),
        ("onlysmallletters", "至少三种"),
        ("two-kinds-only", "至少三种"),
        ("1234567890", "常见.*至少三种"),
        ("Password123", "常见"),
        ("Password123!", "常见"),
        ("Admin@12345", "常见"),
        ("P@ssw0rd2026", "常见"),
        ("!QAZ2wsx#EDC", "常见"),
        ("Qwer1234!@", "常见"),
        ("Suzhou@2026", "常见"),
        ("#WuSheLianDong1", "常见"),
        ("4dm1n-Port4l-9", "常见"),
        ("Huawei@12345", "常见"),
        ("Wangxiaoming1", "跟 账号 太相似"),
        ("Zhang-Dashan1", "跟 姓名 太相似"),
        ("Ab-13912345678", "跟 电话 太相似"),
        (PASSWORD, "新密码不能与原密码相同"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(client, somebody, password, reason):
    response = change(client, new=password)
    assert response.status_code == 200
    messages = re.sub(
        "<[^>]+>", "", str(response.context["form"].errors).replace("new_password", "")
    )
    assert re.search(reason, messages)
    assert not re.search("[a-z]{4}", messages)
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)


@pytest.mark.parametrize("password", [NEW, "Kai-hua-jie-guo-7", "Ma-tui-shuo-Ya-xin-3"])
def test_a_password_of_more_than_two_common_words_is_one(client, somebody, password):
    assert change(client, new=password).url == START


def test_the_last_passwords_do_not_come_back(client, somebody):
    used = [PASSWORD, *(f"Kai-hua-{word}-26" for word in ("shu", "mu", "cao", "lin", "yun", "yu"))]
    somebody.set_password(PASSWORD)
    somebody.save()
    client.force_login(somebody)
    for old, new in itertools.pairwise(used):
        assert change(client, old=old, new=new).url == START
    for recent in used[-REMEMBERED:-1]:
        assert f"最近用过的{REMEMBERED}个" in change(client, old=used[-1], new=recent).text
    assert FormerPassword.objects.count() == REMEMBERED
    assert change(client, old=used[-1], new="Another-1-" + PASSWORD).url == START


def test_a_password_somebody_was_given_does_not_come_back(client, somebody):
    given = give_one_time_password(somebody)
    client.force_login(somebody)
    assert change(client, old=given).url == START
    assert f"最近用过的{REMEMBERED}个" in change(client, old=NEW, new=given).text


def test_the_rules_stand_on_the_page_in_chinese(client, somebody):
    rules = str(client.get(PAGE).context["form"].fields["new_password1"].help_text)
    assert "至少10位" in rules
    assert "至少三种" in rules
    assert not re.search("[a-z]{4}", re.sub(r"<[^>]+>", "", rules))


@pytest.mark.parametrize(
    "fields", [{"old": "not the old one"}, {"again": NEW + "x"}, {"old": ""}, {"new": ""}]
)
def test_a_change_needs_the_old_password_and_the_new_one_twice(client, somebody, fields):
    assert change(client, **fields).status_code == 200
    somebody.refresh_from_db()
    assert somebody.check_password(PASSWORD)


def test_a_change_ends_the_other_sessions(client, somebody):
    elsewhere = Client()
    elsewhere.force_login(somebody)
    assert change(client).url == START
    assert signed_in(client)
    assert not signed_in(elsewhere)
    assert sign_in(Client(), somebody.username).status_code == 200
    assert sign_in(Client(), somebody.username, NEW).url == START


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_elsewhere_after_a_change(client, somebody, target):
    assert change(client, next=target).url == START


class TestOneTime:
    """Given by an administrator, good for nothing but choosing one's own."""

    @pytest.fixture(autouse=True)
    def given(self, somebody):
        somebody.must_change_password = True
        somebody.save()

    @pytest.mark.parametrize(
        "path",
        ["/admin/", "/account/", "/admin/communities/person/", reverse("second_factor_setup")],
    )
    def test_every_page_leads_to_the_change(self, client, path):
        assert client.get(path, {"q": "1"}).url == asked_at(PAGE, f"{path}?q=1")
        assert client.post(path, {"name": "x"}).url == asked_at(PAGE)

    def test_the_change_leads_on_to_the_page(self, client, somebody):
        assert "您用的是一次性密码" in client.get(PAGE).text
        assert change(client, next="/account/?q=1").url == "/account/?q=1"
        assert "密码已修改" in client.get("/account/").text
        somebody.refresh_from_db()
        assert not somebody.must_change_password

    def test_it_cannot_stay(self, client):
        assert change(client, new=PASSWORD).status_code == 200
        assert client.get(START).status_code == 302

    def test_public_pages_stay_open_and_so_does_the_way_out(self, reference, client):
        assert client.get(reverse("services")).status_code == 200
        assert client.post(reverse("sign_out")).url == reverse("home")


@pytest.mark.parametrize(("days", "over"), [(90, True), (30, True), (0, False)])
def test_a_password_grows_old(client, somebody, settings, days, over):
    settings.PASSWORD_DAYS = days
    day = datetime.timedelta(days=days or 3650)
    with time_machine.travel(somebody.password_changed_at + day, tick=False) as clock:
        client.force_login(somebody)
        assert client.get(START).status_code == 200
        clock.shift(DAY)
        client.force_login(somebody)
        assert (client.get(START).status_code == 302) is over
        assert change(client).url == START
        assert client.get(START).status_code == 200


def test_one_time_passwords_meet_every_rule():
    made = {one_time_password() for _ in range(300)}
    assert len(made) == 300
    for password in made:
        validate_password(password)


def test_a_draw_that_misses_a_rule_is_drawn_again(monkeypatch):
    drawn = iter("a" * 15 + "A" * 15 + "abcde" * 2 + "23456")
    monkeypatch.setattr("secrets.choice", lambda _: next(drawn))
    assert one_time_password() == "abcde-abcde-23456"


class TestNoDefault:
    """No account anywhere can be entered with a password that is written somewhere."""

    def test_the_demonstration_has_a_random_one_for_each_site(self, reference, settings):
        settings.DEMO_PASSWORD = ""
        first = create_demo_accounts()
        validate_password(first)
        assert create_demo_accounts() is None
        User.objects.filter(is_demo=True).delete()
        assert create_demo_accounts() != first

    def test_or_the_one_its_site_was_given(self, reference, client, settings):
        settings.DEMO_PASSWORD = "Given-to-this-site-1"
        assert create_demo_accounts() == settings.DEMO_PASSWORD
        assert sign_in(client, "demo-district", settings.DEMO_PASSWORD).url == START

    def test_an_emergency_account_without_password_stays_closed(self, client):
        call_command("createsuperuser", "--noinput", username="boss", stdout=io.StringIO())
        boss = User.objects.get(username="boss")
        assert boss.is_superuser
        for guess in ("", "boss", "admin", "None", boss.password):
            assert sign_in(client, "boss", guess).status_code in (200, 429)
        assert not signed_in(client)

    def test_a_hash_is_in_no_page_and_in_no_trail(self, client, somebody):
        change(client)
        hashed = User.objects.get(pk=somebody.pk).password
        assert hashed not in str(list(AuditEntry.objects.values_list()))
