"""Rules that no form can break and no other test meets: the database itself refuses, and says which."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories import BEGUN, charity, incubating, organizations, reporting, service
from tests.factories.accounts import UserFactory
from tests.rules import again

pytestmark = pytest.mark.django_db
BEFORE = BEGUN - datetime.timedelta(days=1)
NINE, TEN = datetime.time(9), datetime.time(10)
BROKEN = {
    "star_hours_once": lambda: again(service.StarLevelFactory(), stars=2),
    "activity_places": lambda: again(service.ActivityFactory(), places=0),
    "certificate_revoked": lambda: again(
        service.ServiceCertificateFactory(), issued_on=BEGUN, revoked_on=BEFORE
    ),
    "certificate_of_something": lambda: again(service.ServiceCertificateFactory(), minutes=0),
    "organization_grade_between_1_and_5": lambda: again(
        organizations.SocialOrganizationFactory(), grade=6, graded_on=BEGUN
    ),
    "registration_of_a_legal_kind": lambda: again(incubating.RegistrationFactory(), kind="filed"),
    "donor_has_name": lambda: again(charity.DonorFactory(), name=""),
    "duty_once": lambda: again(charity.DisclosureDutyFactory()),
    "allocation_delivery": lambda: again(
        charity.ResourceUseFactory().allocation, allocated_on=BEGUN, delivered_on=BEFORE
    ),
    "allocation_settled": lambda: again(
        charity.ResourceUseFactory().allocation, state="settled", settled_on=BEFORE
    ),
    "use_of_something": lambda: again(charity.ResourceUseFactory(), value=0),
    "definition_version_once": lambda: again(reporting.FigureDefinitionFactory()),
    "return_days": lambda: again(
        reporting.ReturnFactory(), period="1950-Q1", state="approved", submitted_on=BEGUN,
        approved_on=BEFORE,
    ),
    "snapshot_once": lambda: again(reporting.SnapshotFactory()),
    "snapshot_value_where_known": lambda: again(
        reporting.SnapshotFactory(), figure="volunteer_teams", value=None
    ),
    "correction_approved_on_a_day": lambda: again(
        reporting.CorrectionFactory(), state="approved", approved_on=None
    ),
    "correction_one_in_review": lambda: again(reporting.CorrectionFactory(), note="又一件"),
    "correction_not_negative": lambda: again(reporting.CorrectionFactory(), value=-1),
}  # fmt: skip


def refused(record):
    """The name of the rule by which the database refuses the record."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        type(record)._default_manager.bulk_create([record])
    return caught.value.__cause__.diag.constraint_name


@pytest.mark.parametrize("rule", BROKEN)
def test_the_database_refuses(rule):
    assert refused(BROKEN[rule]()) == rule


def test_nobody_confirms_hours_they_entered():
    somebody = UserFactory()
    given = again(
        service.ServiceFactory(), volunteer_id=service.VolunteerFactory().pk, by_hand=True,
        noted_by_id=somebody.pk, confirmed_by_id=somebody.pk,
    )  # fmt: skip
    assert refused(given) == "service_confirmed_by_another"


def test_nobody_serves_in_two_places_at_once():
    first = service.ServiceFactory(began=NINE, ended=TEN)
    second = service.ServiceFactory()
    given = again(second, volunteer_id=first.volunteer_id, began=datetime.time(9, 30), ended=TEN)
    assert refused(given) == "service_one_at_a_time"
