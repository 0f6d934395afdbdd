"""Two people take the same step, or pay from the same contract, at once: one wins, the other is told."""

from decimal import Decimal

from django.db import IntegrityError

from organizations.models import Payment
from tests.committed import both
from tests.factories import incubating, organizations
from tests.factories.areas import COMMUNITY, DISTRICT
from tests.journeys import Somebody


def test_of_two_payments_at_once_one_is_made_and_the_other_is_told(committed):
    project = organizations.PurchasedProjectFactory()
    clerks = [Somebody("district", DISTRICT) for _ in range(2)]

    def pays(clerk):
        return lambda: clerk.enters("purchase-payments", of=project, amount="30000")

    answers = both(project, *(pays(clerk) for clerk in clerks))
    refused = [one for one in answers if "错误：" in one.text]
    assert len(refused) == 1
    assert "最多还可付20,000.00元" in refused[0].text
    project.refresh_from_db()
    assert project.paid_amount == Decimal(30_000)


def test_of_two_who_sign_at_once_one_signs_and_the_other_is_told(committed):
    filing = incubating.FilingFactory(organization=None)
    clerks = [Somebody("street", COMMUNITY[:9]) for _ in range(2)]

    def files(place):
        return lambda: clerks[place].takes(filing, "file", number=f"城北-{place}")

    answers = both(filing, files(0), files(1))
    refused = [one for one in answers if "错误：" in one.text]
    assert len(refused) == 1
    assert "不能“备案”" in refused[0].text
    filing.refresh_from_db()
    assert filing.state == "filed"
    assert type(filing.organization).objects.count() == 1


def test_two_raw_payments_at_once_keep_to_the_contract(committed):
    """Past every form: the second sees the first, though its statement began before."""
    project = organizations.PurchasedProjectFactory()

    def pays():
        payment = incubating.PaymentFactory.build(
            project=project, area=project.area, amount=Decimal(30_000)
        )
        try:
            Payment.objects.bulk_create([payment])
        except IntegrityError:
            return False
        return True

    assert sorted(both(project, pays, pays)) == [False, True]
    assert Payment.objects.count() == 1
