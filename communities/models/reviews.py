"""M12 岗位+绩效: reviews by quarter."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.enums.learning import Quarter
from communities.enums.pay import PERFORMANCE_REVIEW, ReviewGrade
from communities.models.learning import plausible_year
from communities.models.workers import Post
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, unique, year_validators
from suzhou_portal.fields import Line, PastDay
from suzhou_portal.figures.dates import site_date
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.months import quarter_before


def _last_quarters_year() -> int:
    return quarter_before(timezone.localdate())[0]


NOT_HELD = "该季度此人不在这个岗位。"


def _last_quarter() -> int:
    return quarter_before(timezone.localdate())[1]


class PerformanceReview(Staged):
    """How a full-time post was filled in a quarter, as the community judges and another confirms."""

    lifecycle = PERFORMANCE_REVIEW
    stands_with = "post"

    post = refers_to(Post, "任职", "reviews", limit_choices_to={"full_time": True})
    year = models.PositiveSmallIntegerField(
        "年度", default=_last_quarters_year, validators=year_validators
    )
    quarter = models.PositiveSmallIntegerField(
        "季度", choices=Quarter.choices, default=_last_quarter
    )
    grade = models.CharField(
        "考核等次", max_length=12, choices=ReviewGrade.choices, default=ReviewGrade.COMPETENT
    )
    remark = Line("评语", max_length=200, blank=True)
    confirmed_on = PastDay("确认日期", null=True, blank=True, editable=False)

    named_with: ClassVar = ("post",)

    class Meta:
        verbose_name = verbose_name_plural = "绩效考核"
        ordering = ["-year", "-quarter", "area_id", "pk"]
        constraints = [
            plausible_year("review_year"),
            check("review_quarter", Q(quarter__gte=1, quarter__lte=4), "季度应为第一至第四季度。"),
            check(
                "review_confirmed_on_a_day",
                Q(state="confirmed", confirmed_on__isnull=False)
                | Q(state="entered", confirmed_on__isnull=True),
                "确认须有确认日期。",
            ),
            unique("review_once_a_quarter", "该任职这一季度已有考核。", "post", "year", "quarter"),
        ]

    def __str__(self):
        return f"{self.post} {self.period_name}"

    @property
    def period_name(self) -> str:
        """The quarter: 2023年第一季度."""
        return f"{self.year}年{self.get_quarter_display()}"

    def refusals(self, name, found):
        """A post is reviewed for the quarters in which it was held."""
        refused = super().refusals(name, found)
        if name == "post" and self._quarter_known:
            refused |= {one.pk: NOT_HELD for one in found if not self._was_held(one)}
        return refused

    def clean(self):
        """Full-time posts are reviewed, for quarters in which they were held."""
        if self.post_id is None or not self._quarter_known:
            return
        if self._state.adding and quarter_end(self.year, self.quarter) > site_date():
            raise ValidationError({"quarter": "该季度还没有结束，不能考核。"})
        if not self.post.full_time:
            raise ValidationError({"post": "绩效考核只用于专职岗位。"})
        if not self._was_held(self.post):
            raise ValidationError({"quarter": NOT_HELD})

    @property
    def _quarter_known(self) -> bool:
        return self.year is not None and self.quarter in Quarter.values

    def _was_held(self, post: Post) -> bool:
        first = datetime.date(self.year, 3 * self.quarter - 2, 1)
        begun = post.started_on <= quarter_end(self.year, self.quarter)
        return begun and (post.ended_on is None or post.ended_on >= first)


def quarter_end(year: int, quarter: int) -> datetime.date:
    """The last day of a quarter."""
    following = datetime.date(year + quarter // 4, 3 * (quarter % 4) + 1, 1)
    return following - datetime.timedelta(days=1)
