"""M12: what the database refuses, and what two people do at once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from communities import payroll
from communities.models import PayCorrection, PayMonth, PayPeriod, PerformanceReview
from suzhou_portal.lifecycle.moves import take
from tests.committed import apart, both, wait_for
from tests.communities.pay_world import (
    AUGUST,
    MAY,
    an_adopted_scheme,
    held_since,
    in_the_district,
)
from tests.factories import communities, pay
from tests.factories.areas import COMMUNITY
from tests.rules import assert_database_refuses, assert_rule

db = pytest.mark.django_db


@db
@pytest.mark.parametrize("state", ["reviewed", "closed"])
def test_the_database_keeps_a_settled_month_whoever_writes_and_however(state):
    paid = communities.PayMonthFactory(month=MAY)
    correction = pay.PayCorrectionFactory(booked_in=MAY)
    closed_on = {"closed_on": MAY} if state == "closed" else {}
    period = in_the_district(state=state, **closed_on)
    assert connection.settings_dict["USER"] != connections["owner"].settings_dict["USER"]
    for sql in (
        f"UPDATE communities_paymonth SET post_pay = 1 WHERE id = {paid.pk}",
        f"UPDATE communities_paymonth SET month = '2022-04-01' WHERE id = {paid.pk}",
        f"UPDATE communities_paymonth SET area_id = '620902' WHERE id = {paid.pk}",
        f"DELETE FROM communities_paymonth WHERE id = {paid.pk}",
        f"UPDATE communities_paycorrection SET amount = 1 WHERE id = {correction.pk}",
        f"DELETE FROM communities_paycorrection WHERE id = {correction.pk}",
        f"DELETE FROM communities_payperiod WHERE id = {period.pk}",
        f"UPDATE communities_payperiod SET month = '2022-04-01' WHERE id = {period.pk}",
        f"SET LOCAL portal.clearing = 'on'; DELETE FROM communities_paymonth WHERE id = {paid.pk}",
    ):
        assert_database_refuses(lambda sql=sql: connection.cursor().execute(sql))
    late = communities.PayMonthFactory.build(
        post=communities.PostFactory(), month=MAY, area_id=COMMUNITY
    )
    assert_database_refuses(lambda: PayMonth.objects.bulk_create([late]))
    with pytest.raises(ValidationError):
        late.full_clean()
    # Who entered it may leave, and another month is as free as ever
    PayMonth.objects.filter(pk=paid.pk).update(entered_by=None, updated_at=paid.created_at)
    communities.PayMonthFactory(month=AUGUST, post=paid.post)


@db
def test_a_closed_month_is_never_opened_again():
    period = in_the_district(state="closed", closed_on=MAY)
    assert_database_refuses(
        lambda: PayPeriod.objects.filter(pk=period.pk).update(state="drafting", closed_on=None)
    )


@db
@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (pay.PayPeriodFactory, {"month": datetime.date(2022, 5, 2)}, "月份请填该月1日。"),
        (pay.PayPeriodFactory, {"state": "closed"}, "关账须有关账日期。"),
        (pay.PayPeriodFactory, {"state": "lost"}, "没有这一状态。"),
        (pay.PaySchemeFactory, {"state": "adopted"}, "批准须有批准日期。"),
        (pay.PostRateFactory, {"amount": Decimal(-1)}, "金额不能小于0。"),
        (pay.PerformanceRateFactory, {"amount": Decimal(-1)}, "金额不能小于0。"),
        (pay.PerformanceReviewFactory, {"state": "confirmed"}, "确认须有确认日期。"),
        (pay.PerformanceReviewFactory, {"state": "lost"}, "没有这一状态。"),
    ],
)
def test_rules(factory, broken, message):
    assert_rule(factory, broken, message)


@db
def test_rules_of_what_stands_alone():
    correction, review = pay.PayCorrectionFactory(), pay.PerformanceReviewFactory()
    corrections = PayCorrection.objects.filter(pk=correction.pk)
    assert_database_refuses(lambda: corrections.update(amount=0))
    assert_database_refuses(lambda: corrections.update(booked_in=datetime.date(2022, 9, 2)))
    reviews = PerformanceReview.objects.filter(pk=review.pk)
    assert_database_refuses(lambda: reviews.update(quarter=5))
    assert_database_refuses(lambda: reviews.update(year=1900))
    for record in (review, in_the_district(), pay.PaySchemeFactory(), pay.PostRateFactory(),
                   pay.PerformanceRateFactory()):  # fmt: skip
        record.pk, record._state.adding = None, True
        with pytest.raises(ValidationError, match=r"已有|已经建立"):
            record.full_clean()
        assert_database_refuses(record.save)


def test_of_two_who_compute_one_month_at_once_one_writes_it(committed):
    an_adopted_scheme()
    period = in_the_district()
    held_since(datetime.date(2022, 4, 1))
    seen = payroll.digest(payroll.lines(period))
    people = [get_user_model().objects.create_user(name) for name in ("甲", "乙")]
    written = both(period, *(lambda by=by: payroll.write(period, seen, by=by) for by in people))
    # The second sees another month than it was shown, and says so.
    assert set(written) == {1, None}
    assert PayMonth.objects.count() == 1


def test_nobody_writes_into_a_month_that_is_being_checked(committed):
    period = in_the_district()
    paid = communities.PayMonthFactory(month=MAY)
    rows = PayMonth.objects.filter(pk=paid.pk)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            take(period, "review")
            started = threads.submit(apart, lambda: rows.update(post_pay=1))
            wait_for(1)
        with pytest.raises(IntegrityError):
            started.result()
    assert PayMonth.objects.get().post_pay == paid.post_pay
    take(period, "send_back", note="测试结束")
