"""Pay schemes, reviews, periods and corrections."""

import datetime
from decimal import Decimal

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.pay import ReviewGrade
from suzhou_portal.months import months_before
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory
from tests.factories.communities import PayMonthFactory, PostFactory


class PaySchemeFactory(AreaRecordFactory):
    class Meta:
        model = models.PayScheme

    name = Sequence(lambda number: f"第{number}号薪酬方案")
    effective_from = Sequence(lambda number: BEGUN - datetime.timedelta(days=number))


class PostRateFactory(AreaRecordFactory):
    class Meta:
        model = models.PostRate

    scheme = SubFactory(PaySchemeFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"岗位{number}")
    amount = Decimal("2400.00")


class PerformanceRateFactory(AreaRecordFactory):
    class Meta:
        model = models.PerformanceRate

    scheme = SubFactory(PaySchemeFactory, area=SelfAttribute("..area"))
    grade = ReviewGrade.COMPETENT
    amount = Decimal("1000.00")


class PerformanceReviewFactory(AreaRecordFactory):
    class Meta:
        model = models.PerformanceReview

    post = SubFactory(PostFactory, area=SelfAttribute("..area"))
    year = BEGUN.year
    quarter = 2
    grade = ReviewGrade.COMPETENT


class PayPeriodFactory(AreaRecordFactory):
    class Meta:
        model = models.PayPeriod

    month = Sequence(lambda number: months_before(BEGUN, -(number % 48)))


class PayCorrectionFactory(AreaRecordFactory):
    class Meta:
        model = models.PayCorrection

    # Each of another month, all of them before the one the corrections are booked in.
    pay = SubFactory(
        PayMonthFactory,
        area=SelfAttribute("..area"),
        month=Sequence(lambda number: months_before(BEGUN, 12 + number)),
    )
    amount = Decimal("120.00")
    reason = "漏计在岗年限"
    booked_in = months_before(BEGUN, -3)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """The month corrected has been checked."""
        month = {"area": kwargs["pay"].area, "month": kwargs["pay"].month}
        models.PayPeriod.objects.get_or_create(**month, defaults={"state": "reviewed"})
        return super()._create(model_class, *args, **kwargs)
