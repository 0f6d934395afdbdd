"""The number of queries does not grow with the number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suzhou_portal.areas.models import Area
from tests.cases import in_both_forms
from tests.factories import (
    BEGUN,
    charity,
    cobuilding,
    communities,
    linkage,
    organizations,
    red_property,
    volunteers,
)
from tests.factories.areas import AreaFactory
from tests.pages.addresses import FIGURES, THREE_LISTS, one_of_each

pytestmark = pytest.mark.django_db
COMMUNITY = "620902004004"


def queries(client, path):
    client.cookies.clear()  # a list remembers which community was chosen
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def unmet(area):
    """A request that nobody could serve."""
    return linkage.ServiceRequestFactory(area=area, state="unmet", unmet_on=BEGUN)


FACTORIES = [
    communities.PolicyDocumentFactory, communities.EnrolmentFactory, communities.PostFactory,
    communities.ExamRegistrationFactory, communities.PayMonthFactory,
    organizations.SocialOrganizationFactory, organizations.IncubationServiceFactory,
    organizations.PurchasedProjectFactory, organizations.ServiceItemFactory,
    volunteers.VolunteerTeamFactory, charity.PartnershipFactory, charity.CharityResourceFactory,
    charity.CharityProjectFactory, cobuilding.CoBuildingAgreementFactory,
    cobuilding.CoBuildingProjectFactory, red_property.PropertyCompanyFactory,
    red_property.PropertyRatingFactory, linkage.ServiceRequestFactory, unmet,
    cobuilding.CoBuildingNeedFactory, cobuilding.CoBuildingResourceFactory,
]  # fmt: skip


def records(numbers):
    """A record of every kind for each number."""
    area = Area.objects.get(pk=COMMUNITY)
    for number in numbers:
        for factory in FACTORIES:
            factory(area=area)
        organizations.EvaluationFactory(project__area=area)
        # An area has one open mechanism of each kind, so each stands in a grid of its own.
        communities.MechanismFactory(area=AreaFactory(code=f"{COMMUNITY}{number:03d}"))


PATHS = [
    "/", "/dashboard/", "/dashboard/workers/", "/areas/620902/", f"/areas/{COMMUNITY}/",
    "/areas/620902/resources/", f"/areas/{COMMUNITY}/resources/", "/open/co-building/",
    "/open/co-building-resources/", "/open/co-building-projects/", "/open/compounds/",
    "/open/property-companies/", "/open/profiles/", "/open/grid-posts/",
    "/services/", f"/services/?area={COMMUNITY}&q=服务", "/organizations/", "/volunteers/",
    "/charity/", "/charity/resources/", "/linkage/", "/linkage/?period=2022-Q2", "/areas/620902/lists/",
    *THREE_LISTS,
]  # fmt: skip


@in_both_forms("pages", short=one_of_each(FIGURES), whole=FIGURES)
def test_one_row_and_three_cost_the_same(reference, client, pages):
    records([1])
    client.get("/")  # what Django keeps after its first request
    with_one = {path: queries(client, path) for path in [*PATHS, *pages]}
    records([2, 3])
    assert {path: queries(client, path) for path in [*PATHS, *pages]} == with_one
