"""The trail as the auditor reads it, and the history of a record as those see it who see the record."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import PayMonth, Person
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.accounts.world import settle, signed_in
from tests.admin.test_forms import change
from tests.audit.steps import PHONE, address, entrusted, listing, made_up
from tests.cases import case
from tests.factories import communities, organizations, volunteers
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.reporting import SnapshotFactory

pytestmark = pytest.mark.django_db

LIST = listing(AuditEntry)


@pytest.fixture
def auditor():
    """The district's."""
    return entrusted(Role.AUDITOR, DISTRICT)


@pytest.fixture
def clerk():
    """Of the community."""
    return entrusted(Role.COMMUNITY, name="王科员")


def page(response):
    return response.content.decode()


def found(browser, **query):
    return list(browser.get(LIST, query).context["cl"].result_list)


def renamed(clerk, old="张三", new="李四"):
    """A person the clerk has given another name."""
    person = communities.PersonFactory(name=old, phone=PHONE)
    assert change(clerk, person, name=new).status_code == 302
    return person


class TestTheList:
    def test_says_who_changed_what_from_what_to_what(self, auditor, clerk):
        person = renamed(clerk)
        [entry] = found(auditor, action__exact=Action.CHANGE, kind="communities.person")
        detail = page(auditor.get(address(entry, "change")))
        for said in ("王科员", "203.0.113.7", "修改", "人员", str(person.pk), "姓名：张三 → 李四"):
            assert said in detail

    def test_is_narrowed_by_action_kind_days_and_search(self, auditor, clerk):
        person = renamed(clerk)
        [change] = found(auditor, action__exact=Action.CHANGE, kind="communities.person")
        assert change in found(auditor, q="王科员")
        assert change in found(auditor, q=str(person.pk), kind="communities.person")
        assert change in found(auditor, days="1")
        assert change not in found(auditor, action__exact=Action.DELETE)
        assert change not in found(auditor, kind="communities.post")
        assert found(auditor, q="没有这个人") == []

    def test_older_entries_are_out_of_the_last_days(self, auditor):
        week = timezone.now() - datetime.timedelta(days=8)
        old = made_up(action=Action.EXPORT, at=week, note="旧的导出")
        assert old in found(auditor, days="30")
        assert old not in found(auditor, days="7")

    @pytest.mark.parametrize("query", ["days=x", "kind=nope", "q=%25", "p=999", "action__exact=x"])
    def test_answers_whatever_it_is_asked(self, auditor, query):
        assert auditor.get(f"{LIST}?{query}", follow=True).status_code == 200

    def test_costs_the_same_for_any_length(self, auditor):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                auditor.get(LIST)
            return len(captured)

        volunteers.VolunteerTeamFactory()
        auditor.get(LIST)
        with_one = queries()
        for _ in range(2):
            volunteers.VolunteerTeamFactory()
        assert queries() == with_one

    def test_calls_everything_by_its_chinese_name(self, auditor):
        organizations.SocialOrganizationFactory().areas_served.add(AreaFactory())
        text = page(auditor.get(LIST))
        assert "社会组织的服务地区" in text
        assert "两步验证设备" in text
        assert "TOTP device" not in text

    @pytest.mark.parametrize(
        "lookup",
        ["new__post_pay__startswith", "old__post_pay__gt", "new__icontains", "new__has_key"],
    )
    def test_finds_nothing_by_what_a_column_held(self, auditor, lookup):
        """Or withheld pay could be guessed digit by digit."""
        communities.PayMonthFactory(post_pay="3111.00")
        assert auditor.get(LIST, {lookup: "3"}).status_code == 400


class TestNobodyElse:
    @pytest.mark.parametrize("role", [Role.COMMUNITY, Role.DISTRICT, Role.ADMINISTRATOR, Role.HR])
    def test_reads_the_trail(self, role):
        entry = made_up(action=Action.EXPORT)
        browser = entrusted(role, COMMUNITY if role == Role.COMMUNITY else DISTRICT)
        assert browser.get(LIST).status_code == 403
        assert browser.get(address(entry, "change")).status_code in (302, 403)

    def test_and_the_auditor_sees_no_record_and_changes_no_entry(self, auditor):
        entry = made_up(action=Action.EXPORT)
        assert auditor.get(listing(Person)).status_code == 403
        assert auditor.post(address(entry, "delete"), {"post": "yes"}).status_code == 403
        assert auditor.post(address(entry, "change"), {"note": "改"}).status_code == 403
        assert AuditEntry.objects.get(pk=entry.pk).note == ""

    def test_an_auditor_reads_of_their_own_division(self):
        elsewhere = entrusted(Role.AUDITOR, "620921")
        volunteers.VolunteerTeamFactory()
        shown = found(elsewhere, kind="volunteers.volunteerteam")
        assert shown == []


class TestTheExport:
    def rows(self, auditor, entries):
        sent = {"action": "export", "_selected_action": [entry.pk for entry in entries]}
        text = b"".join(auditor.post(LIST, sent).streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def test_holds_what_the_pages_say_and_is_written_down(self, auditor, clerk):
        renamed(clerk)
        entries = found(auditor, kind="communities.person")
        rows = self.rows(auditor, entries)
        assert rows[0]["操作人"].startswith("王科员")
        assert rows[0]["记录类别"] == "人员"
        assert rows[0]["名称"] == "李四"
        assert "姓名：张三 → 李四" in rows[0]["变化"]
        assert PHONE not in str(rows)
        assert AuditEntry.objects.filter(action=Action.EXPORT, note=f"{len(entries)}条").exists()

    def test_tells_values_of_every_type(self):
        """Of every kind of record, as its detail does."""
        settle(COMMUNITY)
        SnapshotFactory(keys=[1, 2])
        everywhere = signed_in(UserFactory(is_superuser=True))
        kinds = {entry.model: entry for entry in AuditEntry.objects.order_by("pk")}
        assert any(isinstance(one, list) for e in kinds.values() for one in e.new.values())
        for model, entry in kinds.items():
            with case(model):
                assert everywhere.get(address(entry, "change")).status_code == 200
        rows = self.rows(everywhere, list(kinds.values()))
        assert len(rows) == len(kinds)

    def test_that_fails_says_so_and_leaves_no_half_file(self, auditor, clerk, monkeypatch):
        renamed(clerk)
        entries = found(auditor, kind="communities.person")

        def broken(*_):
            raise ValueError("no such value")

        monkeypatch.setattr("suzhou_portal.audit.admin.model_name", broken)
        auditor.raise_request_exception = False
        sent = {"action": "export", "_selected_action": [entry.pk for entry in entries]}
        answer = auditor.post(LIST, sent)
        assert answer.status_code == 500
        assert "系统出了差错" in answer.text

    def test_costs_the_same_for_any_length(self, auditor):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                self.rows(auditor, found(auditor, kind="volunteers.volunteerteam"))
            return len(captured)

        volunteers.VolunteerTeamFactory()
        queries()
        with_one = queries()
        volunteers.VolunteerTeamFactory.create_batch(2)
        assert queries() == with_one

    def test_withholds_pay(self, auditor):
        communities.PayMonthFactory(post_pay="3111.00")
        [row] = self.rows(auditor, found(auditor, kind=PayMonth._meta.label_lower))
        assert "岗位工资（元）：（不显示） → （不显示）" in row["变化"]
        assert "3111" not in str(row)

    def test_starts_no_formula(self, auditor):
        entry = made_up(action=Action.EXPORT, actor_name="=cmd()", note="@x")
        [row] = self.rows(auditor, [entry])
        assert (row["操作人"], row["说明"]) == ("'=cmd()", "'@x")


class TestHistory:
    def test_tells_those_who_see_the_record(self, clerk):
        person = renamed(clerk)
        text = page(clerk.get(address(person, "history")))
        assert "姓名：张三 → 李四" in text
        assert "王科员" in text
        assert PHONE not in text

    def test_and_nobody_elsewhere(self, clerk):
        person = renamed(clerk)
        stranger = entrusted(Role.COMMUNITY, "620902004005")
        answer = stranger.get(address(person, "history"), follow=True)
        assert "李四" not in page(answer)

    def test_of_pay_shows_amounts_to_the_personnel_office_and_not_to_the_auditor(self, auditor):
        pay = communities.PayMonthFactory(post_pay="3111.00")
        office = entrusted(Role.HR, DISTRICT)
        assert "3,111.00" in page(office.get(address(pay, "history")))
        look, entry = found(auditor, kind=PayMonth._meta.label_lower)
        assert look.action == Action.LOOK
        detail = page(auditor.get(address(entry, "change")))
        assert "（不显示）" in detail
        assert "3111" not in detail
        assert "3,111" not in detail
