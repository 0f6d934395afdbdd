"""M12: a scheme is adopted, quarters are reviewed, a month is computed, checked, closed, corrected."""

import datetime
from decimal import Decimal

import pytest

from communities.models import PayMonth, PerformanceReview
from suzhou_portal.audit.changes import NOT_SHOWN, explain
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures import door
from tests.communities.pay_world import (
    AUGUST,
    GRADES,
    MAY,
    an_adopted_scheme,
    held_since,
    in_the_district,
)
from tests.factories import communities, pay
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.journeys import Somebody
from tests.sheets import filled

db = pytest.mark.django_db


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
    closed = "现在是“已批准”，不能增加或修改"
    assert f"{closed}绩效工资标准" in drafter.corrects(rate, amount=1).text
    refused = drafter.enters("post-rates", of=scheme, years_from=9, amount=9)
    assert f"{closed}岗位工资标准" in refused.text


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
def test_a_month_is_computed_from_the_scheme_once():
    # Given a scheme, a month, and four full-time posts
    clerk = Somebody("hr", DISTRICT)
    an_adopted_scheme()
    period = clerk.has_entered("pay-periods", area=DISTRICT, month=MAY)
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
    assert set(PayMonth.objects.values_list("entered_by", flat=True)) == {clerk.user.pk}


@db
def test_a_month_is_checked_closed_and_corrected():
    # Given a month opened by one person, with pay entered by another
    opener, clerk, colleague = (Somebody("hr", DISTRICT) for _ in range(3))
    period = opener.has_entered("pay-periods", area=DISTRICT, month=MAY)
    post = held_since(MAY)
    money = {"post_pay": "2500", "performance_pay": "1300"}
    paid = clerk.has_entered("pay", area=COMMUNITY, post=post, month=MAY, **money)
    # Then neither of them checks it
    assert "请由他人复核" in clerk.takes(period, "review").text
    assert opener.takes(period, "review").status_code == 403
    colleague.has_taken(period, "review")
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
    [entry, *looks] = AuditEntry.objects.filter(model="communities.paycorrection").order_by("pk")
    assert {one.action for one in looks} == {Action.LOOK}
    assert entry.actor_id == clerk.user.pk
    [told] = explain([entry])
    assert [change.after for change in told.changes if "金额" in change.label] == [NOT_SHOWN]


@db
def test_the_person_sees_own_pay_and_corrections_and_nobody_else_does():
    correction = pay.PayCorrectionFactory(reason="漏计年限")
    other = pay.PayCorrectionFactory(reason="别人的")
    worker = Somebody("community", COMMUNITY)
    worker.user.person = worker.user.confirmed_person = correction.pay.post.person
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
def test_a_checked_month_goes_back_to_be_put_right():
    clerk, colleague = Somebody("hr", DISTRICT), Somebody("hr", DISTRICT)
    period = clerk.has_entered("pay-periods", area=DISTRICT, month=MAY)
    assert "还没有薪酬记录" in colleague.takes(period, "review").text
    paid = communities.PayMonthFactory(month=MAY, post=held_since(MAY))
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
    an_adopted_scheme(title="别的岗位")
    assert "的岗位工资标准" in clerk.sees("/payroll/")
    assert clerk.client.get("/payroll/?period=999").status_code == 400


@db
def test_a_quarter_in_which_the_post_was_not_held_is_not_reviewed():
    home = Somebody("community", COMMUNITY)
    post = held_since(MAY, ended_on=AUGUST)
    for quarter in (1, 4):
        refused = home.enters("reviews", post=post, year=2022, quarter=quarter)
        assert "quarter" in refused.context["form"].errors
