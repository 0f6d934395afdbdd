"""Rules of the records of communities and social workers, held by the database."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from communities.models import Certificate, PayMonth, PolicyDocument, Post, ReachReport
from tests.factories import BEGUN
from tests.factories import communities as make
from tests.factories.areas import STREET
from tests.rules import again, assert_refused, assert_rule

pytestmark = pytest.mark.django_db

BEFORE, AFTER = BEGUN - datetime.timedelta(days=1), BEGUN + datetime.timedelta(days=1)
ENDED = {"ended_on": BEFORE}


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (make.PostFactory, ENDED, "离岗日期不能早于到岗日期。"),
        (make.CertificateFactory, {"valid_to": BEFORE}, "有效期不能早于发证日期。"),
        (make.PayMonthFactory, {"post_pay": Decimal(-1)}, "金额不能小于0。"),
        (make.PayMonthFactory, {"performance_pay": Decimal(-1)}, "金额不能小于0。"),
        (make.PayMonthFactory, {"month": AFTER}, "月份请填该月1日。"),
        (make.AllowanceStandardFactory, {"amount": Decimal(-1)}, "金额不能小于0。"),
        (make.CourseFactory, {"ends_on": BEFORE}, "结束日期不能早于开始日期。"),
        (make.MechanismFactory, ENDED, "终止日期不能早于建立日期。"),
        (make.PolicyDocumentFactory, {"repealed_on": BEFORE}, "废止日期不能早于印发日期。"),
        (
            make.ReachReportFactory,
            {"period_end": BEFORE},
            "统计期止不能早于统计期起。",
        ),
        (make.ReachReportFactory, {"visits": 99}, "服务人次不能少于惠及居民人数。"),
        (make.ReachReportFactory, {"area_id": STREET}, "惠及居民报告只能由社区一级填报。"),
        (make.CommunityProfileFactory, {"area_id": STREET}, "社区概况只能属于社区一级。"),
    ],
)
def test_a_record_that_breaks_a_rule(factory, broken, message):
    assert_rule(factory, broken, message)


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        (make.PostFactory, "此人已有一个在任的专职岗位。"),
        (make.CertificateFactory, "该证书编号已登记。"),
        (make.ExamRegistrationFactory, "此人该年度已报考这一等级。"),
        (make.PayMonthFactory, "该任职本月已有薪酬记录。"),
        (make.AllowanceStandardFactory, "该日期已有标准。"),
        (make.EnrolmentFactory, "此人已报名该培训。"),
        (make.MechanismFactory, "该地区已有这一机制。"),
        (make.ReachReportFactory, "该社区这一统计期已有报告。"),
        (make.CommunityProfileFactory, "该社区已有概况。"),
    ],
)
def test_a_record_that_is_there_already(factory, message):
    assert_refused(again(factory()), message)


@pytest.mark.parametrize(
    ("factory", "changes"),
    [
        (make.PostFactory, {"full_time": False}),
        (make.PostFactory, {"ended_on": AFTER}),
        (make.CertificateFactory, {"number": ""}),
        (make.ExamRegistrationFactory, {"year": BEGUN.year + 1}),
        (make.MechanismFactory, {"ended_on": BEGUN}),
        (make.ReachReportFactory, {"period_end": datetime.date(2022, 12, 31)}),
        (make.PayMonthFactory, {"month": datetime.date(2022, 7, 1)}),
    ],
)
def test_a_record_that_is_only_similar(factory, changes):
    similar = again(factory(), **changes)
    similar.full_clean()
    similar.save()


def test_several_certificates_may_lack_a_number():
    make.CertificateFactory.create_batch(2, number="")


@pytest.mark.parametrize("phone", ["12", "电话", "0937/260", "1" * 21])
def test_a_phone_number(phone):
    with pytest.raises(ValidationError) as caught:
        make.PersonFactory.build(phone=phone).clean_fields(exclude=["area"])
    assert set(caught.value.message_dict) == {"phone"}


def test_a_public_name_is_masked():
    assert make.PersonFactory.build(name="欧阳某").masked_name == "欧*"


def test_gross_pay_is_the_databases_sum():
    pay = make.PayMonthFactory(post_pay=Decimal("3000.10"), performance_pay=Decimal("499.95"))
    PayMonth.objects.update(performance_pay=Decimal("500.05"))
    pay.refresh_from_db()
    assert pay.gross == Decimal("3500.15")
    assert pay.month_name == "2022年6月"


@pytest.mark.parametrize(
    ("valid_to", "expected"), [(None, True), (BEGUN, True), (AFTER, True), (BEFORE, False)]
)
def test_certified_needs_a_certificate_valid_that_day(valid_to, expected):
    post = make.PostFactory()
    make.CertificateFactory(
        person=post.person, issued_on=BEFORE - datetime.timedelta(days=9), valid_to=valid_to
    )
    make.CertificateFactory()  # somebody else's
    assert Post.objects.certified(BEGUN).exists() is expected
    assert Certificate.objects.valid(BEGUN).count() == 1 + expected


def test_recruited_counts_batches_in_a_half_open_time():
    batch = make.RecruitmentBatchFactory()
    make.PostFactory(batch=batch)
    make.PostFactory()  # moved from another post
    assert Post.objects.recruited(BEFORE, BEGUN).count() == 1
    assert not Post.objects.recruited(BEGUN, AFTER).exists()
    assert not Post.objects.recruited(BEFORE, BEFORE).exists()


@pytest.mark.parametrize(
    ("issued", "repealed", "expected"),
    [
        (None, None, True),
        (BEGUN, None, True),
        (AFTER, None, False),
        (None, BEGUN, False),
        (BEFORE, AFTER, True),
    ],
)
def test_documents_in_effect(issued, repealed, expected):
    make.PolicyDocumentFactory(issued_on=issued, repealed_on=repealed)
    assert PolicyDocument.objects.in_effect(BEGUN).exists() is expected


def test_only_the_latest_report_of_each_area_counts():
    march, june = datetime.date(2022, 3, 31), datetime.date(2022, 6, 30)
    year = {"period_start": datetime.date(2022, 1, 1)}
    make.ReachReportFactory(period_end=march, people=1, **year)
    latest = make.ReachReportFactory(period_end=june, people=2, **year)
    other = make.ReachReportFactory(period_end=march, area__code="620902005001", **year)
    assert set(ReachReport.objects.latest_by(june)) == {latest, other}
    assert not ReachReport.objects.latest_by(datetime.date(2022, 3, 30)).exists()
