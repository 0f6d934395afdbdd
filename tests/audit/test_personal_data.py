"""Personal data: masked by default, shown for a reason, gone after its term."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from communities.models import PayMonth, Person, Post
from organizations.models import SocialOrganization
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures import door
from suzhou_portal.months import months_before
from tests.admin.test_forms import change, fields
from tests.audit.steps import (
    CONTACT,
    MASKED_CONTACT,
    MASKED_PHONE,
    PHONE,
    address,
    browser_of,
    entrusted,
    listing,
    stands_nowhere,
)
from tests.factories import communities, organizations, volunteers
from tests.factories.accounts import UserFactory
from tests.factories.areas import DISTRICT

pytestmark = pytest.mark.django_db

REASON = "核对服务对接人的电话"


@pytest.fixture
def clerk():
    """Of the community."""
    return entrusted(Role.COMMUNITY)


@pytest.fixture
def organization():
    """One whose contact and phone are known."""
    return organizations.SocialOrganizationFactory(contact=CONTACT, phone=PHONE)


def page(response):
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def exported(browser, record):
    sent = {"action": "export_records", "_selected_action": [record.pk]}
    return page(browser.post(listing(type(record)), sent))


class TestMasked:
    @pytest.mark.parametrize("where", ["list", "form", "export", "history"])
    def test_in_every_page_and_file(self, where, clerk, organization):
        shown = {
            "list": lambda: page(clerk.get(listing(SocialOrganization))),
            "form": lambda: page(clerk.get(address(organization, "change"))),
            "export": lambda: exported(clerk, organization),
            "history": lambda: page(clerk.get(address(organization, "history"))),
        }[where]()
        assert PHONE not in shown
        assert CONTACT not in shown
        assert MASKED_PHONE in shown
        assert MASKED_CONTACT in shown

    def test_for_those_who_only_look(self):
        post = communities.PostFactory(person__phone=PHONE)
        office = entrusted(Role.HR, DISTRICT)
        shown = page(office.get(address(post.person, "change")))
        assert MASKED_PHONE in shown
        assert PHONE not in shown

    def test_a_form_left_as_it_is_keeps_the_value(self, clerk, organization):
        assert change(clerk, organization, field="养老").status_code == 302
        organization.refresh_from_db()
        assert (organization.phone, organization.contact) == (PHONE, CONTACT)
        assert change(clerk, organization, phone="0937-2611111").status_code == 302
        organization.refresh_from_db()
        assert organization.phone == "0937-2611111"

    def test_a_mask_is_not_taken_for_a_number(self, clerk, organization):
        assert change(clerk, organization, phone="139****9999").status_code == 200
        organization.refresh_from_db()
        assert organization.phone == PHONE

    def test_a_mask_is_not_saved_over_what_a_colleague_entered(self, clerk, organization):
        """The second is told; saving again keeps the colleague's contact, not the old one's mask."""
        path = address(organization, "change")
        opened = fields(clerk.get(path)) | {"field": "养老"}
        change(entrusted(Role.COMMUNITY), organization, contact="司马某")
        told = clerk.post(path, opened)
        assert told.status_code == 200
        assert "联系人（现为" not in page(told)
        assert clerk.post(path, fields(told)).status_code == 302
        organization.refresh_from_db()
        assert (organization.contact, organization.field) == ("司马某", "养老")

    def test_also_where_the_portal_fails(self, clerk, organization, monkeypatch):
        def fail(*args, **kwargs):
            raise IntegrityError(f"Failing row contains (1, {CONTACT}, {PHONE}).")

        monkeypatch.setattr(SocialOrganization, "save", fail)
        clerk.raise_request_exception = False
        answer = change(clerk, organization, field="养老")
        assert answer.status_code == 500
        assert PHONE not in page(answer)
        assert CONTACT not in page(answer)

    @pytest.mark.parametrize("part", [PHONE[:3], PHONE[-4:], "0000"])
    def test_no_part_of_a_number_finds_anybody(self, part, clerk):
        communities.PersonFactory(phone=PHONE)
        response = clerk.get(listing(Person), {"q": part})
        assert list(response.context["cl"].result_list) == []


class TestShownInFull:
    def look(self, browser, record, column="phone", reason=REASON):
        return browser.post(address(record, "reveal", column), {"reason": reason})

    def test_for_a_reason_which_is_written_down(self, clerk, organization):
        path = address(organization, "reveal", "phone")
        assert path in page(clerk.get(address(organization, "change")))
        assert PHONE not in page(clerk.get(path))
        response = self.look(clerk, organization)
        assert PHONE in page(response)
        assert "no-store" in response["Cache-Control"]
        [entry] = AuditEntry.objects.filter(action=Action.REVEAL)
        assert REASON in entry.note
        assert entry.note.startswith("联系电话")
        assert (entry.actor_id, entry.object_id) == (clerk.user.pk, str(organization.pk))

    @pytest.mark.parametrize("reason", ["", "看看", " " * 9])
    def test_not_without_one(self, reason, clerk, organization):
        assert PHONE not in page(self.look(clerk, organization, reason=reason))
        assert not AuditEntry.objects.filter(action=Action.REVEAL).exists()

    def test_not_to_those_who_need_not_know(self):
        person = communities.PostFactory(person__phone=PHONE).person
        office = entrusted(Role.HR, DISTRICT)
        assert "reveal" not in page(office.get(address(person, "change")))
        assert self.look(office, person).status_code == 403
        assert not AuditEntry.objects.filter(action=Action.REVEAL).exists()

    @pytest.mark.parametrize("column", ["name", "credit_code", "nonsense"])
    def test_only_what_is_masked(self, column, clerk, organization):
        assert self.look(clerk, organization, column).status_code == 404


class TestPay:
    AMOUNT = "3,777.00"

    @pytest.fixture
    def pay(self):
        """What one person earned in a month."""
        return communities.PayMonthFactory(post_pay="3000.00", performance_pay="777.00")

    def test_is_seen_by_the_person_alone_and_only_their_own(self, pay):
        other = communities.PayMonthFactory(post_pay="4321.00")
        browser = browser_of(UserFactory(person=pay.post.person, confirmed_person=pay.post.person))
        shown = page(browser.get(reverse("own_pay")))
        assert "3777.00" in shown
        assert str(other.post_pay) not in shown
        nobody = browser_of(UserFactory())
        assert "3777.00" not in page(nobody.get(reverse("own_pay")))

    def test_and_by_the_personnel_office(self, pay):
        office = entrusted(Role.HR, DISTRICT)
        assert self.AMOUNT in page(office.get(listing(PayMonth)))

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in (Role.HR, Role.TEAM, Role.ORGANIZATION, Role.EVALUATOR)]
    )  # fmt: skip
    def test_and_by_no_other_role_on_any_way(self, role, pay, client):
        place = {
            Role.COMMUNITY: pay.area_id,
            Role.GRID_WORKER: pay.area_id,
            Role.STREET: "620902004",
        }
        browser = entrusted(role, place.get(role, DISTRICT))
        assert browser.get(listing(PayMonth)).status_code == 403
        ways = [
            browser.get(address(pay, "change"), follow=True),
            browser.get(address(pay, "history"), follow=True),
            browser.get(address(pay.post, "change"), follow=True),
            browser.get(listing(Post), follow=True),
            browser.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": "communities",
                    "model_name": "paymonth",
                    "field_name": "post",
                    "term": pay.post.person.name,
                },
            ),
            browser.get(reverse("figure", args=["average_monthly_pay"]), {"area": pay.area_id}),
            browser.get(
                reverse("figure_rows_csv", args=["average_monthly_pay"]), {"area": pay.area_id}
            ),
        ]
        for answer in ways:
            assert "3777" not in page(answer)
            assert self.AMOUNT not in page(answer)


class TestAnonymised:
    def run(self, **options):
        said = io.StringIO()
        call_command("anonymise", stdout=said, **options)
        return said.getvalue()

    @pytest.fixture
    def left(self, settings):
        """Somebody whose last post ended before the term, and somebody who left within it."""
        settings.PERSONAL_DATA_MONTHS = 24
        day = months_before(timezone.localdate(), 24) - datetime.timedelta(days=1)
        gone = communities.PostFactory(ended_on=day, person__phone=PHONE).person
        recent = communities.PostFactory(
            ended_on=day + datetime.timedelta(days=1), person__phone="13800005555"
        ).person
        return gone, recent

    def test_is_what_nobody_uses_any_more(self, left):
        gone, recent = left
        team = volunteers.VolunteerTeamFactory(phone=PHONE, contact=CONTACT)
        assert "人员：1条" in self.run()
        gone.refresh_from_db()
        recent.refresh_from_db()
        team.refresh_from_db()
        assert (gone.phone, recent.phone, team.phone) == ("", "13800005555", PHONE)
        assert gone.name

    def test_stands_nowhere_any_more_and_no_figure_moves(self, left):
        today = timezone.localdate()
        before = door.value("workers_in_post", DISTRICT, today).value
        self.run()
        assert stands_nowhere(PHONE)
        assert door.value("workers_in_post", DISTRICT, today).value == before
        entry = AuditEntry.objects.get(action=Action.ANONYMISE)
        assert (entry.model, entry.note) == ("communities.person", "1条，清空phone")

    def test_a_rehearsal_only_counts(self, left):
        gone, _ = left
        said = self.run(dry_run=True)
        gone.refresh_from_db()
        assert "人员：1条" in said
        assert "未作改动" in said
        assert gone.phone == PHONE

    def test_a_second_run_finds_nothing(self, left):
        self.run()
        assert "人员：0条" in self.run()
