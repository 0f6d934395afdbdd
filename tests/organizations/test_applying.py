"""M14, M16: an organization applies and reports itself, and is answered; codes fit what they are of."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.models import PropertyCompany
from organizations.models import ProjectReport, PurchasedProject
from suzhou_portal import credit_code
from suzhou_portal.accounts.roles import OWNERS, PERMISSIONS
from suzhou_portal.desks.forms import record_form
from suzhou_portal.records.kinds import kinds
from tests.accounts.world import COMMUNITY as HOME
from tests.accounts.world import Staff, settle
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.incubating import (
    IncubateeFactory,
    IncubationTrackFactory,
    ProjectReportFactory,
)
from tests.factories.organizations import PurchasedProjectFactory, SocialOrganizationFactory
from tests.files.pictures import photo
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
TODAY = timezone.localdate
CODE = credit_code.complete("52620902MJX000777")
APPLIED = {"name": "暖阳服务中心", "purpose": "为老服务"}


def member_of(organization, area=COMMUNITY):
    """Somebody of the organization."""
    return Somebody("organization", area, {"organization": organization})


def incubated(area):
    """An organization in the centre."""
    track = IncubationTrackFactory()
    inside = {"track": track, "reviewed_on": TODAY(), "admitted_on": TODAY(), "ends_on": TODAY()}
    return IncubateeFactory(area=area, state="admitted", applied_on=TODAY(), **inside).organization


@pytest.mark.parametrize("kind", ["filed", "incubated"])
def test_an_organization_applies_for_itself_and_answers_what_is_missing(kind, kept_in):
    # Given a filed or an incubated body with an account
    area = AreaFactory(code=COMMUNITY)
    body = (
        SocialOrganizationFactory(kind="filed", area=area) if kind == "filed" else incubated(area)
    )
    member, chief = member_of(body), Somebody("district", DISTRICT)
    application = member.has_entered("registrations", organization=body, **APPLIED)
    # When the office asks for more, the applicant is told, adds a file and says what was added
    chief.has_taken(application, "ask", note="缺场所证明")
    assert "待提交补正的登记申请" in member.sees("/desk/")
    assert "缺场所证明" in member.sees(f"/desk/registrations/{application.pk}/")
    files = f"/desk/registrations/{application.pk}/files/"
    assert member.client.post(files, {"uploads": photo()}).status_code == 302
    assert "supplement" in member.takes(application, "supplement").context["form"].errors
    member.has_taken(application, "supplement", supplement="补交场所使用证明")
    assert application.supplemented_on == TODAY()
    # Then the office reads it and goes on, until the body is a legal person
    assert "待受理的登记申请" in chief.sees("/desk/")
    assert "补交场所使用证明" in chief.sees(f"/desk/registrations/{application.pk}/")
    chief.has_taken(application, "receive")
    # CORE: another may have to grant what this one received
    Somebody("district", DISTRICT).has_taken(application, "approve", credit_code=CODE)
    body.refresh_from_db()
    assert (body.credit_code, body.kind, body.name) == (CODE, "service", "暖阳服务中心")


def test_who_can_not_apply_is_told_why_at_the_field():
    area = AreaFactory(code=COMMUNITY)
    registered = SocialOrganizationFactory(area=area, credit_code=CODE)
    member = member_of(registered)
    page = member.client.get("/desk/registrations/new/")
    assert not page.context["form"].fields["organization"].queryset.exists()
    refused = member.enters("registrations", organization="", **APPLIED)
    [said] = refused.context["form"].errors["organization"]
    assert "请选择您所在的组织" in said
    assert "代为申请" in said
    # The office applies for those who found a new one
    clerk = Somebody("community", COMMUNITY)
    assert clerk.has_entered("registrations", **APPLIED).organization is None


@pytest.mark.parametrize(
    ("kind", "begins"), [("association", "51"), ("service", "52"), ("foundation", "53")]
)
def test_a_code_of_another_kind_is_refused_wherever_it_is_entered(kind, begins):
    for other in {"51", "52", "53", "91"} - {begins}:
        wrong = credit_code.complete(f"{other}620902MJX000778")
        organization = SocialOrganizationFactory.build(kind=kind, credit_code=wrong)
        with pytest.raises(Exception, match=f"以{begins}开头"):
            organization.clean()
    right = credit_code.complete(f"{begins}620902MJX000778")
    SocialOrganizationFactory.build(kind=kind, credit_code=right).clean()
    with pytest.raises(Exception, match="以9开头"):
        PropertyCompany(credit_code=right).clean()
    application = Somebody("community", COMMUNITY).has_entered(
        "registrations", kind=kind, **APPLIED
    )
    chief = Somebody("district", DISTRICT)
    chief.has_taken(application, "receive")
    wrong = credit_code.complete("91620902MJX000778")
    refused = Somebody("district", DISTRICT).takes(application, "approve", credit_code=wrong)
    assert f"以{begins}开头" in refused.context["form"].errors["credit_code"][0]


@pytest.mark.parametrize(("role", "area"), [("community", COMMUNITY), ("street", STREET)])
def test_a_need_comes_from_community_and_street_and_goes_on_at_the_district(role, area):
    clerk, chief = Somebody(role, area), Somebody("district", DISTRICT)
    need = {"name": "为老服务", "need": "无人探访", "purchaser": "区民政局"}
    project = clerk.has_entered("purchases", area=area, **need)
    assert "待立项的购买服务需求" in chief.sees("/desk/")
    for verb in ("approve", "refuse"):
        assert clerk.takes(project, verb).status_code == 403
    chief.has_taken(project, "approve", budget="90000")
    assert clerk.takes(project, "procure", procurement="inquiry").status_code == 403
    assert PurchasedProject.objects.get().state == "approved"


def test_only_the_district_enters_a_contract_of_old():
    clerk = Somebody("street", STREET)
    provider = SocialOrganizationFactory(area=AreaFactory(code=STREET))
    page = "/admin/organizations/purchasedproject/add/"
    sent = {
        "area": STREET, "name": "x", "purchaser": "y", "provider": provider.pk,
        "contract_amount": "1", "signed_on": "2022-06-01", "starts_on": "2022-06-01",
        "ends_on": "2022-06-02",
        **{f"{rows}-{key}_FORMS": 0 for rows in ("payments", "evaluations") for key in ("TOTAL", "INITIAL")},
    }  # fmt: skip
    assert "合同由区级登记" in clerk.client.post(page, sent).text
    assert not PurchasedProject.objects.exists()


def test_a_provider_reports_and_the_purchaser_reviews():
    project = PurchasedProjectFactory(contract_amount=Decimal(10_000))
    member, clerk = member_of(project.provider), Somebody("district", DISTRICT)
    told = {"from_on": TODAY() - 30 * ONE, "to_on": TODAY(), "progress": "建档", "spent": "6000"}
    assert clerk.enters("project-reports", of=project, **told).status_code == 403
    report = member.has_entered("project-reports", of=project, **told)
    assert "待提交的项目报告" in member.sees("/desk/")
    member.has_taken(report, "submit")
    assert member.takes(report, "accept").status_code == 403
    assert member.client.get(f"/desk/project-reports/{report.pk}/edit/").status_code == 404
    clerk.has_taken(report, "send_back", note="缺票据")
    member.has_taken(report, "submit")
    clerk.has_taken(report, "accept")
    assert "6,000.00元" in clerk.sees(f"/desk/purchases/{project.pk}/")
    # Nothing beyond the contract, of days told already, or to come
    for changes, field in (
        ({"from_on": TODAY() - ONE}, "from_on"),
        ({"to_on": TODAY() + ONE}, "to_on"),
        ({"from_on": TODAY() - 60 * ONE, "to_on": TODAY() - 31 * ONE, "spent": "4000.01"}, "spent"),
    ):
        refused = member.enters("project-reports", of=project, **told | changes)
        assert field in refused.context["form"].errors
    with pytest.raises(IntegrityError, match="不能超过合同金额"), transaction.atomic():
        ProjectReportFactory(project=project, spent=Decimal("4000.01"))
    assert ProjectReport.objects.count() == 1


OWNED = [
    (kind, role)
    for kind in kinds.desks()
    for role in OWNERS
    if kind.permission("change") in PERMISSIONS[role] and kind.fields
]


@pytest.mark.parametrize("role", sorted(OWNERS))
def test_an_owners_edit_form_offers_what_the_record_holds(role):
    """Else it could never be saved, as the evaluators' was."""
    settled = settle(HOME)
    user = Staff(role, role).account(settled)
    seen = 0
    for kind, owner in OWNED:
        record = kind.model._default_manager.filter(user.scope(kind.model, "change")).first()
        if owner != role or record is None:
            continue
        seen += 1
        above = getattr(record, kind.parent) if kind.parent else None
        form = record_form(kind, user, above)(instance=record)
        for name, field in form.fields.items():
            if hasattr(field, "queryset") and getattr(record, f"{name}_id", None):
                assert field.queryset.filter(pk=getattr(record, f"{name}_id")).exists(), (
                    kind.name, name,
                )  # fmt: skip
    assert seen or role == "evaluator"
