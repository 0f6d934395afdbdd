"""The admin offers what desks offer, and says why something else can't be chosen."""

import pytest
from django.contrib import admin
from django.urls import reverse

from organizations.models import Registration
from suzhou_portal.accounts.choices import told_why
from suzhou_portal.accounts.roles import Role
from suzhou_portal.desks.forms import record_form
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CourseFactory, PersonFactory, PostFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ASKED = {"app_label": "organizations", "model_name": "registration", "field_name": "organization"}


@pytest.fixture
def clerk():
    return Somebody(Role.STREET, COMMUNITY[:9])


@pytest.fixture
def organizations():
    here, elsewhere = AreaFactory(code=COMMUNITY), AreaFactory(code="620903001001")
    return {
        "filed": SocialOrganizationFactory(area=here, name="备案的邻里队", kind="filed"),
        "registered": SocialOrganizationFactory(
            area=here, name="登记的邻里队", credit_code="52620902MJX000018H"
        ),
        "elsewhere": SocialOrganizationFactory(area=elsewhere, name="别区的邻里队", kind="filed"),
    }


def test_the_search_offers_what_is_eligible_and_ones_own(clerk, organizations):
    answer = clerk.client.get(reverse("admin:autocomplete"), ASKED | {"term": "邻里队"})
    found = [one["id"] for one in answer.json()["results"]]
    assert found == [str(organizations["filed"].pk)]


def test_the_form_refuses_the_others_and_says_why(clerk, organizations):
    path = reverse("admin:organizations_registration_add")
    for name, refused in (("filed", False), ("registered", True), ("elsewhere", True)):
        page = clerk.client.post(path, {"organization": organizations[name].pk})
        said = page.context["adminform"].form.errors.get("organization", [])
        assert any("已经登记" in one for one in said) == refused, name
    assert not Registration.objects.exists()


def test_desk_and_admin_say_the_same(rf):
    request = rf.get("/")
    request.user = Somebody(Role.DISTRICT, DISTRICT).user
    seen = 0
    for kind in kinds.desks():
        shown = admin.site._registry[kind.model].get_form(request).base_fields
        asked = record_form(kind, request.user).base_fields
        for name in getattr(kind.model, "offered_because", {}):
            said = told_why(kind.model, kind.model._meta.get_field(name))["invalid_choice"]
            for fields in (shown, asked):
                if name in fields:
                    assert fields[name].error_messages["invalid_choice"] == said
                    seen += 1
    assert seen > 1


def test_a_rule_of_the_model_refuses_in_the_admin_too():
    """Whom the search offers and the record's rules don't."""
    gone = PersonFactory(area=AreaFactory(code=COMMUNITY))
    PostFactory(person=gone, area=gone.area, started_on="2020-01-01", ended_on="2020-12-31")
    course = CourseFactory(area=AreaFactory(code=DISTRICT), state="enrolling")
    page = Somebody(Role.DISTRICT, DISTRICT).client.post(
        reverse("admin:communities_enrolment_add"),
        {
            "course": course.pk, "person": gone.pk, "area": COMMUNITY, "unit": "某单位",
            "rank": "section", "explanation": "补录",
        },
    )  # fmt: skip
    assert "已离岗" in str(page.context["adminform"].form.errors)
    assert not course.enrolments.exists()
