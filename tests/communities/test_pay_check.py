"""M12: corrections within limits, and the sheet that compares what is stored with the scheme in force."""

import datetime
from decimal import Decimal

import pytest

from communities.models import PayCorrection
from tests.communities.pay_world import AUGUST, MAY, an_adopted_scheme, held_since, in_the_district
from tests.factories import communities, governing, pay
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.journeys import Somebody, queries
from tests.rules import assert_database_refuses

pytestmark = pytest.mark.django_db
SINCE = datetime.date(2022, 4, 1)
RIGHT = {"post_pay": Decimal(2300), "performance_pay": Decimal(1000)}


def paid(name, **money):
    post = held_since(SINCE, person__name=name)
    return communities.PayMonthFactory(post=post, month=MAY, **RIGHT | money)


def test_what_differs_from_the_scheme_is_listed_with_the_difference():
    clerk = Somebody("hr", DISTRICT)
    an_adopted_scheme()
    paid("如数发放")
    wrong = paid("多发岗位", post_pay=Decimal(2500))
    pay.PayCorrectionFactory(pay=paid("已经扣回", post_pay=Decimal(2400)), amount=-100)
    period = in_the_district(state="reviewed")
    path = f"/payroll/{period.pk}/check/"
    page = clerk.client.get(path)
    assert "如数发放" not in page.text
    assert {str(one.kept.post.person): one.left for one in page.context["differences"]} == {
        "多发岗位": Decimal(200), "已经扣回": Decimal(0),
    }  # fmt: skip
    assert f"/desk/pay/{wrong.pk}/" in page.text
    few = queries(clerk.client, path)
    assert queries(clerk.client, f"/payroll/check/?period={period.pk}") <= few + 1
    # Nobody but the personnel office sees it
    for role, area in (("community", COMMUNITY), ("street", STREET), ("district", DISTRICT)):
        assert Somebody(role, area).client.get(path).status_code == 403
    assert Somebody("hr", "620903").client.get(path).status_code == 404


def test_the_sheet_costs_the_same_however_many_differ():
    clerk, period = Somebody("hr", DISTRICT), in_the_district()
    an_adopted_scheme()
    paid("甲", post_pay=Decimal(1))
    few = queries(clerk.client, f"/payroll/{period.pk}/check/")
    for number in range(4):
        paid(f"乙{number}", post_pay=Decimal(1))
    assert queries(clerk.client, f"/payroll/{period.pk}/check/") == few


def test_a_correction_keeps_within_limits():
    clerk = Somebody("hr", DISTRICT)
    month = paid("某某", post_pay=Decimal(1000), performance_pay=Decimal(0))
    in_the_district(state="reviewed")
    given = {"reason": "核对有误", "booked_in": AUGUST}
    refused = clerk.enters("pay-corrections", of=month, amount="-1000.01", **given)
    assert "不能小于0" in refused.context["form"].errors["amount"][0]
    refused = clerk.enters("pay-corrections", of=month, amount="1000.01", **given)
    assert "超过应发的100%" in refused.context["form"].errors["amount"][0]
    governing.ThresholdFactory(kind="pay_correction", value=50)
    refused = clerk.enters("pay-corrections", of=month, amount="500.01", **given)
    assert "超过应发的50%" in refused.context["form"].errors["amount"][0]
    # The same amount twice in a month is asked about, and together they count
    clerk.has_entered("pay-corrections", of=month, amount="-500", **given)
    refused = clerk.enters("pay-corrections", of=month, amount="-500", **given)
    assert "已有同样金额的更正" in refused.context["form"].errors["amount"][0]
    clerk.has_entered("pay-corrections", of=month, amount="-500", **given, explanation="两笔")
    assert_database_refuses(
        lambda: PayCorrection.objects.filter(explanation="两笔").update(amount="-500.01")
    )
