"""What people do, as the trail tells it: who at which address, at the door, with which rights."""

import base64

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from communities.models import Person
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.admin.test_forms import change, fields
from tests.audit.steps import (
    ADDRESS,
    MASKED_PHONE,
    PHONE,
    address,
    browser_of,
    entrusted,
    listing,
    stands_nowhere,
    written,
)
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import DISTRICT
from tests.factories.communities import PersonFactory
from tests.factories.volunteers import VolunteerTeamFactory

pytestmark = pytest.mark.django_db
ASSIGNMENT = "accounts.assignment"


class TestSignature:
    def test_a_clerk_signs_what_they_save(self):
        clerk = entrusted(Role.COMMUNITY, name="李四", username="lisi")
        team = VolunteerTeamFactory(name="旧名")
        with written() as entries:
            assert change(clerk, team, name="新名").status_code == 302
        [entry] = entries
        assert (entry.actor_id, entry.actor_name) == (clerk.user.pk, "李四（lisi）")
        assert (entry.address, entry.origin) == (ADDRESS, f"POST {address(team, 'change')}")
        assert (entry.old, entry.new) == ({"name": "旧名"}, {"name": "新名"})

    def test_the_next_request_is_somebody_elses(self):
        """One connection serves them all."""
        team = VolunteerTeamFactory()
        for name in ("甲", "乙"):
            with written() as entries:
                change(entrusted(Role.COMMUNITY, name=name, username=name), team, name=name)
            assert [e.actor_name for e in entries if e.action == Action.CHANGE] == [
                f"{name}（{name}）"
            ]
        with written() as entries:
            team.save()
        assert [entry.actor_name for entry in entries] == ["系统命令"]

    def test_an_action_on_many_is_signed_for_each(self):
        clerk = entrusted(Role.COMMUNITY)
        teams = VolunteerTeamFactory.create_batch(3)
        chosen = {"_selected_action": [team.pk for team in teams], "post": "yes"}
        with written() as entries:
            clerk.post(listing(type(teams[0])), {"action": "delete_selected", **chosen})
        assert sorted(entry.object_id for entry in entries) == sorted(str(t.pk) for t in teams)
        assert {(entry.action, entry.actor_id) for entry in entries} == {
            (Action.DELETE, clerk.user.pk)
        }


class TestAtTheDoor:
    def attempt(self, client, username, password):
        sent = {"username": username, "password": password}
        with written() as entries:
            client.post(reverse("sign_in"), sent, REMOTE_ADDR=ADDRESS)
        return entries

    def test_coming_and_going(self, client):
        user = UserFactory(username="lisi")
        entries = self.attempt(client, "lisi", PASSWORD)
        with written() as leaving:
            client.post(reverse("sign_out"), REMOTE_ADDR=ADDRESS)
        told = [(e.action, e.actor_id, e.actor_name, e.address) for e in entries + leaving]
        assert told == [
            (Action.SIGN_IN, user.pk, "lisi", ADDRESS),
            (Action.SIGN_OUT, user.pk, "lisi", ADDRESS),
        ]

    @pytest.mark.parametrize("username", ["lisi", "nobody"])
    def test_failures_and_the_lockout(self, username, client, settings):
        UserFactory(username="lisi")
        last = settings.LOCKOUT_FAILURES
        for attempt in range(1, last + 1):
            entries = self.attempt(client, username, "wrong")
            locked = {Action.LOCKED_OUT} if attempt == last else set()
            assert {entry.action for entry in entries} == {Action.SIGN_IN_FAILED} | locked
            assert {(e.actor_id, e.actor_name, e.address) for e in entries} == {
                (None, username, ADDRESS)
            }

    def test_no_password_that_was_tried_is_kept(self, client):
        UserFactory(username="lisi")
        self.attempt(client, "lisi", "Tried-Password-1")
        assert stands_nowhere("Tried-Password-1")


class TestRights:
    """Given, taken and guarded: by whom."""

    @pytest.fixture
    def administrator(self):
        return entrusted(Role.ADMINISTRATOR, DISTRICT)

    @pytest.fixture
    def account(self):
        return entrusted(Role.COMMUNITY, name="李四").user

    def test_an_assignment(self, administrator, account):
        [held] = account.assignments.all()
        row = {"assignments-0-role": Role.AUDITOR, "assignments-0-area": DISTRICT}
        with written() as entries:
            assert change(administrator, account, **(assigned(held) | row)).status_code == 302
        [entry] = [entry for entry in entries if entry.model == ASSIGNMENT]
        assert (entry.actor_id, entry.area_code) == (administrator.user.pk, DISTRICT)
        assert (entry.old["role"], entry.new["role"]) == (Role.COMMUNITY, Role.AUDITOR)

    def test_switching_an_account_off(self, administrator, account):
        [held] = account.assignments.all()
        with written() as entries:
            sent = fields(administrator.get(address(account, "change"))) | assigned(held)
            sent.pop("is_active")
            assert administrator.post(address(account, "change"), sent).status_code == 302
        [entry] = entries
        assert (entry.actor_id, entry.object_id) == (administrator.user.pk, str(account.pk))
        assert (entry.old, entry.new) == ({"is_active": True}, {"is_active": False})

    def test_a_password_of_ones_own(self, account):
        new = "Xia-tian-2026"
        sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
        browser = browser_of(account)
        with written() as entries:
            assert browser.post(reverse("password"), sent).status_code == 302
        [entry] = entries
        assert (entry.actor_id, entry.object_id) == (account.pk, str(account.pk))
        assert (entry.old["password"], entry.new["password"]) == ("***", "***")
        account.refresh_from_db()
        assert account.check_password(new)
        assert stands_nowhere(account.password)
        assert stands_nowhere(new)

    def test_a_second_factor(self, account):
        with written() as entries, trail.acting(lambda: trail.Actor(name="李四")):
            device = TOTPDevice.objects.create(user=account, confirmed=False)
            key = device.key
            device.last_t = device.throttling_failure_count = 7  # every sign-in changes these
            device.save()
            device.confirmed = True
            device.save()
            device.delete()
        assert [entry.action for entry in entries] == [Action.CREATE, Action.CHANGE, Action.DELETE]
        assert entries[0].new["key"] == entries[2].old["key"] == "***"
        assert entries[1].new == {"confirmed": True}
        for secret in (key, base64.b32encode(bytes.fromhex(key)).decode()):
            assert stands_nowhere(secret)


def assigned(held):
    """The row of an assignment as the account's page sends it."""
    return {
        "assignments-0-role": held.role,
        "assignments-0-area": held.area_id,
        "assignments-0-valid_from": held.valid_from.isoformat(),
    }


class TestNoteAndOrigin:
    """Written by ourselves, but of what people typed."""

    TYPED = ["13800001234", "138-0000-1234", "138 0000 1234", "+86 138 0000 1234"]

    @pytest.mark.parametrize("typed", TYPED)
    def test_an_exports_filters(self, typed):
        clerk = entrusted(Role.COMMUNITY)
        person = PersonFactory(phone=typed.removeprefix("+86 "))
        with written() as entries:
            response = clerk.post(
                f"{listing(Person)}?{'q=' + typed.replace('+', '%2B').replace(' ', '%20')}",
                {"action": "export_records", "select_across": "1", "_selected_action": person.pk},
            )
        response.close()
        assert response.status_code == 200
        [entry] = [one for one in entries if one.action != Action.REVEAL]
        assert (entry.action, entry.model) == (Action.EXPORT, "communities.person")
        assert "条；筛选：q=" in entry.note
        assert entry.note.endswith(MASKED_PHONE)

    def test_the_reason_of_a_look(self):
        clerk, person = entrusted(Role.COMMUNITY), PersonFactory(phone=PHONE)
        clerk.post(address(person, "reveal", "phone"), {"reason": f"机主{PHONE}来电核实"})
        assert AuditEntry.objects.latest("pk").note == f"电话；事由：机主{MASKED_PHONE}来电核实"
        assert stands_nowhere(PHONE)

    def test_an_address_and_a_command(self, monkeypatch):
        path = f"/admin/communities/person/{PHONE}/change/"
        with trail.acting(lambda: trail.Actor(origin=f"POST {path}")), written() as entries:
            VolunteerTeamFactory()
            trail.record(Action.EXPORT, note=PHONE)
        assert {entry.origin for entry in entries} == {
            f"POST /admin/communities/person/{MASKED_PHONE}/change/"
        }
        monkeypatch.setattr("sys.argv", ["manage.py", PHONE])
        assert trail.current().origin == f"manage.py {MASKED_PHONE}"

    @pytest.mark.parametrize("before", range(280, 305))
    def test_a_number_at_the_end_of_a_long_text(self, before):
        """Cut in two, its first part would still say much."""
        text = "，" * before + PHONE
        trail.record(Action.EXPORT, by=trail.Actor(origin=text), note=text)
        entry = AuditEntry.objects.latest("pk")
        assert len(entry.note) == len(entry.origin) <= 300
        assert PHONE[:8] not in entry.note + entry.origin


def test_visitors_who_write_nothing_leave_nothing():
    with written() as entries:
        for path in (reverse("home"), reverse("sign_in"), "/no/such/page/"):
            Client().get(path)
    assert entries == []


def test_reading_is_not_slowed_by_the_trail():
    """A statement that cannot write is not preceded by the signature."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.actor', '', false)")
        list(Person.objects.values_list("name", "updated_at"))
        cursor.execute("SELECT current_setting('portal.actor')")
        assert cursor.fetchone() == ("",)
