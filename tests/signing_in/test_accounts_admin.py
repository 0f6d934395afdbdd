"""An administrator opens an account, gives a new password, and helps after a lost phone."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry
from tests.admin.test_forms import change
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.signing_in.steps import (
    START,
    administrator,
    entrusted,
    sign_in,
    signed_in,
    with_device,
)

pytestmark = pytest.mark.django_db
PAGES = ("first_password", "second_factor")
OTHER_DISTRICT = "620921"


def page(name, account):
    return reverse(f"admin:accounts_user_{name}", args=[account.pk])


def shown_password(response):
    return re.search(r'class="revealed"><strong>([^<]+)<', response.text)[1]


@pytest.fixture
def office(client):
    """The administrator, signed in."""
    user = administrator()
    client.force_login(user)
    return user


def new_account(**changed):
    rows = {
        "TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0-role": Role.COMMUNITY, "0-area": COMMUNITY,
        "0-valid_from": "2026-01-01",
    }  # fmt: skip
    return {
        "username": "lisi", "name": "李四", "is_active": "on",
        **{f"assignments-{name}": value for name, value in rows.items()}, **changed,
    }  # fmt: skip


def test_an_account_from_its_opening_to_its_first_day(client, office):
    AreaFactory()
    opened = client.post(reverse("admin:accounts_user_add"), new_account())
    assert "只显示这一次" in opened.text
    assert "no-store" in opened["Cache-Control"]
    password = shown_password(opened)
    account = User.objects.get(username="lisi")
    for path in (page("first_password", account), reverse("admin:accounts_user_changelist")):
        assert password not in client.get(path).text
    assert password not in str(list(AuditEntry.objects.values_list()))

    owner = Client()
    assert sign_in(owner, "lisi", password).url == START
    assert owner.get(START).url.startswith(reverse("password"))
    own = {"old_password": password, "new_password1": "Own-word-26", "new_password2": "Own-word-26"}
    assert owner.post(reverse("password"), own).url == START
    assert "社区：" in owner.get(START).text
    assert sign_in(Client(), "lisi", password).status_code == 200


def test_a_phone_is_masked_and_stays(client, office):
    account = entrusted(Role.COMMUNITY, phone="13800001234")
    page = reverse("admin:accounts_user_change", args=[account.pk])
    shown = client.get(page)
    assert "138****1234" in shown.text
    assert "13800001234" not in shown.text
    row = {"role": Role.COMMUNITY, "area": COMMUNITY, "valid_from": "2022-01-01"}
    kept = {f"assignments-0-{name}": value for name, value in row.items()}
    assert change(client, account, name="王五", **kept).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.phone) == ("王五", "13800001234")


@pytest.mark.parametrize("forged", ["password", "is_superuser", "is_demo", "must_change_password"])
def test_the_form_takes_nothing_else(client, office, forged):
    AreaFactory()
    client.post(reverse("admin:accounts_user_add"), new_account(**{forged: "1"}))
    account = User.objects.get(username="lisi")
    assert (account.is_superuser, account.is_demo) == (False, False)
    assert account.must_change_password
    assert not account.check_password("1")


def test_a_reset_ends_the_old_password_and_its_sessions(client, office):
    account, owner = entrusted(), Client()
    owner.force_login(account)
    assert "重置密码" in client.get(reverse("admin:accounts_user_change", args=[account.pk])).text
    assert "重置后" in client.get(page("first_password", account)).text
    assert signed_in(owner)
    reset = client.post(page("first_password", account))
    assert "no-store" in reset["Cache-Control"]
    assert not signed_in(owner)
    assert sign_in(owner, account.username).status_code == 200
    assert sign_in(owner, account.username, shown_password(reset)).url == START
    assert owner.get(START).url.startswith(reverse("password"))


def test_a_lost_phone_is_removed(client, office):
    account, owner = entrusted(), Client()
    with_device(account)
    sign_in(owner, account.username)
    assert owner.get(START).url.startswith(reverse("second_factor"))
    link = page("second_factor", account)
    change = reverse("admin:accounts_user_change", args=[account.pk])
    assert link in client.get(change).text
    assert "先核实申请人" in client.get(link).text
    assert TOTPDevice.objects.filter(user=account).exists()
    removed = client.post(link, follow=True)
    assert removed.request["PATH_INFO"] == change
    assert "的两步验证" in removed.text
    assert link not in removed.text
    assert not TOTPDevice.objects.filter(user=account).exists()
    assert owner.get(START).status_code == 200
    entry = AuditEntry.objects.filter(model="otp_totp.totpdevice", action="delete").get()
    assert (entry.actor_id, entry.old["user_id"]) == (office.pk, account.pk)


def test_nothing_to_remove_is_no_error(client, office):
    account = entrusted()
    assert (
        page("second_factor", account)
        not in client.get(reverse("admin:accounts_user_change", args=[account.pk])).text
    )
    assert client.post(page("second_factor", account)).status_code == 302


def outside():
    return entrusted(Role.DISTRICT, OTHER_DISTRICT)


def partly_outside():
    account = entrusted()
    account.assignments.create(
        role=Role.DISTRICT, area=AreaFactory(code=OTHER_DISTRICT), valid_to=None
    )
    return account


def emergency():
    return UserFactory(is_superuser=True)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("whose", [outside, partly_outside, emergency])
def test_accounts_out_of_reach_do_not_exist(client, office, name, whose):
    account = whose()
    device = with_device(account)
    for send in (client.get, client.post):
        assert send(page(name, account)).status_code == 404
    _untouched(account, device)


@pytest.mark.parametrize("name", PAGES)
def test_nobody_helps_themselves(client, office, name):
    device = with_device(office)
    client.force_login(office)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    for send in (client.get, client.post):
        assert send(page(name, office)).status_code == 403
    _untouched(office, device)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.DISTRICT, Role.HR, Role.AUDITOR])
def test_other_roles_may_not(client, name, role):
    account = UserFactory()
    device = with_device(account)
    client.force_login(entrusted(role, DISTRICT))
    nobody = reverse(f"admin:accounts_user_{name}", args=[0])
    for path in (page(name, account), nobody):
        assert client.get(path).status_code == client.post(path).status_code == 403
    _untouched(account, device)


def test_the_emergency_account_may_help_an_administrator(client, clerk_client):
    account = administrator()
    assert shown_password(clerk_client.post(page("first_password", account)))


def _untouched(account, device):
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert not account.must_change_password
    assert TOTPDevice.objects.filter(pk=device.pk).exists()
