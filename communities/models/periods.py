"""M12: the month of pay, drawn up, checked by another, and closed."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from communities.enums.pay import PAY_PERIOD, PeriodState
from suzhou_portal.areas import codes
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.fields import PastDay
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet


def first_of_month(name: str, column: str) -> models.CheckConstraint:
    """A month is kept as its first day."""
    return check(name, Q(**{f"{column}__day": 1}), "月份请填该月1日。")


def month_name(month: datetime.date) -> str:
    """A month without the day it is kept under: 2022年5月."""
    return f"{month.year}年{month.month}月"


class PayPeriodQuerySet(StagedQuerySet):
    def settled(self, month: datetime.date | None, area: str | None):
        """Months in which pay that stands in the area can no longer be changed."""
        if month is None or not area:
            return self.none()
        settled = self.exclude(state=PeriodState.DRAFTING)
        return settled.filter(month=month, area__in=codes.lineage(area))


class PayPeriod(Staged):
    """A month for which a district draws up the pay of all full-time posts in it.

    Once another person has checked it, the database refuses any change of its pay (see the
    migration); closed, it stays so, and what was wrong is put right by a `PayCorrection`.
    """

    lifecycle = PAY_PERIOD

    month = PastDay("月份", help_text="填该月1日。")
    closed_on = PastDay("关账日期", null=True, blank=True, editable=False)

    objects: ClassVar = PayPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "薪酬月份"
        ordering = ["-month", "area_id"]
        constraints = [
            first_of_month("pay_period_is_first_day", "month"),
            in_order("pay_period_closed", "month", "closed_on", "关账不能早于该月1日。"),
            check(
                "pay_period_closed_on_a_day",
                Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on__isnull=True),
                "关账须有关账日期。",
            ),
            unique("pay_period_once", "该地区这个月已经建立。", "area", "month"),
        ]

    def __str__(self):
        return f"{self.month_name}薪酬"

    @property
    def month_name(self) -> str:
        """The month without its day."""
        return month_name(self.month)
