"""冲正: a payment made twice is taken back by another person; both stay, and what is paid nets by date."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from organizations.models import Payment
from suzhou_portal.figures import door
from suzhou_portal.lifecycle.moves import take
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.incubating import PaymentFactory
from tests.factories.organizations import PurchasedProjectFactory
from tests.journeys import Somebody
from tests.rules import assert_database_refuses

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
PAID = {"amount": "10000", "paid_on": BEGUN}


def figures(day):
    return [door.value(key, DISTRICT, day).value for key in ("purchased_paid", "purchase_payments")]


def test_a_payment_made_twice_is_asked_about_and_reversed_by_another(client):
    # Given a payment, and the same once more on that day, which the form asks about
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    project = PurchasedProjectFactory(area=AreaFactory(code=DISTRICT))
    clerk.has_entered("purchase-payments", of=project, **PAID)
    refused = clerk.enters("purchase-payments", of=project, **PAID)
    assert "当天已有同样金额" in refused.context["form"].errors["amount"][0]
    again = clerk.has_entered("purchase-payments", of=project, **PAID, explanation="重新支付")
    assert figures(BEGUN) == [Decimal(20_000)] * 2
    # When it turns out to be a mistake, its author cannot take it back, and somebody else does
    assert "reverse" not in clerk.offered(again)
    assert clerk.takes(again, "reverse", note="重复").status_code == 403
    assert "note" in other.takes(again, "reverse").context["form"].errors
    early = other.takes(again, "reverse", note="重复", taken_on=BEGUN - ONE)
    assert "冲正不能早于" in early.text
    other.has_taken(again, "reverse", note="重复付款，已追回", taken_on=BEGUN + 7 * ONE)
    # Then both are shown, the sums net from that day on, and what is left can be paid again
    page = clerk.sees(f"/desk/purchases/{project.pk}/")
    assert page.count("10,000.00元") == 2
    assert "已冲正" in page
    assert "重复付款，已追回" in clerk.sees(f"/desk/purchase-payments/{again.pk}/")
    project.refresh_from_db()
    assert project.paid_amount == Decimal(10_000)
    assert figures(BEGUN + 6 * ONE) == [Decimal(20_000)] * 2
    assert figures(BEGUN + 7 * ONE) == [Decimal(10_000)] * 2
    clerk.has_entered("purchase-payments", of=project, amount="40000", paid_on=BEGUN)
    # And what is reversed stays so
    assert clerk.client.get(f"/desk/purchase-payments/{again.pk}/edit/").status_code == 404
    assert other.offered(again) == set()


def test_the_database_keeps_what_is_reversed():
    payment = PaymentFactory(amount=Decimal(10_000), paid_on=BEGUN)
    rows = Payment.objects.filter(pk=payment.pk)
    assert_database_refuses(lambda: rows.update(state="reversed"))
    twin = PaymentFactory.build(project=payment.project, area=payment.area, paid_on=BEGUN)
    assert_database_refuses(lambda: Payment.objects.bulk_create([twin]))
    assert_database_refuses(lambda: rows.update(state="reversed", reversed_on=BEGUN))
    take(payment, "reverse", on=BEGUN, note="重复")
    assert_database_refuses(lambda: rows.update(amount=1))
    assert_database_refuses(lambda: rows.update(state="kept", reversed_on=None))
    with connection.cursor() as cursor:
        cursor.execute("SELECT paid_amount FROM organizations_purchasedproject")
        assert cursor.fetchone() == (Decimal(0),)
