"""M12 岗位+绩效: schemes by date, and corrections of what is closed."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from communities.enums.pay import PAY_SCHEME, ReviewGrade, SchemeState
from communities.enums.thresholds import ThresholdKind
from communities.models.periods import PayPeriod, first_of_month, month_name
from communities.models.thresholds import Threshold
from communities.models.workers import PayMonth
from suzhou_portal.areas.explained import ASKED, Reasoned
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, not_negative, unique
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

BELOW_NOTHING = "扣回后该月实得不能小于0，请核对金额。"


class PaySchemeQuerySet(StagedQuerySet):
    def in_force(self, day: datetime.date, area: str) -> "PayScheme | None":
        """The adopted scheme of the closest area around that has the latest date up to the day."""
        adopted = self.filter(state=SchemeState.ADOPTED, effective_from__lte=day).covering(area)
        # A longer code lies closer; the country's key is the shortest of all.
        return max(
            adopted, key=lambda scheme: (len(scheme.area_id), scheme.effective_from), default=None
        )


class PayScheme(Staged):
    """What posts and performance pay, from a date until the next scheme."""

    lifecycle = PAY_SCHEME

    name = Name("名称", max_length=60)
    effective_from = PlannedDay("执行日期")
    basis = Line("依据", max_length=100, blank=True)
    adopted_on = PastDay("批准日期", null=True, blank=True, editable=False)

    objects: ClassVar = PaySchemeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "薪酬方案"
        ordering = ["-effective_from", "area_id"]
        constraints = [
            check(
                "pay_scheme_adopted_on_a_day",
                Q(state="adopted", adopted_on__isnull=False)
                | Q(state="draft", adopted_on__isnull=True),
                "批准须有批准日期。",
            ),
            unique(
                "pay_scheme_once_a_day", "该地区这一执行日期已有方案。", "area", "effective_from"
            ),
        ]


class Rate(AreaRecord):
    """A line of a scheme; its area is the scheme's. Amounts are 元 a month."""

    stands_with = "scheme"
    written_while = PAY_SCHEME.open_in

    scheme = models.ForeignKey(PayScheme, models.CASCADE, verbose_name="薪酬方案")
    amount = models.DecimalField("标准（元/月）", max_digits=9, decimal_places=2)

    # With a person's post and grade it says what the person earns.
    withheld: ClassVar = ("amount",)

    class Meta:
        abstract = True


class PostRate(Rate):
    """岗位工资: what a post pays from so many full years in it on."""

    title = Line(
        "岗位", max_length=40, blank=True, help_text="与任职的岗位名称一致；留空适用于其余各岗位。"
    )
    years_from = models.PositiveSmallIntegerField("在岗满（年）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "岗位工资标准"
        ordering = ["scheme_id", "title", "years_from"]
        default_related_name = "post_rates"
        constraints = [
            not_negative("post_rate_not_negative", "amount"),
            unique(
                "post_rate_once",
                "方案中已有这一岗位和年限的标准。",
                "scheme",
                "title",
                "years_from",
            ),
        ]

    def __str__(self):
        return f"{self.title or '其余岗位'}满{self.years_from}年"


class PerformanceRate(Rate):
    """绩效工资: what a month pays for the grade of the quarter before."""

    grade = models.CharField("考核等次", max_length=12, choices=ReviewGrade.choices)

    class Meta:
        verbose_name = verbose_name_plural = "绩效工资标准"
        ordering = ["scheme_id", "pk"]
        default_related_name = "performance_rates"
        constraints = [
            not_negative("performance_rate_not_negative", "amount"),
            unique("performance_rate_once", "方案中已有这一等次的标准。", "scheme", "grade"),
        ]

    def __str__(self):
        return self.get_grade_display()


class PayCorrection(Reasoned, AreaRecord):
    """What is paid or taken back in a later month, in 元, because pay of a closed month was wrong.

    All corrections of a month together take back no more than it paid, which the database holds too
    (see the migration), and pay no more in addition than the district's threshold allows.
    """

    stands_with = "pay"
    by_another = True  # the month in which it is booked is reviewed by nobody who wrote it

    pay = refers_to(PayMonth, "更正的薪酬", "corrections")
    amount = models.DecimalField(
        "更正金额（元）", max_digits=9, decimal_places=2, help_text="补发填正数，扣回填负数。"
    )
    reason = Line("更正原因", max_length=200)
    booked_in = PlannedDay("计入月份", help_text="填该月1日；须为尚未复核的月份。")

    withheld: ClassVar = ("amount",)
    named_with: ClassVar = ("pay",)

    class Meta:
        verbose_name = verbose_name_plural = "薪酬更正"
        ordering = ["-booked_in", "-pk"]
        constraints = [
            check("correction_changes_something", ~Q(amount=0), "更正金额不能为0。"),
            unique(
                "correction_alike_explained",
                f"该月已有同样金额的更正；{ASKED}",
                "pay",
                "booked_in",
                "amount",
                condition=Q(explanation=""),
                at="amount",
            ),
            first_of_month("correction_is_first_day", "booked_in"),
        ]

    def __str__(self):
        return f"{self.pay}更正"

    @property
    def booked_month(self) -> str:
        """The month it is booked in, without its day."""
        return month_name(self.booked_in)

    @property
    def is_settled(self) -> bool:
        """Whether the month it is booked in is checked or closed."""
        return PayPeriod.objects.settled(self.booked_in, self.area_id).exists()

    def clean(self):
        """It corrects a settled month, within limits, and is booked in a later one still drawn up."""
        super().clean()
        if self.pay_id is None or self.booked_in is None:
            return
        area = self.pay.area_id
        if self.booked_in <= self.pay.month:
            raise ValidationError({"booked_in": "计入月份应晚于被更正的月份。"})
        if not PayPeriod.objects.settled(self.pay.month, area).exists():
            raise ValidationError("被更正的月份还没有复核，请直接修改该月薪酬。")
        booked = type(self)._base_manager.filter(pk=self.pk).values_list("booked_in", "amount")
        if (self.booked_in, self.amount) in booked:
            return
        if PayPeriod.objects.settled(self.booked_in, area).exists():
            raise ValidationError({"booked_in": "该月已复核或关账，请计入尚未复核的月份。"})
        self._require_within_limits()

    def _require_within_limits(self) -> None:
        """Raises ValidationError where the month would have paid less than nothing, or far too much."""
        if self.amount is None:
            return
        others = self.pay.corrections.exclude(pk=self.pk).aggregate(total=Sum("amount"))["total"]
        total = self.amount + (others or 0)
        if self.pay.gross + total < 0:
            raise ValidationError({"amount": BELOW_NOTHING})
        kind, month = ThresholdKind.PAY_CORRECTION, self.booked_in
        most = Threshold.objects.value(kind, self.pay.area_id, month)
        if total * 100 > self.pay.gross * most:
            raise ValidationError({"amount": f"该月的更正合计超过应发的{most}%，请核对金额。"})
