"""Rules of the records of charity, held by the database."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from charity.models import Foundation
from tests.factories import BEGUN
from tests.factories import charity as make
from tests.rules import again, assert_rule

pytestmark = pytest.mark.django_db

ENDED_BEFORE = {"ended_on": BEGUN - datetime.timedelta(days=1)}
MINUS = Decimal("-0.01")


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (make.PartnershipFactory, ENDED_BEFORE, "结束日期不能早于开始日期。"),
        (make.CharityProjectFactory, ENDED_BEFORE, "结束日期不能早于开始日期。"),
        (make.CharityProjectFactory, {"amount": MINUS}, "金额不能小于0。"),
        (make.CharityResourceFactory, {"value": MINUS}, "价值和数量不能小于0。"),
        (make.CharityResourceFactory, {"quantity": MINUS}, "价值和数量不能小于0。"),
    ],
)
def test_a_record_that_breaks_a_rule(factory, broken, message):
    assert_rule(factory, broken, message)


def test_a_foundation_is_there_once():
    copy = again(make.FoundationFactory(), area_id="CN")
    with pytest.raises(ValidationError) as caught:
        copy.full_clean()
    assert set(caught.value.message_dict) == {"name"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Foundation.objects.bulk_create([copy])


@pytest.mark.parametrize(
    ("factory", "state"),
    [(make.CharityResourceFactory, "kept"), (make.CharityProjectFactory, "running")],
)
def test_a_partnership_that_something_came_of_is_not_deleted(factory, state):
    partnership = make.PartnershipFactory(state="talking")
    factory(partnership=partnership, state=state)
    with pytest.raises(ProtectedError):
        partnership.delete()
