"""M12: a scheme is adopted, quarters are reviewed, a month is computed, checked, closed, corrected."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from communities import payroll
from communities.models import PayCorrection, PayMonth, PayPeriod, PerformanceReview
from suzhou_portal.audit.changes import NOT_SHOWN, explain
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures import door
from suzhou_portal.lifecycle.moves import take
from tests.committed import committed  # noqa: F401 - a fixture
from tests.factories import communities, pay
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_rule
from tests.sheets import filled

MAY, AUGUST = datetime.date(2022, 5, 1), datetime.date(2022, 8, 1)
GRADES = {"excellent": 1300, "competent": 1000, "basic": 700, "incompetent": 0}
db = pytest.mark.django_db


def in_the_district(month=MAY, **fields):
    return pay.PayPeriodFactory(area=AreaFactory(code=DISTRICT), month=month, **fields)


def an_adopted_scheme(since=datetime.date(2022, 1, 1)):
    scheme = pay.PaySchemeFactory(
        area=AreaFactory(code=DISTRICT),
        effective_from=since,
        state="adopted",
        adopted_on=since,
    )
    for years, amount in ((0, 2300), (2, 2500)):
        pay.PostRateFactory(scheme=scheme, title="", years_from=years, amount=amount)
    for grade, amount in GRADES.items():
        pay.PerformanceRateFactory(scheme=scheme, grade=grade, amount=amount)
    return scheme


def held_since(day, **fields):
    return communities.PostFactory(started_on=day, **fields)


@db
def test_a_scheme_is_adopted_by_another_once_it_says_what_everybody_earns():
    drafter, colleague = Somebody("hr", DISTRICT), Somebody("hr", DISTRICT)
    scheme = drafter.has_entered(
        "pay-schemes", area=DISTRICT, name="岗位+绩效方案", effective_from="2022-01-01"
    )
    assert "还没有岗位工资标准" in colleague.takes(scheme, "adopt").text
    drafter.has_entered("post-rates", of=scheme, years_from=0, amount="2300")
    assert "还缺绩效工资标准" in colleague.takes(scheme, "adopt").text
    for grade, amount in GRADES.items():
        rate = drafter.has_entered("performance-rates", of=scheme, grade=grade, amount=amount)
    assert drafter.takes(scheme, "adopt").status_code == 403
    colleague.has_taken(scheme, "adopt")
    assert "方案已批准" in drafter.corrects(rate, amount=1).text
    assert "方案已批准" in drafter.enters("post-rates", of=scheme, years_from=9, amount=9).text


@db
def test_a_quarter_is_reviewed_by_the_community_and_confirmed_by_the_street(time_machine):
    time_machine.move_to("2022-05-06")
    home, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    post = held_since(datetime.date(2022, 1, 1))
    held_since(datetime.date(2022, 1, 1))
    part_time = held_since(datetime.date(2022, 1, 1), full_time=False)
    # Given a form that proposes the last quarter and 称职
    review = home.has_entered("reviews", post=post)
    assert (review.year, review.quarter, review.grade) == (2022, 1, "competent")
    assert "post" in home.enters("reviews", post=part_time).context["form"].errors
    # When the community lets the sheet begin the others, and judges one of them
    home.client.post("/reviews/sheet/", {"begin": "1"})
    sent = filled(home, "/reviews/sheet/", grade=["excellent"], remark=["走访率高"])
    home.client.post("/reviews/sheet/", sent)
    assert sorted(PerformanceReview.objects.values_list("grade", flat=True)) == [
        "competent",
        "excellent",
    ]
    # Then only another confirms, and the figure counts who is reviewed
    review.refresh_from_db()
    assert home.takes(review, "confirm").status_code == 403
    street.has_taken(review, "confirm")
    day = datetime.date(2022, 5, 6)
    assert door.value("review_coverage", DISTRICT, day).value == Decimal("0.5")
    street.has_taken(review, "revoke", note="等次登记有误")
    assert door.value("review_coverage", DISTRICT, day).value == 0


@db
def test_a_month_is_computed_checked_closed_and_corrected():
    # Given a scheme, a month opened by one person, and four full-time posts
    opener, clerk, colleague = (Somebody("hr", DISTRICT) for _ in range(3))
    an_adopted_scheme()
    period = opener.has_entered("pay-periods", area=DISTRICT, month=MAY)
    reviewed = held_since(datetime.date(2020, 1, 1), person__name="已考核")
    pay.PerformanceReviewFactory(
        post=reviewed, quarter=1, grade="excellent", state="confirmed", confirmed_on=MAY
    )
    waiting = held_since(datetime.date(2020, 1, 1), person__name="未考核")
    pay.PerformanceReviewFactory(post=waiting, quarter=1)
    held_since(datetime.date(2022, 4, 1), person__name="新到岗")
    held_since(datetime.date(2022, 5, 2), person__name="下月起")
    # When the month is computed, the preview shows what is missing
    page = clerk.client.get("/payroll/")
    assert "缺已确认的上季度考核" in page.text
    assert "下月起" not in page.text
    assert (page.context["new"], page.context["missing"]) == (2, 1)
    sent = {"period": period.pk, "seen": page.context["seen"]}
    # Then nothing is written that was not seen, and what was seen only once
    stale = clerk.client.post("/payroll/", sent | {"seen": "0"}, follow=True)
    assert "没有写入" in "".join(str(m) for m in stale.context["messages"])
    clerk.client.post("/payroll/", sent)
    clerk.client.post("/payroll/", sent)
    assert sorted(PayMonth.objects.values_list("post_pay", "performance_pay")) == [
        (2300, 1000),
        (2500, 1300),
    ]
    # And whoever computed it does not check it
    assert "请由他人复核" in clerk.takes(period, "review").text
    assert opener.takes(period, "review").status_code == 403
    colleague.has_taken(period, "review")
    paid = PayMonth.objects.get(post=reviewed)
    assert "已复核或关账" in clerk.corrects(paid, post_pay=1).text
    clerk.has_taken(period, "close")
    # A mistake found later is put right in a later month, beside the old row
    correction = clerk.has_entered(
        "pay-corrections", of=paid, amount="-50", reason="请假未扣", booked_in=AUGUST
    )
    paid.refresh_from_db()
    assert (paid.gross, correction.area_id) == (Decimal(3800), COMMUNITY)
    refused = clerk.enters(
        "pay-corrections", of=paid, amount=5, reason="补发", booked_in=datetime.date(2022, 4, 1)
    )
    assert "booked_in" in refused.context["form"].errors
    [entry] = AuditEntry.objects.filter(model="communities.paycorrection")
    assert entry.actor_id == clerk.user.pk
    [told] = explain([entry])
    assert [change.after for change in told.changes if "金额" in change.label] == [NOT_SHOWN]


@db
def test_the_person_sees_own_pay_and_corrections_and_nobody_else_does():
    correction = pay.PayCorrectionFactory(reason="漏计年限")
    other = pay.PayCorrectionFactory(reason="别人的")
    worker = Somebody("community", COMMUNITY)
    worker.user.person = correction.pay.post.person
    worker.user.save()
    page = worker.sees("/account/pay/")
    assert "漏计年限" in page
    assert "120.00" in page
    assert other.reason not in page
    for path in ("/payroll/", "/desk/pay/", "/desk/pay-corrections/", "/desk/post-rates/"):
        for role, area in (("community", COMMUNITY), ("street", STREET), ("district", DISTRICT)):
            assert Somebody(role, area).client.get(path).status_code == 403
    assert Somebody("hr", "620903").client.get(f"/desk/pay/{other.pay.pk}/").status_code == 404


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
def test_a_checked_month_goes_back_to_be_put_right():
    clerk, colleague = Somebody("hr", DISTRICT), Somebody("hr", DISTRICT)
    period = clerk.has_entered("pay-periods", area=DISTRICT, month=MAY)
    assert "还没有薪酬记录" in colleague.takes(period, "review").text
    paid = communities.PayMonthFactory(month=MAY)
    colleague.has_taken(period, "review")
    correction = clerk.enters("pay-corrections", of=paid, amount=5, reason="补发", booked_in=MAY)
    assert "booked_in" in correction.context["form"].errors
    colleague.has_taken(period, "send_back", note="请核对年限")
    clerk.corrects(paid, post_pay="3100.00")
    paid.refresh_from_db()
    assert paid.post_pay == 3100


@db
def test_corrections_do_not_move_the_published_mean():
    months = communities.PayMonthFactory.create_batch(5)
    before = door.value("average_monthly_pay", DISTRICT, AUGUST)
    pay.PayCorrectionFactory(pay=months[0], amount=999)
    after = door.value("average_monthly_pay", DISTRICT, AUGUST)
    assert after == before
    assert "不计入平均数" in before.figure.definition


@db
def test_without_a_scheme_or_a_rate_the_page_says_so():
    clerk = Somebody("hr", DISTRICT)
    assert "没有编制中的月份" in clerk.sees("/payroll/")
    in_the_district()
    held_since(datetime.date(2022, 4, 1))
    assert "缺执行中的薪酬方案" in clerk.sees("/payroll/")
    scheme = an_adopted_scheme()
    scheme.post_rates.update(title="别的岗位")
    assert "的岗位工资标准" in clerk.sees("/payroll/")
    assert clerk.client.get("/payroll/?period=999").status_code == 400


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


@db
def test_a_quarter_in_which_the_post_was_not_held_is_not_reviewed():
    home = Somebody("community", COMMUNITY)
    post = held_since(MAY, ended_on=AUGUST)
    for quarter in (1, 4):
        refused = home.enters("reviews", post=post, year=2022, quarter=quarter)
        assert "quarter" in refused.context["form"].errors


def apart(act):
    """As another process would: with a connection of its own."""
    try:
        return act()
    finally:
        connections.close_all()


def waiting(count):
    """Until so many others wait for us."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone()[0] == count:
                return
        time.sleep(0.01)
    pytest.fail("they never met")


def test_of_two_who_compute_one_month_at_once_one_writes_it(committed):  # noqa: F811
    an_adopted_scheme()
    period = in_the_district()
    held_since(datetime.date(2022, 4, 1))
    seen = payroll.digest(payroll.lines(period))
    people = [get_user_model().objects.create_user(name) for name in ("甲", "乙")]
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            PayPeriod.objects.select_for_update().get(pk=period.pk)
            started = [
                threads.submit(apart, lambda by=by: payroll.write(period, seen, by=by))
                for by in people
            ]
            waiting(2)
        # The second sees another month than it was shown, and says so.
        assert {one.result() for one in started} == {1, None}
    assert PayMonth.objects.count() == 1


def test_nobody_writes_into_a_month_that_is_being_checked(committed):  # noqa: F811
    period = in_the_district()
    paid = communities.PayMonthFactory(month=MAY)
    rows = PayMonth.objects.filter(pk=paid.pk)
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            take(period, "review")
            started = threads.submit(apart, lambda: rows.update(post_pay=1))
            waiting(1)
        with pytest.raises(IntegrityError):
            started.result()
    assert PayMonth.objects.get().post_pay == paid.post_pay
    take(period, "send_back", note="测试结束")
