"""What a person sees follows from what they are entrusted with today; what everybody sees is public."""

import datetime
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Certificate, Person, ReachReport
from organizations.models import Evaluation, PurchasedProject, ServiceItem, SocialOrganization
from suzhou_portal.accounts.roles import Role
from tests.accounts.world import NEIGHBOUR, PHONE, clerk_of, listed, page, signed_in
from tests.admin.test_admin import address
from tests.admin.test_forms import add, change, fields
from tests.cases import in_both_forms
from tests.factories import communities, organizations, volunteers
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.pages.addresses import FIGURES, one_of_each
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


# --- assignments ---------------------------------------------------------------------------------


def test_who_serves_two_communities_sees_both(home, away):
    people = [communities.PersonFactory(area=area) for area in (home, away)]
    communities.PersonFactory(area=AreaFactory(code=f"{STREET}009"))
    browser = signed_in(clerk_of(COMMUNITY, NEIGHBOUR))
    assert listed(browser, Person) == people
    for person in people:
        assert change(browser, person, name="改名").status_code == 302
    index = page(browser.get(reverse("admin:index")))
    assert "社区：富康路社区" in index
    assert "社区：别处社区" in index


@pytest.mark.parametrize(
    ("begins", "ends", "seen"),
    [(0, None, 1), (-9, 0, 1), (-9, 9, 1), (1, None, 0), (-9, -1, 0)],
)
def test_an_assignment_counts_from_its_first_to_its_last_day(begins, ends, seen, home):
    communities.PersonFactory(area=home)
    today = timezone.localdate()
    until = None if ends is None else today + ends * DAY
    held = AssignmentFactory(area=home, valid_from=today + begins * DAY, valid_to=until)
    assert Person.objects.visible_to(held.user).count() == seen
    response = signed_in(held.user).get(address(Person))
    assert response.status_code == (200 if seen else 403)


def test_a_switched_off_account_sees_nothing(home):
    communities.PersonFactory(area=home)
    person = clerk_of(COMMUNITY, is_active=False)
    assert not Person.objects.visible_to(person).exists()
    assert not person.has_perm("communities.view_person")
    assert not person.has_module_perms("communities")
    browser = signed_in(person)
    assert browser.get(address(Person)).url.startswith(reverse("sign_in"))


def test_whom_nobody_entrusted_with_anything_is_told_whom_to_ask(home):
    browser = signed_in(UserFactory())
    index = page(browser.get(reverse("admin:index")))
    assert "请联系本单位的系统管理员" in index
    assert reverse("admin:app_list", args=["communities"]) not in index


def test_a_role_in_one_area_is_not_a_role_in_another(home, away):
    """Street staff here who helps out as a clerk elsewhere reviews only here."""
    person = clerk_of(STREET, role=Role.STREET)
    AssignmentFactory(user=person, area=away)
    here, there = (communities.ReachReportFactory(area=area) for area in (home, away))
    browser = signed_in(person)
    assert set(listed(browser, ReachReport)) == {here, there}
    sent = {"action": "review", "index": "0", "_selected_action": [here.pk, there.pk]}
    browser.post(address(ReachReport), sent)
    assert set(ReachReport.objects.unreviewed()) == {there}


# --- what waits ----------------------------------------------------------------------------------


def test_what_waits_is_counted_and_listed_where_one_may_do_it(home, away):
    person = clerk_of(STREET, role=Role.STREET)
    AssignmentFactory(user=person, area=away)
    here = communities.ReachReportFactory(area=home)
    communities.ReachReportFactory(area=away)
    browser = signed_in(person)
    [(label, number, url)] = browser.get(reverse("desk_index")).context["counts"]
    assert (label, number) == ("待审核的惠及居民报告", "1")
    assert list(browser.get(url).context["cl"].result_list) == [here]


def test_what_waits_elsewhere_is_not_announced(home, away):
    soon = timezone.localdate() + 9 * DAY
    ours, _ = (communities.CertificateFactory(area=area, valid_to=soon) for area in (home, away))
    browser = signed_in(clerk_of(COMMUNITY))
    [(_, number, _)] = browser.get(reverse("desk_index")).context["counts"]
    assert number == "1"
    assert listed(browser, Certificate, todo="expiring") == [ours]


def test_what_one_may_not_do_is_not_announced(home):
    communities.ReachReportFactory(area=home)
    browser = signed_in(clerk_of(COMMUNITY))
    assert browser.get(reverse("desk_index")).context["counts"] == []
    assert "待审核" not in page(browser.get(address(ReachReport)))


# --- owners --------------------------------------------------------------------------------------


@pytest.fixture
def project(home):
    """One that an organization does and another evaluates, beside one of nobody here."""
    organizations.EvaluationFactory(project__area=home)
    return organizations.EvaluationFactory(project__area=home).project


def owner(role, home, **owned):
    """Somebody of the organization or team."""
    return signed_in(AssignmentFactory(role=role, area=home, **owned).user)


def test_an_organization_sees_what_is_its_own(home, project):
    item = organizations.ServiceItemFactory(area=home, provider=project.provider)
    organizations.ServiceItemFactory(area=home)
    browser = owner(Role.ORGANIZATION, home, organization=project.provider)
    assert listed(browser, SocialOrganization) == [project.provider]
    assert listed(browser, PurchasedProject) == [project]
    assert listed(browser, Evaluation) == list(project.evaluations.all())
    assert listed(browser, ServiceItem) == [item]


def test_an_evaluator_sees_what_is_assigned_to_it(home, project):
    evaluation = project.evaluations.get()
    browser = owner(Role.EVALUATOR, home, organization=evaluation.evaluator)
    assert listed(browser, PurchasedProject) == [project]
    assert listed(browser, Evaluation) == [evaluation]
    # What it finds comes with its step, on the desk, and with nothing else
    assert change(browser, evaluation, summary="服务规范").status_code == 403
    assert Evaluation.objects.get(pk=evaluation.pk).summary == ""
    assert browser.get(address(SocialOrganization)).status_code == 403


def test_a_team_sees_itself(home):
    ours, _ = volunteers.VolunteerTeamFactory.create_batch(2, area=home)
    browser = owner(Role.TEAM, home, team=ours)
    assert listed(browser, VolunteerTeam) == [ours]
    assert change(browser, ours, members=30).status_code == 302


def test_what_an_office_decided_its_owner_does_not_change(home, project):
    """Nobody grades their own organization, nor takes over the code of another."""
    browser = owner(Role.ORGANIZATION, home, organization=project.provider)
    path = address(SocialOrganization, "change", project.provider_id)
    forged = {"grade": 5, "graded_on": "2022-06-01", "credit_code": "52620902MJX000038K",
              "kind": "filed", "name": "改名", "area": COMMUNITY}  # fmt: skip
    sent = fields(browser.get(path)) | forged | {"field": "养老"}
    assert browser.post(path, sent).status_code == 302
    kept = SocialOrganization.objects.get(pk=project.provider_id)
    assert (kept.field, kept.grade, kept.credit_code) == ("养老", None, "")
    assert (kept.name, kept.kind) == (project.provider.name, project.provider.kind)


def test_an_organization_offers_services_in_its_own_name(home, project):
    browser = owner(Role.ORGANIZATION, home, organization=project.provider)
    item = organizations.ServiceItemFactory.build(area=home)
    values = {
        field.name: getattr(item, field.name)
        for field in ServiceItem._meta.fields
        if field.editable
        and getattr(item, field.name) is not None
        and field.name not in ("area", "provider", "withdrawn_on", "replaced_by", "id")
    }
    values["area"] = COMMUNITY
    other = organizations.SocialOrganizationFactory(area=home)
    refused = add(browser, ServiceItem, **values, provider=other.pk)
    assert "provider" in refused.context["adminform"].form.errors
    refused = add(browser, ServiceItem, **values)
    assert "或不属于您" in page(refused)
    assert add(browser, ServiceItem, **values, provider=project.provider_id).status_code == 302
    assert ServiceItem.objects.get().provider == project.provider


# --- what everybody sees -------------------------------------------------------------------------


LISTS = ["/data/figures.json", "/data/figures.csv", "/organizations/", "/volunteers/"]


@in_both_forms("pages", short=one_of_each(FIGURES), whole=FIGURES)
def test_what_is_public_holds_nothing_personal(pages, home, client):
    """The rows behind a figure show its public columns, whoever asks."""
    private = {"contact": "诸葛某某", "phone": PHONE, "area": home}
    person = communities.PersonFactory(name="诸葛某某", phone=PHONE, area=home)
    post = communities.PostFactory(person=person, area=home)
    communities.PayMonthFactory(post=post, post_pay="4321.09", area=home)
    for factory in (
        communities.CertificateFactory,
        communities.ExamRegistrationFactory,
        communities.EnrolmentFactory,
    ):
        factory(person=person, area=home)
    organizations.SocialOrganizationFactory(**private)
    volunteers.VolunteerTeamFactory(**private)
    browsers = client, signed_in(clerk_of(NEIGHBOUR)), signed_in(clerk_of(COMMUNITY))
    files = [f"{path}rows.csv" for path in FIGURES]
    for browser, path in product(browsers, [*LISTS, *pages, *files]):
        response = browser.get(path)
        assert response.status_code == 200, path
        shown = page(response)
        told = [one for one in ("诸葛某某", PHONE, "4321.09", "4,321.09") if one in shown]
        assert not told, path
