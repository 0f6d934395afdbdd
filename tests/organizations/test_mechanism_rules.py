"""The rules of M13 to M17 that the database holds, whoever writes and however."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from organizations.models import Payment, PurchasedProject
from suzhou_portal.lifecycle.moves import take, write_down
from tests.factories import BEGUN, incubating, organizations
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.rules import again, assert_database_refuses, assert_refused, assert_rule, forget

db = pytest.mark.django_db
DAY, ONE = BEGUN, datetime.timedelta(days=1)
SIGNED = "签约须有承接组织、合同金额、签约日期和起止日期；签约以前不填。"
NO_TRACK = "评审通过时须定下孵化轨道；通过以前不填。"
NUMBERED = "备案须有备案编号、备案日期，并列入名录；此前不填编号。"
GRADED = "提交评估须有评估日期和等次；只是委托的，两项都不填。"
CLOCK = "受理须有受理日期和承诺办结日期。"
PROJECT, EVALUATION = organizations.PurchasedProjectFactory, organizations.EvaluationFactory
RECTIFICATION, DELIVERABLE = incubating.RectificationFactory, incubating.DeliverableFactory
INCUBATEE, REGISTRATION = incubating.IncubateeFactory, incubating.RegistrationFactory
FILING, TRACK = incubating.FilingFactory, incubating.IncubationTrackFactory
COMPLETED = {"state": "completed", "completed_on": DAY, "result": "好"}
RECEIVED = {"state": "received", "received_on": DAY, "due_on": DAY}
FILED = {"state": "filed", "filed_on": DAY, "number": "一"}
REPORTED = {"state": "reported", "reported_on": DAY, "result": "好"}


@db
@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (PROJECT, {"provider_id": None}, SIGNED),
        (PROJECT, {"signed_on": None}, SIGNED),
        (PROJECT, {"budget": Decimal(49_999)}, "合同金额不能超过预算。"),
        (PROJECT, {"approved_on": DAY, "procured_on": DAY - ONE}, "开始采购不能早于立项日期。"),
        (PROJECT, {"procured_on": DAY + ONE}, "签约不能早于开始采购日期。"),
        (PROJECT, COMPLETED | {"completed_on": DAY - ONE}, "结项不能早于签约日期。"),
        (PROJECT, COMPLETED | {"disclosed_on": DAY - ONE}, "公示不能早于结项日期。"),
        (PROJECT, COMPLETED | {"result": ""}, "结项须写明成效。"),
        (PROJECT, {"terminated_on": DAY - ONE}, "解除合同不能早于签约日期。"),
        (EVALUATION, {"evaluated_on": None}, GRADED),
        (EVALUATION, {"grade": ""}, GRADED),
        (incubating.PaymentFactory, {"amount": Decimal(0)}, "付款金额须大于0。"),
        (incubating.PaymentFactory, {"paid_on": DAY - ONE}, "付款日期不能早于签约日期。"),
        (DELIVERABLE, {"state": "submitted"}, "提交成果须写明内容。"),
        (DELIVERABLE, {"state": "lost"}, "没有这一状态。"),
        (DELIVERABLE,
         {"state": "accepted", "content": "好", "submitted_on": DAY, "accepted_on": DAY - ONE},
         "验收不能早于提交日期。"),
        (RECTIFICATION, {"state": "lost"}, "没有这一状态。"),
        (RECTIFICATION, {"due_on": DAY - ONE}, "整改期限不能早于提出日期。"),
        (RECTIFICATION, REPORTED | {"reported_on": DAY - ONE}, "提交整改不能早于提出日期。"),
        (RECTIFICATION, REPORTED | {"result": ""}, "提交整改须写明整改情况。"),
        (RECTIFICATION, REPORTED | {"state": "confirmed"}, "复核通过须有日期。"),
        (RECTIFICATION, REPORTED | {"state": "confirmed", "confirmed_on": DAY - ONE},
         "复核不能早于提交整改。"),
        (TRACK, {"position": 3}, "序号只能是1或2。"),
        (TRACK, {"area_id": COMMUNITY}, "孵化轨道由区级核定：请选择区。"),
        (INCUBATEE, {"state": "lost"}, "没有这一状态。"),
        (INCUBATEE, {"state": "approved", "reviewed_on": DAY}, NO_TRACK),
        (INCUBATEE, {"reviewed_on": DAY}, NO_TRACK),
        (INCUBATEE, {"left_on": DAY}, "出壳或退出须有日期。"),
        (REGISTRATION, {"state": "lost"}, "没有这一状态。"),
        (REGISTRATION, {"state": "received"}, CLOCK),
        (REGISTRATION, RECEIVED | {"received_on": DAY - ONE}, "受理不能早于申请日期。"),
        (REGISTRATION, RECEIVED | {"state": "refused"}, "作出决定须有日期和用时。"),
        (REGISTRATION, RECEIVED | {"state": "refused", "decided_on": DAY - ONE, "days_taken": 0},
         "决定不能早于受理日期。"),
        (REGISTRATION, {"credit_code": "52620902MJX000018H"},
         "准予登记须有统一社会信用代码，并列入名录；此前不填。"),
        (FILING, {"state": "lost"}, "没有这一状态。"),
        (FILING, {"number": "一"}, NUMBERED),
        (FILING, FILED | {"number": ""}, NUMBERED),
        (FILING, FILED | {"organization_id": None}, NUMBERED),
        (FILING, FILED | {"filed_on": DAY - ONE}, "备案不能早于申请日期。"),
        (FILING, FILED | {"changed_on": DAY - ONE}, "变更不能早于备案日期。"),
        (FILING, FILED | {"state": "cancelled"}, "注销或转为登记须有日期。"),
        (FILING, FILED | {"state": "cancelled", "ended_on": DAY - ONE}, "注销或转登记不能早于备案日期。"),
        (FILING, {"area_id": DISTRICT}, "街道备案的组织属于社区或街道：请选择社区或街道。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    AreaFactory(code=COMMUNITY)
    assert_rule(factory, broken, message)


@db
@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"reviewed_on": DAY - ONE}, "评审不能早于申请日期。"),
        ({"admitted_on": DAY - ONE}, "入驻不能早于评审日期。"),
        ({"admitted_on": None}, "入驻须有入驻日期和孵化期满日期。"),
        ({"ends_on": DAY - ONE}, "孵化期满不能早于入驻日期。"),
        ({"incubating_on": DAY - ONE}, "开始孵化不能早于入驻日期。"),
        ({"state": "withdrawn", "left_on": DAY - ONE}, "出壳或退出不能早于评审日期。"),
        ({"state": "withdrawn", "incubating_on": DAY + ONE, "left_on": DAY},
         "出壳或退出不能早于开始孵化日期。"),
        ({"state": "graduated", "left_on": DAY}, "出壳须写明孵化成效。"),
    ],
)  # fmt: skip
def test_rules_of_an_organization_in_the_centre(broken, message):
    delivery = incubating.IncubationDeliveryFactory()
    incubatee = delivery.incubatee
    forget(delivery)
    record = again(incubatee, **broken)
    forget(incubatee)
    assert_refused(record, message)


@db
@pytest.mark.parametrize(
    ("factory", "changes", "message"),
    [
        (TRACK, {}, "这一序号的轨道已存在。"),
        (INCUBATEE, {}, "该组织已在申请或孵化中。"),
        (DELIVERABLE, {}, "该项目已有同名成果。"),
        (FILING, {"name": "另一队"}, "该组织已有备案。"),
        (FILING, {"organization_id": None}, "该社区已有同名组织申请或备案。"),
    ],
)
def test_what_is_there_already(factory, changes, message):
    assert_refused(again(factory(), **changes), message)


@db
@pytest.mark.parametrize("factory", [PROJECT, EVALUATION])
@pytest.mark.parametrize("state", ["lost", "need", "assigned"])
def test_what_is_signed_or_made_has_no_earlier_state(factory, state):
    """A new one that says it is signed, or made, is taken at its word; the database keeps it so."""
    broken = again(factory(), state=state)
    assert_database_refuses(lambda: type(broken).objects.bulk_create([broken]))


@db
def test_nobody_is_registered_as_a_filed_body():
    broken = again(REGISTRATION(), kind="filed")
    with pytest.raises(ValidationError):
        broken.full_clean()
    assert_database_refuses(lambda: type(broken).objects.bulk_create([broken]))


@db
def test_a_filing_number_is_given_once():
    first = FILING(**FILED)
    other = FILING()
    assert_refused(
        again(first, organization_id=other.organization_id, state="cancelled", ended_on=DAY),
        "该备案编号已使用。",
    )


@db
def test_a_credit_code_is_granted_to_a_body_on_the_register():
    broken = RECEIVED | {"state": "approved", "decided_on": DAY, "days_taken": 0}
    assert_rule(REGISTRATION, broken, "准予登记须有统一社会信用代码，并列入名录；此前不填。")


@db
def test_payments_stay_within_the_contract_past_every_form():
    paid = incubating.PaymentFactory(amount=Decimal(30_000))
    more = again(paid, amount=Decimal("20000.01"))
    with pytest.raises(ValidationError) as caught:
        more.full_clean()
    assert "最多还可付20,000.00元" in caught.value.message_dict["amount"][0]
    assert_database_refuses(lambda: Payment.objects.bulk_create([more]))
    rows = Payment.objects.filter(pk=paid.pk)
    assert_database_refuses(lambda: rows.update(amount=Decimal("50000.01")))
    projects = PurchasedProject.objects.filter(pk=paid.project_id)
    assert_database_refuses(lambda: projects.update(contract_amount=Decimal(29_999)))


@db
def test_what_was_paid_is_the_sum_of_payments_and_nothing_else():
    paid = incubating.PaymentFactory(amount=Decimal(30_000))
    projects = PurchasedProject.objects.filter(pk=paid.project_id)
    assert projects.get().paid_amount == Decimal(30_000)
    assert_database_refuses(lambda: projects.update(paid_amount=Decimal(1)))
    other = PROJECT()
    # A payment stays where it was made, and as it was
    assert_database_refuses(lambda: Payment.objects.filter(pk=paid.pk).update(project=other))
    assert_database_refuses(Payment.objects.all().delete)
    more = incubating.PaymentFactory(project=paid.project, amount=Decimal(5_000))
    assert projects.get().paid_amount == Decimal(35_000)
    forget(paid)
    assert projects.get().paid_amount == Decimal(5_000)
    take(more, "reverse", on=more.paid_on, note="重复")
    assert projects.get().paid_amount == 0
    assert_database_refuses(
        lambda: PurchasedProject.objects.bulk_create([again(other, paid_amount=Decimal(1))])
    )


@db
def test_nothing_is_paid_before_there_is_a_contract():
    unsigned = PROJECT(
        state="need", provider=None, contract_amount=None, signed_on=None, starts_on=None,
        ends_on=None,
    )  # fmt: skip
    payment = incubating.PaymentFactory.build(project=unsigned, area=unsigned.area)
    with pytest.raises(ValidationError):
        payment.full_clean()
    assert_database_refuses(lambda: Payment.objects.bulk_create([payment]))
    with pytest.raises(ValidationError):
        EVALUATION.build(project=unsigned, evaluator=None, state="assigned").clean()


@db
def test_a_visit_is_the_evaluators_own_and_never_the_providers():
    visit = incubating.SupervisionVisitFactory(evaluation=organizations.asked())
    rows = type(visit).objects.filter(pk=visit.pk)
    assert_database_refuses(lambda: rows.update(evaluator=visit.provider))
    other = organizations.SocialOrganizationFactory()
    assert_database_refuses(lambda: rows.update(evaluator=other))
    assert_database_refuses(lambda: rows.update(provider=other))
    # When the evaluation goes to another evaluator, its visits follow
    type(visit.evaluation).objects.filter(pk=visit.evaluation_id).update(evaluator=other)
    assert rows.get().evaluator == other


@db
def test_services_are_given_in_the_centre_past_every_form():
    given = incubating.IncubationDeliveryFactory()
    early = again(given, delivered_on=DAY - ONE)
    assert_refused(early, "服务日期应在入驻之后、出壳或退出之前。")
    inside = take(given.incubatee, "incubate", on=DAY)
    type(given).objects.filter(pk=given.pk).update(delivered_on=DAY + ONE)
    assert_database_refuses(lambda: _withdrawn(inside, DAY))
    _withdrawn(inside, DAY + ONE)
    assert_database_refuses(
        lambda: type(given).objects.bulk_create([again(given, delivered_on=DAY + 2 * ONE)])
    )


def _withdrawn(incubatee, day):
    """Past every form: the step with its line of history, and nothing else checked."""
    incubatee.state, incubatee.left_on = "withdrawn", day
    said = {"verb": "withdraw", "label": "退出", "taken_on": day, "note": "停止"}
    write_down(incubatee, "incubating", None, **said)
    type(incubatee).objects.bulk_update([incubatee], ["state", "left_on"])


@db
def test_a_step_is_taken_once():
    filing = FILING()
    take(filing, "file", number="一")
    with pytest.raises(ValidationError, match="不能“备案”"):
        take(filing, "file", number="二")
