"""A project with its payments and evaluations on one page of the admin."""

import pytest

from organizations.models import Evaluation, Payment, PurchasedProject
from tests.admin.test_admin import address
from tests.admin.test_forms import add, below, new_project
from tests.factories.areas import COMMUNITY
from tests.factories.incubating import PaymentFactory
from tests.factories.organizations import SocialOrganizationFactory, ThirdPartyFactory

pytestmark = pytest.mark.django_db


def paid(amount, row=0, day="2022-07-01"):
    """A row of the page."""
    return below("payments", row, amount=amount, paid_on=day)


def test_a_project_is_entered_with_what_was_paid(clerk_client):
    parties = SocialOrganizationFactory(), ThirdPartyFactory()
    assert (
        add(clerk_client, PurchasedProject, **new_project(*parties), **paid("100")).status_code
        == 302
    )
    assert PurchasedProject.objects.get().paid_amount == 100


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (paid("50000.01"), "已付金额不能超过合同金额。"),
        (paid("1", day="2022-05-31"), "付款日期不能早于签约日期。"),
    ],
)
def test_what_the_contract_does_not_allow(row, message, clerk_client):
    parties = SocialOrganizationFactory(), ThirdPartyFactory()
    refused = add(clerk_client, PurchasedProject, **new_project(*parties), **row)
    assert message in refused.content.decode()
    assert not PurchasedProject.objects.exists()


def test_what_is_paid_already_counts(clerk_client):
    """A contract that is signed is paid for on the payments' own page."""
    kept = PaymentFactory(amount=30_000)
    assert (
        clerk_client.post(address(PurchasedProject, "change", kept.project_id)).status_code == 403
    )
    more = {"project": kept.project_id, "paid_on": "2022-07-01"}
    refused = add(clerk_client, Payment, **more, amount="20000.01")
    assert "不能超过合同金额" in refused.content.decode()
    assert add(clerk_client, Payment, **more, amount="20000").status_code == 302
    assert Payment.objects.count() == 2


def test_a_need_has_neither_payment_nor_evaluation(clerk_client):
    need = {"area": COMMUNITY, "name": "为老服务", "purchaser": "区民政局"}
    evaluator = ThirdPartyFactory()
    for row, message in (
        (paid("1"), "项目签约以后才能付款。"),
        (
            below("evaluations", 0, kind="final", evaluator=evaluator.pk),
            "项目签约以后才能委托评估。",
        ),
    ):
        assert message in add(clerk_client, PurchasedProject, **need, **row).content.decode()
    assert add(clerk_client, PurchasedProject, **need).status_code == 302
    assert PurchasedProject.objects.get().state == "need"
    assert not Evaluation.objects.exists()


def test_a_contract_is_not_half_entered(clerk_client):
    parties = SocialOrganizationFactory(), ThirdPartyFactory()
    refused = add(clerk_client, PurchasedProject, **new_project(*parties) | {"contract_amount": ""})
    assert "签约须有承接组织、合同金额" in refused.content.decode()
    assert not PurchasedProject.objects.exists()
