"""M3 红色物业: property companies, where they serve, how the party is linked to them, their rating."""

import datetime
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from communities.enums import RATING, RatingGrade
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import in_order, stands_at
from suzhou_portal.audit.enums import Mask
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import known_state, state_field


class PropertyQuerySet(AreaRecordQuerySet):
    """Property companies at work."""

    def serving(self, day: datetime.date):
        """Those at work on that day."""
        return self.open_on(day)

    def linked(self, day: datetime.date):
        """Those with a party organization, or an office held on both sides, on that day."""
        return self.serving(day).filter(linked_on__lte=day)

    def with_grade(self, day: datetime.date):
        """With `grade`, the latest one reviewed by that day."""
        latest = PropertyRating.objects.reviewed(day).filter(company=OuterRef("pk"))
        return self.annotate(grade=Subquery(latest.order_by("-period_end").values("grade")[:1]))

    def past_use(self, day: datetime.date):
        """Those that left before that day."""
        return self.filter(ended_on__lt=day)


class PropertyCompany(AreaRecord):
    """A property company at work in a community, with the compounds it serves there."""

    name = models.CharField("物业服务企业", max_length=60)
    compounds = models.CharField("服务小区", max_length=200, help_text="几个小区用顿号隔开。")
    households = models.PositiveIntegerField("服务户数（户）", null=True, blank=True)
    contact = models.CharField("项目负责人", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    started_on = models.DateField("进驻日期")
    ended_on = models.DateField("退出日期", null=True, blank=True)
    has_branch = models.BooleanField("建有党组织", default=False)
    cross_posted = models.BooleanField("双向进入、交叉任职", default=False)
    linked_on = models.DateField(
        "党建联建日期", null=True, blank=True, help_text="建立党组织或开始交叉任职的日期。"
    )

    objects: ClassVar = PropertyQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}

    class Meta:
        verbose_name = verbose_name_plural = "物业服务企业"
        ordering = ["area_id", "name"]
        constraints = [
            in_order("property_dates", "started_on", "ended_on", "退出日期不能早于进驻日期。"),
            models.CheckConstraint(
                name="property_link_has_day",
                condition=Q(has_branch=False, cross_posted=False, linked_on__isnull=True)
                | Q(linked_on__isnull=False) & (Q(has_branch=True) | Q(cross_posted=True)),
                violation_error_message="建有党组织或交叉任职的，须填党建联建日期；都没有的不填。",
            ),
            models.CheckConstraint(
                name="property_stands_at_community",
                condition=stands_at(Level.COMMUNITY),
                violation_error_message="物业服务企业按社区登记：请选择社区。",
            ),
            models.UniqueConstraint(
                fields=["area", "name"],
                condition=Q(ended_on__isnull=True),
                name="property_once_a_community",
                violation_error_message="该社区已登记这家企业。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def grade_name(self) -> str:
        """The latest reviewed grade in words; needs `with_grade`."""
        return dict(RatingGrade.choices).get(self.grade, "")  # type: ignore[attr-defined]


class RatingQuerySet(StagedQuerySet):
    """Ratings."""

    def reviewed(self, day: datetime.date):
        """Those reviewed by that day."""
        return self.filter(reviewed_on__lte=day)


class PropertyRating(Staged):
    """What a community found of a property company in a period; it counts once another reviewed it."""

    lifecycle = RATING

    company = models.ForeignKey(
        PropertyCompany, models.PROTECT, related_name="ratings", verbose_name="物业服务企业"
    )
    period_start = models.DateField("评价期起")
    period_end = models.DateField("评价期止")
    score = models.PositiveSmallIntegerField("得分（0至100）", validators=[MaxValueValidator(100)])
    grade = models.CharField("等次", max_length=10, choices=RatingGrade.choices)
    opinion = models.TextField("评价意见", max_length=500, blank=True)
    reviewed_on = models.DateField("审核日期", null=True, editable=False)
    state = state_field(RATING)

    objects: ClassVar = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "物业评价"
        ordering = ["area_id", "-period_end", "-pk"]
        constraints = [
            known_state("rating_state", RATING),
            in_order("rating_period", "period_start", "period_end", "评价期止不能早于评价期起。"),
            in_order("rating_reviewed", "period_end", "reviewed_on", "审核不能早于评价期止。"),
            models.CheckConstraint(
                name="rating_score_to_100",
                condition=Q(score__gte=0, score__lte=100),
                violation_error_message="得分为0至100。",
            ),
            models.CheckConstraint(
                name="rating_reviewed_has_day",
                condition=Q(state="reviewed", reviewed_on__isnull=False)
                | ~Q(state="reviewed") & Q(reviewed_on__isnull=True),
                violation_error_message="审核通过的评价须有审核日期。",
            ),
            models.UniqueConstraint(
                fields=["company", "period_end"],
                name="rating_once_a_period",
                violation_error_message="这一评价期已有评价。",
            ),
        ]

    def __str__(self):
        return f"{self.company} {self.get_grade_display()}"
