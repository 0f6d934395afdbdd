"""冲正 of resources and of what they were used for."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client

from suzhou_portal.figures import door
from tests.factories import BEGUN
from tests.factories import charity as make
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
GOODS = {
    "area": DISTRICT, "name": "大米", "kind": "goods", "donor_public": "某企业", "value": "1000",
    "valued_by": "发票", "received_on": BEGUN,
}  # fmt: skip


def test_goods_are_counted_and_the_same_again_is_asked_about():
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    refused = clerk.enters("charity-resources", **GOODS)
    assert refused.context["form"].errors["quantity"] == ["物资须填数量和计量单位。"]
    counted = GOODS | {"quantity": 10, "unit": "袋"}
    clerk.has_entered("charity-resources", **counted)
    refused = clerk.enters("charity-resources", **counted)
    assert "当天已有同样金额" in refused.context["form"].errors["value"][0]
    again = clerk.has_entered("charity-resources", **counted, explanation="第二车")
    assert clerk.takes(again, "reverse", note="重复").status_code == 403
    other.has_taken(again, "reverse", note="只有一车", taken_on=BEGUN + ONE)
    assert door.value("charity_value", DISTRICT, BEGUN).value == 2000
    assert door.value("charity_value", DISTRICT, BEGUN + ONE).value == 1000
    assert "已冲正" in clerk.sees("/desk/charity-resources/")
    assert "冲正，不再计入" in Client().get(f"/charity/resources/{again.pk}/").text
    asked = {"resource": again, "area": COMMUNITY, "purpose": "慰问", "value": "1", "quantity": 1}
    AreaFactory(code=COMMUNITY)
    assert "已冲正，不能分配" in clerk.enters("allocations", **asked).text


def test_a_use_is_reversed_while_its_allocation_is_open():
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    use = make.ResourceUseFactory(value=Decimal(100))
    allocation, resource = use.allocation, use.allocation.resource
    assert "已经分配" in other.takes(resource, "reverse", note="重复").text
    clerk.has_taken(allocation, "settle")
    assert "请先“重新打开”" in other.takes(use, "reverse", note="重复").text
    other.has_taken(allocation, "reopen", note="使用登记有误")
    assert (allocation.returned_value, allocation.settled_on) == (0, None)
    other.has_taken(use, "reverse", note="没有发放", taken_on=BEGUN + ONE)
    assert door.value("charity_used", DISTRICT, BEGUN).value == 100
    assert door.value("charity_used", DISTRICT, BEGUN + ONE).value == 0
    assert door.value("charity_beneficiaries", DISTRICT, BEGUN + ONE).value == 0
    clerk.has_taken(allocation, "settle")
    assert allocation.net_value == 0
    other.has_taken(resource, "reverse", note="没有到位", taken_on=BEGUN + ONE)
