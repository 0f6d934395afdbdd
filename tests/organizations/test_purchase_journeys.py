"""M16 and M17: a need becomes a contract that is paid for, supervised, evaluated and disclosed."""

import datetime
from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from organizations.models import PurchasedProject, SocialOrganization
from organizations.workflow import purchases
from suzhou_portal.calendars import workdays
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.incubating import (
    DeliverableFactory,
    PaymentFactory,
    RectificationFactory,
    SupervisionVisitFactory,
)
from tests.factories.organizations import (
    EvaluationFactory,
    PurchasedProjectFactory,
    SocialOrganizationFactory,
    ThirdPartyFactory,
    asked,
    scored,
)
from tests.files.pictures import photo
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

NEED = {"name": "为老服务项目", "need": "独居老人无人探访", "purchaser": "区民政局"}
TODAY = timezone.localdate
ONE = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


@pytest.fixture
def offices():
    """Two colleagues of the district: one enters, the other decides."""
    return Somebody("district", DISTRICT), Somebody("district", DISTRICT)


@pytest.fixture
def provider(community):
    """The organization that will do the work, and somebody of it."""
    organization = SocialOrganizationFactory(name="暖阳中心", area=community)
    return organization, Somebody("organization", COMMUNITY, {"organization": organization})


@pytest.fixture
def evaluator(community):
    """The third party, and somebody of it."""
    organization = ThirdPartyFactory(name="明鉴评估", area=community)
    return organization, Somebody("evaluator", COMMUNITY, {"organization": organization})


def contract(organization, **changes):
    """What is filled in when a contract is signed today."""
    return {
        "provider": organization, "contract_amount": "100000", "plan": "每周探访",
        "starts_on": TODAY(), "ends_on": TODAY() + 300 * ONE, **changes,
    }  # fmt: skip


def signed(offices, organization):
    """A project of today, from need to contract."""
    clerk, chief = offices
    project = clerk.has_entered("purchases", area=COMMUNITY, **NEED)
    chief.has_taken(project, "approve", budget="120000")
    clerk.has_taken(project, "procure", procurement="consultation")
    return clerk.has_taken(project, "sign", **contract(organization))


def test_a_need_becomes_a_contract(client, offices, provider):
    # Given a need that a clerk of the district has entered
    clerk, chief = offices
    organization, _ = provider
    project = clerk.has_entered("purchases", area=COMMUNITY, **NEED)
    # Then nobody reads of it yet, and who entered it does not approve it
    assert client.get(f"/open/purchases/{project.pk}/").status_code == 404
    assert clerk.takes(project, "approve").status_code == 403
    # And whoever is about to write in it is told what that costs
    page = f"/desk/purchases/{project.pk}/edit/"
    assert "须由没有填写过" not in clerk.sees(page)
    told = "“立项”“不予立项”须由没有填写过这条记录的人办理，您不能再办。"
    assert told in chief.sees(page)
    # When it is approved with a budget and procured
    assert "budget" in chief.takes(project, "approve").context["form"].errors
    chief.has_taken(project, "approve", budget="90000")
    clerk.has_taken(project, "procure", procurement="consultation")
    clerk.has_taken(project, "fail", note="响应的组织不足三家")
    assert project.procured_on is None
    clerk.has_taken(project, "procure", procurement="negotiation")
    # Then the contract keeps to the budget, is with a legal person, and in order
    refused = clerk.takes(project, "sign", **contract(organization))
    assert refused.context["form"].errors["contract_amount"] == ["合同金额不能超过预算。"]
    filed = SocialOrganizationFactory(kind="filed")
    refused = clerk.takes(project, "sign", **contract(filed, contract_amount="80000"))
    assert "没有法人资格" in refused.context["form"].errors["provider"][0]
    backwards = contract(organization, contract_amount="80000", ends_on=TODAY() - ONE)
    assert "ends_on" in clerk.takes(project, "sign", **backwards).context["form"].errors
    # And once signed it is public
    clerk.has_taken(project, "sign", **contract(organization, contract_amount="80000"))
    assert "暖阳中心" in client.get(f"/open/purchases/{project.pk}/").text
    card = client.get("/figures/purchased_funds/", {"area": COMMUNITY}).context["card"]
    assert card.computed.value == Decimal(80000)


def test_payments_never_exceed_the_contract(client, offices, provider):
    clerk, chief = offices
    organization, member = provider
    # Given a project that is not signed, which is not paid for
    unsigned = clerk.has_entered("purchases", area=COMMUNITY, **NEED)
    refused = clerk.enters("purchase-payments", of=unsigned, amount="1")
    assert "签约以后才能付款" in refused.text
    # When a signed one is paid for
    project = signed(offices, organization)
    clerk.has_entered("purchase-payments", of=project, amount="60000", note="首付款")
    # Then more than what is left is refused at the field, and so is a day before the contract
    refused = clerk.enters("purchase-payments", of=project, amount="40000.01")
    [problem] = refused.context["form"].errors["amount"]
    assert "最多还可付40,000.00元" in problem
    refused = clerk.enters("purchase-payments", of=project, amount="1", paid_on=TODAY() - ONE)
    assert refused.context["form"].errors["paid_on"] == ["付款日期不能早于签约日期。"]
    assert (
        "amount" in clerk.enters("purchase-payments", of=project, amount="0").context["form"].errors
    )
    rest = clerk.has_entered("purchase-payments", of=project, amount="40000", note="尾款")
    # And the project shows the sum, which follows what is taken back and paid anew, not corrected
    project.refresh_from_db()
    assert (project.paid_amount, project.unpaid_amount) == (Decimal(100000), 0)
    assert clerk.client.get(f"/desk/purchase-payments/{rest.pk}/edit/").status_code == 404
    chief.has_taken(rest, "reverse", note="金额有误")
    clerk.has_entered("purchase-payments", of=project, amount="30000", note="尾款")
    project.refresh_from_db()
    assert project.paid_amount == Decimal(90000)
    assert "90,000.00" in member.sees(f"/desk/purchases/{project.pk}/")
    assert member.enters("purchase-payments", of=project, amount="1").status_code == 403
    card = client.get("/figures/purchase_payments/", {"area": COMMUNITY}).context["card"]
    assert card.computed.value == Decimal(90000)


def found_failing(offices, organization, third, expert):
    """A project whose evaluator visits it half way and asks to put something right."""
    # Given a contract, and an evaluator to whom the district gives the mid-term evaluation
    clerk, chief = offices
    project = signed(offices, organization)
    clerk.has_taken(project, "start")
    own = clerk.enters("evaluations", of=project, kind="midterm", evaluator=organization)
    assert "evaluator" in own.context["form"].errors
    middle = clerk.has_entered("evaluations", of=project, kind="midterm", evaluator=third)
    assert "待评分、提交的第三方评估" in expert.sees("/desk/")
    assert "还没有确认结果的中期评估" in clerk.takes(project, "pass_midterm").text
    # When the evaluator visits, it finds the project failing, and asks to put that right
    visit = expert.has_entered("supervision-visits", evaluation=middle, findings="档案不全")
    assert (visit.provider, visit.evaluator, visit.area_id) == (organization, third, COMMUNITY)
    assert "评分表还没有填完" in expert.takes(middle, "submit", summary="服务档案不全").text
    expert.has_taken(scored(middle, 50), "submit", summary="服务档案不全")
    assert (middle.total, middle.grade) == (Decimal("50.0"), "fail")
    assert clerk.takes(middle, "settle").status_code == 403
    assert "须先提出整改要求" in chief.takes(middle, "settle").text
    todo = expert.has_entered("rectifications", of=middle, problem="档案不全", demand="补齐")
    assert todo.due_on == workdays.after(TODAY(), 15)
    chief.has_taken(middle, "settle")
    return clerk.has_taken(project, "pass_midterm"), todo


def test_a_project_is_supervised_evaluated_and_disclosed(client, offices, provider, evaluator):
    # Given a project that its evaluator finds failing half way
    clerk, chief = offices
    (organization, member), (third, expert) = provider, evaluator
    project, todo = found_failing(offices, organization, third, expert)
    # Then the provider is told, reports, is sent back, and is confirmed in the end
    assert "待整改的问题" in member.sees("/desk/")
    assert "result" in member.takes(todo, "report").context["form"].errors
    member.has_taken(todo, "report", result="已补齐一半")
    expert.has_taken(todo, "send_back", note="还缺一半", due_on=TODAY() + 9 * ONE)
    member.has_taken(todo, "report", result="全部补齐")
    assert member.takes(todo, "confirm").status_code == 403
    final = clerk.has_entered("evaluations", of=project, kind="final", evaluator=third)
    expert.has_taken(scored(final, 80), "submit", summary="整改到位")
    chief.has_taken(final, "settle")
    clerk.has_taken(project, "pass_final")
    assert "还有1项整改没有复核通过" in chief.takes(project, "complete", result="好").text
    expert.has_taken(todo, "confirm")
    # When it is completed and disclosed
    assert clerk.takes(project, "complete", result="好").status_code == 403
    chief.has_taken(project, "complete", result="探访老人六十名")
    clerk.has_taken(project, "disclose")
    # Then anybody reads what came of it, and the next award sees how the provider did
    assert "探访老人六十名" in client.get(f"/open/purchases/{project.pk}/").text
    assert "良好" in client.get("/open/evaluations/").text
    page = client.get(f"/organizations/{organization.pk}/").text
    assert "为老服务项目" in page
    assert "明鉴评估" in page
    [(who, cells)] = clerk.client.get("/organizations/track-records/").context["rows"]
    assert who == organization
    assert cells[:9] == ["1", "100,000", "0", "0", "1", "0", "1", "1", "0"]
    card = client.get("/figures/rectification_rate/", {"area": COMMUNITY}).context["card"]
    assert card.computed.value == 1


def test_what_the_contract_promises_is_handed_in_and_accepted(offices, provider):
    clerk, chief = offices
    organization, member = provider
    project = signed(offices, organization)
    promised = clerk.has_entered("deliverables", of=project, name="服务档案", due_on=TODAY() + ONE)
    # The provider hands it in with its files, but does not change what was agreed
    assert "待提交的项目成果" in member.sees("/desk/")
    files = f"/desk/deliverables/{promised.pk}/files/"
    assert member.client.post(files, {"uploads": photo()}).status_code == 302
    assert member.client.get(f"/desk/deliverables/{promised.pk}/edit/").status_code == 403
    member.has_taken(promised, "submit", content="档案二十份")
    clerk.has_taken(promised, "send_back", note="缺三份")
    assert promised.submitted_on is None
    member.has_taken(promised, "submit", content="档案二十三份")
    assert member.takes(promised, "accept").status_code == 403
    # Nor who wrote what was promised, which nobody changes any more
    refused = clerk.takes(promised, "accept")
    assert refused.status_code == 403
    assert "“验收通过”须由他人办理：这份记录是您填写的。" in refused.text
    for office in (clerk, chief):
        assert office.client.get(f"/desk/deliverables/{promised.pk}/edit/").status_code == 404
    chief.has_taken(promised, "accept")
    # What is not accepted keeps the project from being completed
    late = DeliverableFactory(project=project, due_on=TODAY() - ONE)
    assert "逾期未交的项目成果" in member.sees("/desk/")
    assert project.deliverables.open().get() == late


def test_a_contract_is_ended_before_its_time(offices, provider):
    clerk, chief = offices
    organization, _ = provider
    project = signed(offices, organization)
    assert "note" in chief.takes(project, "terminate").context["form"].errors
    chief.has_taken(project, "terminate", note="骨干离职")
    [(_, cells)] = clerk.client.get("/organizations/track-records/").context["rows"]
    assert cells[:3] == ["1", "100,000", "1"]


def test_who_awards_looks_at_the_past_of_every_provider(offices):
    clerk, _ = offices
    late = RectificationFactory(due_on=TODAY() - ONE)
    EvaluationFactory(project=late.evaluation.project, state="settled", grade="excellent")
    response = clerk.client.get("/organizations/track-records/")
    [(who, cells)] = response.context["rows"]
    assert who == late.evaluation.provider
    assert cells[:9] == ["1", "50,000", "0", "1", "0", "0", "0", "1", "1"]
    for role in ("street", "community"):
        stranger = Somebody(role, {"street": STREET, "community": COMMUNITY}[role])
        assert stranger.client.get("/organizations/track-records/").status_code == 403


def test_strangers_see_and_do_nothing(provider, evaluator):
    """Another organization, another evaluator, another community."""
    project = PurchasedProjectFactory()
    records = {
        "purchases": project,
        "purchase-payments": PaymentFactory(project=project),
        "deliverables": DeliverableFactory(project=project),
        "evaluations": EvaluationFactory(project=project),
        "supervision-visits": SupervisionVisitFactory(),
        "rectifications": RectificationFactory(),
    }
    for _, somebody in (provider, evaluator):
        for desk, record in records.items():
            assert somebody.client.get(f"/desk/{desk}/{record.pk}/").status_code == 404, desk
    _, expert = evaluator
    visit = records["supervision-visits"]
    refused = expert.enters("supervision-visits", evaluation=visit.evaluation, findings="x")
    assert "evaluation" in refused.context["form"].errors
    abroad = Somebody("street", "620902005")
    for verb in ("approve", "sign"):
        assert abroad.client.post(f"/desk/purchases/{project.pk}/{verb}/").status_code == 404
    assert PurchasedProject.objects.get(pk=project.pk).state == "signed"


def test_who_evaluates_does_not_settle(evaluator, offices):
    third, expert = evaluator
    evaluation = asked(evaluator=third)
    expert.has_taken(scored(evaluation, 80), "submit", summary="好")
    assert expert.takes(evaluation, "settle").status_code == 403
    _, chief = offices
    chief.has_taken(evaluation, "send_back", note="缺访谈记录")
    assert (evaluation.evaluated_on, evaluation.grade, evaluation.total) == (None, "", None)


@pytest.mark.parametrize(("day", "refused"), [(-1, True), (0, True), (1, False)])
def test_an_organization_signs_until_it_is_deregistered(day, refused):
    gone = SocialOrganization(kind="service", deregistered_on=TODAY() + day * ONE)
    with pytest.raises(ValidationError, match="已经注销") if refused else nullcontext():
        purchases.sign_with_a_legal_person(PurchasedProject(provider=gone), None, TODAY())
