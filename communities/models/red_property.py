"""M3 红色物业: property companies, their link with the party, the compounds they serve, their rating."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from communities.enums.red_property import (
    LOWEST_SCORES,
    PROPERTY_RATING,
    PropertyGrade,
    RatingState,
)
from suzhou_portal import credit_code
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import by_another, check, in_order, stands_at, together, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import CreditCode, Line, Name, PastDay, PersonName, Phone, Prose
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

COMPANY = "9"  # how the credit code of whatever the market's register holds begins


class PropertyCompany(AreaRecord):
    """A property company, standing in the smallest area that holds all it serves."""

    shared = True  # a community's compound may be served by a district's company

    name = Name("企业名称", max_length=80)
    credit_code = CreditCode("统一社会信用代码", max_length=18)
    contact = PersonName("联系人", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)
    started_on = PastDay("进驻日期")
    ended_on = PastDay("退出日期", null=True, blank=True)
    party_organization = Line("党组织", max_length=60, blank=True, help_text="没有党组织的留空。")
    party_founded_on = PastDay("党组织成立日期", null=True, blank=True)
    cross_posted = models.BooleanField(
        "双向进入、交叉任职",
        default=False,
        help_text="社区“两委”成员与物业负责人互相任职的，请勾选。",
    )
    cross_posted_on = PastDay("交叉任职起始日期", null=True, blank=True)

    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")
    used_until = "ended_on"

    class Meta:
        verbose_name = verbose_name_plural = "物业企业"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("property_dates", "started_on", "ended_on", "退出日期不能早于进驻日期。"),
            in_order(
                "property_party_founded",
                "party_founded_on",
                "ended_on",
                "退出不能早于党组织成立日期。",
            ),
            in_order(
                "property_cross_posted",
                "started_on",
                "cross_posted_on",
                "交叉任职不能早于进驻日期。",
            ),
            check(
                "property_code_has_18",
                Q(credit_code__regex=r"^[0-9A-Z]{18}$"),
                "统一社会信用代码应为18位数字或大写字母。",
            ),
            check(
                "property_party_with_date",
                Q(party_organization="", party_founded_on__isnull=True)
                | ~Q(party_organization="") & Q(party_founded_on__isnull=False),
                "党组织名称和成立日期须同时填写，没有的同时留空。",
            ),
            check(
                "property_cross_posted_with_date",
                Q(cross_posted=False, cross_posted_on__isnull=True)
                | Q(cross_posted=True, cross_posted_on__isnull=False),
                "交叉任职须填起始日期，没有的留空。",
            ),
            unique(
                "property_code_once",
                "该统一社会信用代码已登记。企业若服务几个社区，请由街道或区登记。",
                "credit_code",
            ),
        ]

    def clean(self):
        """Check the credit code."""
        self.credit_code = self.credit_code.strip().upper()
        if self.credit_code and (problem := credit_code.problem(self.credit_code, COMPANY)):
            raise ValidationError({"credit_code": problem})

    def compounds_served(self) -> str:
        """The compounds it serves, by name, those it left not."""
        return "、".join(str(one) for one in self.compounds.filter(ended_on__isnull=True))


class ServedCompoundQuerySet(AreaRecordQuerySet):
    def with_grade(self, day: datetime.date):
        """Each with grade and end of period of its latest rating reviewed by that day."""
        latest = PropertyRating.objects.filter(compound=OuterRef("pk")).reviewed(day)
        latest = latest.order_by("-period_end")
        return self.annotate(
            latest_grade=Subquery(latest.values("grade")[:1]),
            rated_until=Subquery(latest.values("period_end")[:1]),
        )


class ServedCompound(AreaRecord):
    """A residential compound for as long as one property company serves it, or it looks after itself.

    Once that service was rated, the company stays: another one begins with a record of its own.
    """

    name = Name("小区", max_length=40)
    address = Line("地址", max_length=80, blank=True)
    households = models.PositiveIntegerField("户数（户）", null=True, blank=True)
    company = refers_to(PropertyCompany, "物业企业", "compounds", optional=True)
    self_managed = models.BooleanField(
        "自管", default=False, help_text="老旧小区没有物业企业、由居民或社区自管的，请勾选。"
    )
    started_on = PastDay("服务开始")
    ended_on = PastDay("服务结束", null=True, blank=True)

    objects: ClassVar = ServedCompoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "物业小区"
        ordering = ["area_id", "name", "pk"]
        constraints = [
            in_order("compound_dates", "started_on", "ended_on", "服务结束不能早于服务开始。"),
            check(
                "compound_in_community_or_grid",
                stands_at(Level.COMMUNITY, Level.GRID),
                "小区属于社区或网格：请选择社区或网格。",
            ),
            unique(
                "compound_one_company",
                "该小区已有物业企业，更换时请先填原企业的服务结束日期。",
                "area",
                "name",
                condition=Q(ended_on__isnull=True),
            ),
            check(
                "compound_company_or_self",
                Q(company__isnull=False, self_managed=False)
                | Q(company__isnull=True, self_managed=True),
                "请选择物业企业；没有物业企业的，不选企业并勾选“自管”。",
                at="company",
            ),
            together("compound_id_and_area", "area"),
            together("compound_id_and_company", "company"),
        ]

    def clean(self):
        """A company whose service was rated is not exchanged for another one."""
        super().clean()
        rated = self.ratings.first() if self.pk else None
        if rated and rated.company_id != self.company_id:
            said = f"{rated.company}在这里已有考核，不能改为其他企业：请填它的服务结束日期，再登记新的一条。"
            raise ValidationError({"company": said})

    @property
    def served_by(self) -> str:
        """The company, or that there is none."""
        return str(self.company or "自管")

    def latest_grade_display(self) -> str:
        """The grade of its latest reviewed rating, where `with_grade` looked for it."""
        grade = getattr(self, "latest_grade", None)
        return PropertyGrade(grade).label if grade else ""


class PropertyRatingQuerySet(StagedQuerySet):
    def reviewed(self, day: datetime.date):
        """Ratings reviewed by that day."""
        return self.filter(state=RatingState.REVIEWED, reviewed_on__lte=day)

    def overlapping(self, start: datetime.date, end: datetime.date):
        """Ratings of a period that has a day in common with this one."""
        return self.filter(period_start__lte=end, period_end__gte=start)

    def latest_reviewed(self, day: datetime.date):
        """Of each compound, the reviewed one with the latest period."""
        same = PropertyRating.objects.reviewed(day).filter(compound=OuterRef("compound"))
        return self.reviewed(day).filter(pk=Subquery(same.order_by("-period_end").values("pk")[:1]))


def grade_of(score: int) -> str:
    """The grade a score stands for: 90 优秀, 80 良好, 60 合格, below 不合格."""
    return next((grade for grade, lowest in LOWEST_SCORES if score >= lowest), PropertyGrade.FAIL)


def _grade_fits_score() -> Q:
    fits, highest = Q(), 100
    for grade, lowest in LOWEST_SCORES:
        fits |= Q(grade=grade, score__gte=lowest, score__lte=highest)
        highest = lowest - 1
    return fits


class PropertyRating(Staged):
    """How a company served a compound in a period: rated by the community, reviewed by the street.

    Periods of one compound do not overlap, which the database holds of what is written from now on; what
    looks after itself is not rated.
    """

    lifecycle = PROPERTY_RATING
    stands_with = "compound"
    derived = ("company",)

    compound = refers_to(ServedCompound, "物业小区", "ratings")
    # The compound's; together they are a key of it, so that neither changes without the other.
    company = refers_to(PropertyCompany, "物业企业", "ratings", editable=False)
    period_start = PastDay("考核期起")
    period_end = PastDay("考核期止")
    score = models.PositiveSmallIntegerField(
        "得分", validators=[MaxValueValidator(100, "得分为0至100。")], help_text="0至100分。"
    )
    grade = models.CharField("等次", max_length=10, choices=PropertyGrade.choices, editable=False)
    comment = Prose("考核意见", blank=True, max_length=1000)
    reviewed_on = PastDay("审核日期", null=True, blank=True, editable=False)
    reviewed_by = account("审核人")

    objects: ClassVar = PropertyRatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "物业考核"
        ordering = ["area_id", "-period_end", "pk"]
        constraints = [
            in_order("rating_period", "period_start", "period_end", "考核期止不能早于考核期起。"),
            in_order("rating_reviewed", "period_end", "reviewed_on", "审核不能早于考核期止。"),
            check("rating_grade_fits_score", _grade_fits_score(), "等次与得分不符，得分为0至100。"),
            check(
                "rating_reviewed_with_date",
                Q(state="reviewed", reviewed_on__isnull=False)
                | ~Q(state="reviewed") & Q(reviewed_on__isnull=True, reviewed_by__isnull=True),
                "已审核的考核须有审核日期。",
            ),
            by_another(
                "rating_reviewed_by_another",
                "reviewed_by",
                "entered_by",
                "不能审核自己录入的考核。",
            ),
            unique("rating_one_a_period", "该小区这一考核期已有考核。", "compound", "period_end"),
        ]

    def __str__(self):
        return f"{date(self.period_start)}至{date(self.period_end)}物业考核"

    def clean(self):
        """A new period is one in which the company served there, and that no other rating is of."""
        super().clean()
        self._fill_in()
        period = {"period_start": self.period_start, "period_end": self.period_end}
        if self.above is None or None in period.values():
            return
        if PropertyRating.objects.filter(pk=self.pk, compound=self.above, **period).exists():
            return  # as it was, even from before there was this rule
        self._require_served()
        others = self.above.ratings.exclude(pk=self.pk)
        if rated := others.overlapping(self.period_start, self.period_end).first():
            raise ValidationError({"period_start": f"与已有的“{rated}”重叠，请核对考核期。"})

    def save(self, *args, **kwargs):
        """The grade follows from the score, the company from the compound."""
        self._fill_in()
        super().save(*args, **kwargs)

    def _fill_in(self) -> None:
        if self.score is not None:
            self.grade = grade_of(self.score)
        if self.above:
            self.company_id = self.above.company_id

    def _require_served(self) -> None:
        served = self.above
        if served.company_id is None:
            raise ValidationError("这个小区自管，没有物业企业可以考核。")
        if self.period_start < served.started_on or (
            served.ended_on is not None and self.period_end > served.ended_on
        ):
            until = date(served.ended_on) if served.ended_on else "今"
            said = f"考核期须在{served.company}服务期内（{date(served.started_on)}至{until}）。"
            raise ValidationError({"period_start": said})
