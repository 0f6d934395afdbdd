"""Each way by which a record elsewhere could be seen or touched: a clerk of one community tries it."""

import datetime

import pytest
from django.urls import reverse

from charity.models import CharityResource, Partnership
from communities.models import Course, Enrolment, ReachReport
from organizations.models import PurchasedProject
from suzhou_portal.accounts.roles import Role
from tests.accounts.world import NEIGHBOUR, PHONE, clerk_of, listed, page, signed_in
from tests.admin.test_admin import address
from tests.factories import charity, communities, organizations, volunteers
from tests.factories.areas import DISTRICT, STREET, AreaFactory
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db

OURS, THEIRS = "我们的", "他们的"


@pytest.fixture
def teams(home, away):
    """A team here, and one elsewhere."""
    return [
        volunteers.VolunteerTeamFactory(name=name, area=area, phone=PHONE)
        for name, area in ((OURS, home), (THEIRS, away))
    ]


# --- lists ---------------------------------------------------------------------------------------


def test_a_clerk_finds_one_community_in_every_list(browser, teams):
    ours, _ = teams
    assert listed(browser, VolunteerTeam) == [ours]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": THEIRS}, {"q": "别处"}, {"area__code": NEIGHBOUR}, {"area": NEIGHBOUR},
        {"area__code__startswith": "6209"}, {"within": NEIGHBOUR}, {"within": DISTRICT},
        {"slot__isnull": "True"}, {"all": ""}, {"phone": PHONE}, {"o": "-1"}, {"e": "1"},
    ],
    ids=str,
)  # fmt: skip
def test_no_search_or_filter_leads_further(asked, browser, teams):
    shown = page(browser.get(address(VolunteerTeam), asked, follow=True))
    shown = shown.replace(f'value="{asked.get("q")}"', "")  # the search box repeats what is typed
    assert THEIRS not in shown
    assert "别处" not in shown


def test_a_list_by_dates_knows_no_dates_elsewhere(browser, home, away):
    for area, year in ((home, 2021), (home, 2022), (away, 1999)):
        charity.CharityResourceFactory(area=area, received_on=datetime.date(year, 5, 1))
    assert "1999" not in page(browser.get(address(CharityResource)))
    assert listed(browser, CharityResource, received_on__year=1999) == []


def test_filters_offer_only_what_stands_here(browser, home, away):
    around = volunteers.SystemSlotFactory(title="本区总队", area=AreaFactory(code=DISTRICT))
    volunteers.SystemSlotFactory(title="外区总队", area=AreaFactory(code="620921"))
    volunteers.VolunteerTeamFactory(area=home, slot=around)
    shown = page(browser.get(address(VolunteerTeam)))
    assert "本区总队" in shown
    assert "外区总队" not in shown
    assert "别处社区" not in shown


def test_purchasers_elsewhere_are_no_filter(home, away):
    for area, purchaser in ((home, "甲单位"), (home, "乙单位"), (away, "丙单位")):
        organizations.PurchasedProjectFactory(area=area, purchaser=purchaser)
    shown = page(signed_in(clerk_of(STREET, role=Role.STREET)).get(address(PurchasedProject)))
    assert "乙单位" in shown
    assert "丙单位" not in shown


@pytest.mark.parametrize(
    ("model", "lookup"),
    [("accounts.user", "password__startswith"), ("accounts.user", "phone__startswith"),
     ("communities.person", "phone__startswith"), ("communities.post", "person__phone__startswith"),
     ("communities.post", "entered_by__password__startswith")],
)  # fmt: skip
def test_hidden_values_cannot_be_guessed_by_filtering(model, lookup, home):
    role = Role.ADMINISTRATOR if model == "accounts.user" else Role.DISTRICT
    person = clerk_of(DISTRICT, role=role)
    path = reverse(f"admin:{model.replace('.', '_')}_changelist")
    assert signed_in(person).get(path, {lookup: "1"}).status_code == 400


# --- pages of one record -------------------------------------------------------------------------


@pytest.mark.parametrize("shown", ["change", "history", "delete"])
def test_a_record_elsewhere_does_not_exist(shown, browser, teams):
    ours, theirs = teams
    assert browser.get(address(VolunteerTeam, shown, ours.pk)).status_code == 200
    response = browser.get(address(VolunteerTeam, shown, theirs.pk), follow=True)
    assert response.redirect_chain == [(reverse("admin:index"), 302)]
    assert THEIRS not in page(response)


def test_a_value_elsewhere_is_not_revealed(browser, teams):
    _, theirs = teams
    path = address(VolunteerTeam, "reveal", theirs.pk, "phone")
    response = browser.post(path, {"reason": "核对联系方式"})
    assert response.status_code == 404
    assert PHONE not in page(response)


def test_what_is_used_elsewhere_is_neither_deleted_nor_named(browser, home, away):
    course = communities.CourseFactory(area=home)
    person = communities.PersonFactory(name="李四喜", area=away)
    communities.EnrolmentFactory(course=course, person=person, area=away)
    path = address(Course, "delete", course.pk)
    for response in (browser.get(path), browser.post(path, {"post": "yes"})):
        assert "不在您管辖范围内的记录仍在使用它" in page(response)
        assert "李四喜" not in page(response)
    assert Enrolment.objects.count() == 1


def test_what_is_used_elsewhere_does_not_lose_its_tie(browser, home):
    partnership = charity.PartnershipFactory(area=home)
    street = AreaFactory(code=STREET)
    resource = charity.CharityResourceFactory(name=THEIRS, area=street, partnership=partnership)
    response = browser.post(address(Partnership, "delete", partnership.pk), {"post": "yes"})
    assert THEIRS not in page(response)
    resource.refresh_from_db()
    assert resource.partnership == partnership


# --- actions -------------------------------------------------------------------------------------


@pytest.mark.parametrize("across", ["0", "1"])
def test_an_action_reaches_nothing_elsewhere(across, browser, teams):
    ours, theirs = teams
    sent = {
        "action": "delete_selected", "post": "yes", "select_across": across, "index": "0",
        "_selected_action": [ours.pk, theirs.pk],
    }  # fmt: skip
    response = browser.post(address(VolunteerTeam), sent, follow=True)
    assert THEIRS not in page(response)
    assert list(VolunteerTeam.objects.all()) == [theirs]


@pytest.mark.parametrize("asked", ["", f"?area__code={NEIGHBOUR}", f"?q={THEIRS}", "?all="])
def test_an_export_holds_only_what_the_list_shows(asked, browser, teams):
    sent = {
        "action": "export_records", "select_across": "1", "index": "0",
        "_selected_action": [team.pk for team in teams],
    }  # fmt: skip
    text = page(browser.post(address(VolunteerTeam) + asked, sent))
    assert (OURS in text) == (asked in ("", "?all="))
    assert THEIRS not in text.replace(asked, "")
    assert PHONE not in text


def test_a_review_reaches_no_report_elsewhere(home, away):
    report = communities.ReachReportFactory(area=away)
    reviewer = signed_in(clerk_of(STREET, role=Role.STREET))
    sent = {"action": "review", "index": "0", "_selected_action": [report.pk]}
    reviewer.post(address(ReachReport), sent)
    report.refresh_from_db()
    assert report.reviewed_at is None
