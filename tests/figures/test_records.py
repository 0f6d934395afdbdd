"""Which records each figure counts on a date: from which day, up to which day, and which not."""

import datetime

import pytest

from communities.enums.base import DocumentKind
from suzhou_portal.figures import door
from suzhou_portal.figures.registry import figures
from suzhou_portal.months import months_before
from tests.factories import charity, communities, organizations, volunteers
from tests.factories.areas import COMMUNITY, STREET
from tests.figures import neighbours
from tests.figures.begins import every_beginning
from tests.figures.begins.organizations import payment

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
POST, PAY, EXAM = (
    communities.PostFactory,
    communities.PayMonthFactory,
    communities.ExamRegistrationFactory,
)
ENROLMENT, DOCUMENT = communities.EnrolmentFactory, communities.PolicyDocumentFactory
ORGANIZATION, PROJECT = (
    organizations.SocialOrganizationFactory,
    organizations.PurchasedProjectFactory,
)
REGULATION = {"kind": DocumentKind.PURCHASE_REGULATION}
GUIDANCE = {"kind": DocumentKind.VOLUNTEER_GUIDANCE}


def in_batch(**fields):
    return POST(batch=communities.RecruitmentBatchFactory(), **fields)


def came(**fields):
    return ENROLMENT(attendance="present", **fields)


def certified(issued_on, valid_to=None):
    person = POST(started_on=DAY - 99 * ONE).person
    return communities.CertificateFactory(person=person, issued_on=issued_on, valid_to=valid_to)


def evaluated(evaluated_on):
    project = PROJECT(signed_on=DAY - 99 * ONE)
    return organizations.EvaluationFactory(project=project, evaluated_on=evaluated_on)


# How a record begins to count for each figure: how it is made, and the field that says since when.
BEGINS = {
    "residents_benefited": (communities.ReachReportFactory, "period_end"),
    "resident_visits": (communities.ReachReportFactory, "period_end"),
    "community_mechanisms": (communities.MechanismFactory, "established_on"),
    "trained_streets": (lambda **day: came(area__code=STREET, **day), "course__starts_on"),
    "trained_communities": (came, "course__starts_on"),
    "trained_cadres": (came, "course__starts_on"),
    "recruited_workers": (in_batch, "started_on"),
    "exam_takers": (EXAM, "exam_on"),
    "workers_in_post": (POST, "started_on"),
    "certified_workers": (certified, "issued_on"),
    "grid_secretary_allowance": (communities.AllowanceStandardFactory, "effective_from"),
    "average_monthly_pay": (PAY, "month"),
    "organizations": (ORGANIZATION, "joined_on"),
    "purchased_funds": (PROJECT, "signed_on"),
    "purchased_paid": (payment, "paid_on"),
    "purchased_projects": (PROJECT, "signed_on"),
    "evaluated_projects": (evaluated, "evaluated_on"),
    "service_items": (organizations.ServiceItemFactory, "published_on"),
    "incubation_services": (organizations.IncubationServiceFactory, "started_on"),
    "purchase_regulation": (lambda **day: DOCUMENT(**REGULATION, **day), "issued_on"),
    "guiding_documents": (lambda **day: DOCUMENT(**GUIDANCE, **day), "issued_on"),
    "volunteer_teams": (volunteers.VolunteerTeamFactory, "founded_on"),
    "pairing_tiers": (volunteers.PairingLinkFactory, "started_on"),
    "charity_modes": (charity.CharityProjectFactory, "started_on"),
    "charity_value": (charity.CharityResourceFactory, "received_on"),
    "charity_projects": (charity.CharityProjectFactory, "started_on"),
    "foundations": (charity.PartnershipFactory, "started_on"),
    "charity_fields": (charity.CharityProjectFactory, "started_on"),
}
BEGINS |= every_beginning()
# The last day on which a record still counts, where its end is the field given.
ENDS = {
    "community_mechanisms": ("ended_on", DAY),
    "workers_in_post": ("ended_on", DAY),
    "certified_workers": ("valid_to", DAY),
    "service_items": ("withdrawn_on", DAY),
    "incubation_services": ("ended_on", DAY),
    "purchase_regulation": ("repealed_on", DAY + ONE),
    "guiding_documents": ("repealed_on", DAY + ONE),
    "volunteer_teams": ("dissolved_on", DAY),
    "pairing_tiers": ("ended_on", DAY),
    "foundations": ("ended_on", DAY),
    "mechanisms_with_rules": ("repealed_on", DAY + ONE),
    "emergency_plans": ("repealed_on", DAY + ONE),
}
# What looks alike and is not counted.
NEIGHBOURS, ALONE = neighbours.every("NEIGHBOURS"), neighbours.every("ALONE")
EACH_NEIGHBOUR = [(key, make) for key, makers in NEIGHBOURS.items() for make in makers]


def counted(key, day=DAY, area=STREET):
    return door.records(figures.get(key), area, day).count()


def test_every_figure_with_records_is_here():
    assert set(BEGINS) == {figure.key for figure in figures.all() if not figure.measure.parts}


@pytest.mark.parametrize("key", BEGINS)
def test_a_record_counts_from_its_day_on(key):
    make, since = BEGINS[key]
    make(**{since: DAY})
    covering = COMMUNITY if key == "grid_secretary_allowance" else STREET
    assert counted(key, DAY - ONE, covering) == 0
    assert counted(key, DAY, covering) == 1


@pytest.mark.parametrize("key", ENDS)
def test_a_record_counts_up_to_its_last_day(key):
    (make, since), (until, end) = BEGINS[key], ENDS[key]
    make(**{since: DAY - ONE, until: end})
    assert counted(key, DAY) == 1
    assert counted(key, DAY + ONE) == 0


def test_every_figure_has_a_neighbour_or_says_why_there_is_none():
    assert set(NEIGHBOURS) | set(ALONE) == set(BEGINS)
    assert not set(NEIGHBOURS) & set(ALONE)


@pytest.mark.parametrize(("key", "make"), EACH_NEIGHBOUR)
def test_what_looks_alike_is_not_counted(key, make):
    made = make()
    assert made is None or made.area_id.startswith(STREET)
    assert counted(key) == 0


def test_an_earlier_report_gives_way():
    for people, ended in ((100, DAY - 90 * ONE), (70, DAY)):
        communities.ReachReportFactory(period_start=ended, period_end=ended, people=people)
    assert counted("residents_benefited") == counted("resident_visits") == 1
    assert door.value("residents_benefited", STREET, DAY).value == 70


@pytest.mark.parametrize(
    ("key", "make", "since", "months"),
    [
        ("recruited_workers", in_batch, "started_on", 24),
        ("exam_takers", EXAM, "exam_on", 24),
        ("average_monthly_pay", PAY, "month", 12),
        *((key, *BEGINS[key], 12) for key in BEGINS if key.startswith("requests_")),
    ],
)
def test_a_flow_looks_so_many_months_back(key, make, since, months):
    make(**{since: months_before(DAY, months)})
    assert counted(key, DAY - ONE) == 1
    assert counted(key, DAY) == 0


def test_what_was_done_twice_counts_once():
    person = communities.PersonFactory()
    ENROLMENT.create_batch(2, person=person, attendance="present")
    EXAM(person=person)
    EXAM(person=person, year=2021, exam_on=DAY - 300 * ONE)
    in_batch(person=person, ended_on=DAY)
    in_batch(person=person)
    for key in ("trained_cadres", "exam_takers", "recruited_workers"):
        assert counted(key) == 2
        assert door.value(key, STREET, DAY).value == 1


def test_a_post_that_was_left_still_counts_as_recruited():
    in_batch(started_on=DAY - 9 * ONE, ended_on=DAY - ONE)
    assert counted("recruited_workers") == 1
    assert counted("workers_in_post") == 0


def test_a_national_foundation_counts_once_where_it_works():
    foundation = charity.FoundationFactory(area__code="CN")
    for code in (COMMUNITY, "620902005001"):
        charity.PartnershipFactory(foundation=foundation, area__code=code)
    assert door.value("foundations", "620902", DAY).value == 1
