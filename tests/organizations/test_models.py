"""Rules of the records of social organizations, held by the database."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from organizations.enums.base import OrganizationKind, Origin
from organizations.models import Evaluation, PurchasedProject, ServiceItem, SocialOrganization
from tests.factories import BEGUN
from tests.factories import organizations as make
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET
from tests.rules import again, assert_database_refuses, assert_refused, assert_rule

pytestmark = pytest.mark.django_db

BEFORE = BEGUN - datetime.timedelta(days=1)
CODE = "52620902MJX000018H"


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (
            make.SocialOrganizationFactory,
            {"deregistered_on": BEFORE},
            "注销日期不能早于引入或培育日期。",
        ),
        (
            make.SocialOrganizationFactory,
            {"kind": OrganizationKind.FILED, "credit_code": CODE},
            "街道备案的组织没有法人资格，统一社会信用代码应留空。",
        ),
        (
            make.SocialOrganizationFactory,
            {"credit_code": "91350100M000100Y4", "code_exception": "旧证"},
            "统一社会信用代码应为18位数字或大写字母。",
        ),
        (make.IncubationServiceFactory, {"ended_on": BEFORE}, "停止日期不能早于开始日期。"),
        (make.PurchasedProjectFactory, {"ends_on": BEFORE}, "实施结束不能早于实施开始。"),
        (
            make.PurchasedProjectFactory,
            {"contract_amount": Decimal(-1), "paid_amount": Decimal(-2)},
            "金额不能小于0。",
        ),
        (make.PurchasedProjectFactory, {"paid_amount": Decimal(-1)}, "金额不能小于0。"),
        (
            make.PurchasedProjectFactory,
            {"paid_amount": Decimal("50000.01")},
            "已付金额不能超过合同金额。",
        ),
        (make.ServiceItemFactory, {"withdrawn_on": BEFORE}, "停止日期不能早于发布日期。"),
        (make.ServiceItemFactory, {"provider_name": ""}, "请选择提供组织，或填写提供单位。"),
    ],
)
def test_a_record_that_breaks_a_rule(factory, broken, message):
    assert_rule(factory, broken, message)


@pytest.mark.parametrize(
    ("factory", "changes", "message"),
    [
        (make.SocialOrganizationFactory, {}, "该地区已有同名组织。"),
        (make.SocialOrganizationFactory, {"name": "另一家"}, "该统一社会信用代码已登记。"),
        (make.IncubationServiceFactory, {}, "该地区已有同名孵化服务。"),
    ],
)
def test_a_record_that_is_there_already(factory, changes, message):
    code = {"credit_code": CODE} if factory is make.SocialOrganizationFactory else {}
    assert_refused(again(factory(**code), **changes), message)


@pytest.mark.parametrize("grade", [0, 6])
def test_a_grade_that_there_is_not(grade):
    organization = make.SocialOrganizationFactory()
    organization.grade = grade
    with pytest.raises(ValidationError) as caught:
        organization.full_clean()
    assert set(caught.value.message_dict) == {"grade"}
    assert_database_refuses(organization.save)


def test_several_organizations_may_lack_a_code():
    make.SocialOrganizationFactory.create_batch(2, credit_code="")


class TestCreditCode:
    def test_is_checked(self):
        with pytest.raises(ValidationError) as caught:
            make.SocialOrganizationFactory.build(credit_code=f"{CODE[:17]}4").clean()
        assert caught.value.message_dict == {
            "credit_code": ["统一社会信用代码的校验位不对，请核对。"]
        }

    def test_is_taken_over_with_a_reason(self):
        make.SocialOrganizationFactory.build(
            credit_code=f"{CODE[:17]}4", code_exception="证书如此"
        ).clean()

    def test_is_kept_in_capitals(self):
        organization = make.SocialOrganizationFactory.build(credit_code=f" {CODE.lower()} ")
        organization.clean()
        assert organization.credit_code == CODE


@pytest.mark.parametrize(
    ("origin", "joined", "counted"),
    [
        (Origin.INTRODUCED, BEGUN, 1),
        (Origin.INCUBATED, BEGUN, 1),
        (Origin.OTHER, BEGUN, 0),
        (Origin.INCUBATED, BEGUN + datetime.timedelta(days=1), 0),
    ],
)
def test_introduced_or_incubated(origin, joined, counted):
    make.SocialOrganizationFactory(origin=origin, joined_on=joined, deregistered_on=joined)
    assert SocialOrganization.objects.introduced_or_incubated(BEGUN).count() == counted


def test_a_deregistered_organization_is_not_active():
    ended = make.SocialOrganizationFactory(joined_on=BEFORE, deregistered_on=BEFORE)
    assert ended not in SocialOrganization.objects.active(BEGUN)
    assert ended in SocialOrganization.objects.active(BEFORE)


class TestEvaluation:
    def test_takes_area_and_provider_of_its_project(self):
        project = make.PurchasedProjectFactory(area__code=STREET)
        evaluation = make.asked(project=project)
        elsewhere = make.PurchasedProjectFactory(area__code=COMMUNITY)
        evaluation.project = elsewhere
        evaluation.save()
        evaluation.refresh_from_db()
        assert evaluation.area == elsewhere.area
        assert evaluation.provider == elsewhere.provider

    def test_is_not_made_by_the_provider(self):
        evaluation = make.asked()
        evaluation.project.provider = evaluation.evaluator
        with pytest.raises(ValidationError) as caught:
            evaluation.full_clean()
        message = "评估机构不能是项目的承接组织。"
        assert caught.value.message_dict["evaluator"] == [message]

    def test_is_not_made_by_the_provider_past_the_form(self):
        evaluation = make.EvaluationFactory()
        rows = Evaluation.objects.filter(pk=evaluation.pk)
        assert_database_refuses(lambda: rows.update(evaluator=evaluation.provider))

    def test_cannot_claim_another_provider(self):
        rows, other = Evaluation.objects.filter(pk=make.EvaluationFactory().pk), organization()
        assert_database_refuses(lambda: rows.update(provider=other))

    def test_follows_as_the_provider_of_a_signed_project_stays(self):
        evaluation, other = make.asked(), organization()
        project = PurchasedProject.objects.filter(pk=evaluation.project_id)
        assert_database_refuses(lambda: project.update(provider=other))
        evaluation.refresh_from_db()
        assert evaluation.provider == project.get().provider

    def test_keeps_its_evaluator_from_becoming_the_provider(self):
        evaluation = make.EvaluationFactory()
        project = PurchasedProject.objects.filter(pk=evaluation.project_id)
        assert_database_refuses(lambda: project.update(provider=evaluation.evaluator))

    @pytest.mark.parametrize(("day", "expected"), [(BEGUN, True), (BEFORE, False)])
    def test_makes_a_project_evaluated(self, day, expected):
        make.EvaluationFactory()
        make.PurchasedProjectFactory()
        assert PurchasedProject.objects.evaluated(day).exists() is expected
        assert PurchasedProject.objects.until(day, "signed_on").exists() is expected


def organization():
    return make.SocialOrganizationFactory()


class TestServiceItem:
    def test_takes_the_name_of_its_provider(self):
        item = make.ServiceItemFactory.build(provider=make.SocialOrganizationFactory(name="暖阳"))
        item.clean()
        assert item.provider_name == "暖阳"

    def test_residents_use_what_is_inside_and_around(self):
        places = [DISTRICT, STREET, COMMUNITY, GRID, "620902004005", "620902005"]
        items = {code: make.ServiceItemFactory(area__code=code) for code in places}
        usable = ServiceItem.objects.for_resident_of(COMMUNITY)
        assert set(usable) == {items[code] for code in (DISTRICT, STREET, COMMUNITY, GRID)}

    def test_is_listed_up_to_the_day_it_is_withdrawn(self):
        item = make.ServiceItemFactory(withdrawn_on=BEGUN)
        assert item in ServiceItem.objects.listed(BEGUN)
        assert item not in ServiceItem.objects.listed(BEFORE)
        assert item not in ServiceItem.objects.listed(BEGUN + datetime.timedelta(days=1))
