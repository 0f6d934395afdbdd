"""Social workers: how they came, what post they hold, what they earn, how they qualified."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from communities.enums.base import AllowanceKind, CertificateLevel
from communities.models.learning import ExamSeason
from communities.models.people import Person
from communities.models.periods import PayPeriod, first_of_month, month_name
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, not_negative, unique, year_validators
from suzhou_portal.fields import Code, Line, Name, PastDay, PlannedDay
from suzhou_portal.figures.dates import site_date
from suzhou_portal.formats import date
from suzhou_portal.months import months_before

MOST_PAY, MOST_ALLOWANCE = 20_000, 5_000  # 元 a month that go without saying
NOT_HELD = "该月此人不在这个岗位。"
NOTICE_DAYS = 90  # calendar days before a certificate expires


class RecruitmentBatch(AreaRecord):
    """One intake of full-time community workers; communities refer to the district's."""

    shared = True

    name = Name("名称", max_length=60)
    announced_on = PastDay("公告日期")
    planned = models.PositiveSmallIntegerField("计划人数（人）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "招录批次"
        ordering = ["-announced_on"]


class PostQuerySet(AreaRecordQuerySet):
    def in_post(self, day: datetime.date):
        """Full-time posts held on that day."""
        return self.filter(full_time=True).open_on(day)

    def certified(self, day: datetime.date):
        """Posts whose holder has a certificate valid on that day."""
        return self.filter(Exists(Certificate.objects.valid(day).filter(person=OuterRef("person"))))

    def recruited(self, after: datetime.date, until: datetime.date):
        """Full-time posts filled from a recruitment batch in the time after `after` up to `until`."""
        recruited = self.filter(full_time=True, batch__isnull=False)
        return recruited.filter(started_on__gt=after, started_on__lte=until)


class Post(AreaRecord):
    """A post held by a person in a community."""

    person = refers_to(Person, "人员", "posts")
    title = Line("岗位", max_length=40)
    full_time = models.BooleanField("专职", default=True)
    batch = refers_to(
        RecruitmentBatch,
        "招录批次",
        "posts",
        optional=True,
        help_text="经招录到岗的填写；调动到岗的留空，以免重复计入招录人数。",
    )
    started_on = PastDay("到岗日期")
    ended_on = PastDay("离岗日期", null=True, blank=True)

    objects: ClassVar = PostQuerySet.as_manager()
    named_with: ClassVar = ("person",)

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["area_id", "started_on", "pk"]
        constraints = [
            in_order("post_dates", "started_on", "ended_on", "离岗日期不能早于到岗日期。"),
            unique(
                "post_one_open_full_time",
                "此人已有一个在任的专职岗位。",
                "person",
                condition=Q(full_time=True, ended_on__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.person}（{self.title}）"

    def held_in(self, month: datetime.date) -> bool:
        """Whether it is held on any day of the month that begins on that day."""
        begun = self.started_on < months_before(month, -1)
        return begun and (self.ended_on is None or self.ended_on >= month)


class CertificateQuerySet(AreaRecordQuerySet):
    def valid(self, day: datetime.date):
        """Issued by that day and not expired."""
        return self.open_on(day, "issued_on", "valid_to")

    def expiring_soon(self, day: datetime.date):
        """Certificates to be renewed now: valid on that day, but not for longer than the days of notice."""
        return self.valid(day).filter(valid_to__lte=day + datetime.timedelta(days=NOTICE_DAYS))


class Certificate(AreaRecord):
    """A social-work certificate with its term of registration."""

    person = refers_to(Person, "人员", "certificates")
    level = models.CharField("等级", max_length=15, choices=CertificateLevel.choices)
    number = Code("证书编号", max_length=30, blank=True)
    issued_on = PastDay("发证日期")
    valid_to = PlannedDay("有效期至", null=True, blank=True)

    objects: ClassVar = CertificateQuerySet.as_manager()
    named_with: ClassVar = ("person",)

    class Meta:
        verbose_name = verbose_name_plural = "社工证书"
        ordering = ["area_id", "issued_on", "pk"]
        constraints = [
            in_order("certificate_dates", "issued_on", "valid_to", "有效期不能早于发证日期。"),
            unique(
                "certificate_number_once", "该证书编号已登记。", "number", condition=~Q(number="")
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.get_level_display()}"


class ExamRegistrationQuerySet(AreaRecordQuerySet):
    def taken(self, first: datetime.date, last: datetime.date):
        """Registrations for examinations held from one day to the other, both included, to which
        nobody is known not to have come.
        """
        return self.filter(exam_on__range=(first, last), absent=False)


class ExamRegistration(Reasoned, AreaRecord):
    """A person registered for the national social-work examination of a year: a taker, not a passer."""

    person = refers_to(Person, "人员", "exam_registrations")
    season = refers_to(ExamSeason, "考试年度安排", "registrations", optional=True)
    year = models.PositiveSmallIntegerField("考试年度", validators=year_validators)
    level = models.CharField("报考等级", max_length=15, choices=CertificateLevel.choices)
    exam_on = PlannedDay("考试日期")
    passed = models.BooleanField("通过", null=True, blank=True, help_text="成绩未出则选未知。")
    absent = models.BooleanField("缺考", default=False, help_text="报了名没有参加考试的，请勾选。")

    objects: ClassVar = ExamRegistrationQuerySet.as_manager()
    named_with: ClassVar = ("person",)

    class Meta:
        verbose_name = verbose_name_plural = "社工考试报名"
        ordering = ["area_id", "-year", "pk"]
        constraints = [
            unique("exam_once_a_year", "此人该年度已报考这一等级。", "person", "year", "level"),
            check("exam_absent_has_not_passed", ~Q(absent=True, passed=True), "缺考的人没有通过。"),
        ]

    def __str__(self):
        return f"{self.person} {self.year}年"

    def clean(self):
        """Year and day are the season's, where it is known."""
        super().clean()
        if self.season is None:
            return
        self.year = self.year or self.season.year
        self.exam_on = self.exam_on or self.season.exam_on
        if (self.year, self.exam_on) != (self.season.year, self.season.exam_on):
            raise ValidationError("考试年度和考试日期与所选的考试年度安排不一致。")

    def refusals(self, name, found):
        """The year is the season's."""
        if self.season is not None:
            self.year = self.season.year
        return super().refusals(name, found)

    def unusual(self):
        """Whoever is registered once that has closed is so late that it is asked why."""
        yield from super().unusual()
        closes_on = self.season.closes_on if self.season else self.exam_on
        if self._state.adding and closes_on and closes_on < site_date():
            yield "person", f"报名已于{date(closes_on)}截止，现在是补录。"
        day = self.exam_on or (self.season and self.season.exam_on)
        if self._state.adding and self.person_id and day:  # everybody may sit for it
            yield from (
                ("person", why) for why in Person.objects.why_gone([self.person_id], day).values()
            )


class PayMonth(Reasoned, AreaRecord):
    """What a post paid in one month, in 元 before deductions. Never public for one person."""

    by_another = True  # its month is reviewed by nobody who wrote it

    post = refers_to(Post, "任职", "pay")
    month = PastDay("月份", help_text="填该月1日。")
    post_pay = models.DecimalField("岗位工资（元）", max_digits=9, decimal_places=2)
    performance_pay = models.DecimalField("绩效工资（元）", max_digits=9, decimal_places=2)
    gross = models.GeneratedField(
        expression=F("post_pay") + F("performance_pay"),
        output_field=models.DecimalField(max_digits=10, decimal_places=2),
        db_persist=True,
        verbose_name="应发合计（元）",
    )

    # Seen by the person and the district's personnel office only, in the trail too.
    withheld: ClassVar = ("post_pay", "performance_pay", "gross")
    plausible: ClassVar = {"post_pay": MOST_PAY, "performance_pay": MOST_PAY}
    named_with: ClassVar = ("post",)

    class Meta:
        verbose_name = verbose_name_plural = "月度薪酬"
        ordering = ["-month", "area_id", "pk"]
        constraints = [
            not_negative("pay_not_negative", "post_pay", "performance_pay"),
            first_of_month("pay_month_is_first_day", "month"),
            unique("pay_once_a_month", "该任职本月已有薪酬记录。", "post", "month"),
        ]

    def __str__(self):
        return f"{self.post} {self.month:%Y-%m}"

    def refusals(self, name, found):
        """A post is paid for in the months in which it was held."""
        refused = super().refusals(name, found)
        if name == "post" and self.month:
            refused |= {one.pk: NOT_HELD for one in found if not one.held_in(self.month)}
        return refused

    @property
    def month_name(self) -> str:
        """The month without its day."""
        return month_name(self.month)

    @property
    def is_settled(self) -> bool:
        """Whether its month is checked or closed, so that it can only be corrected."""
        return PayPeriod.objects.settled(self.month, self.area_id).exists()

    def placed_on(self):
        """What was earned before a division ended is entered afterwards."""
        return self.month or super().placed_on()

    def clean(self):
        """Pay of a settled month stays; a month is paid only if the post was held in it."""
        super().clean()
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        kept = ("post_id", "month", "area_id", "post_pay", "performance_pay")
        if stored is not None and all(getattr(self, n) == getattr(stored, n) for n in kept):
            return
        if self.is_settled or (stored is not None and stored.is_settled):
            raise ValidationError("该月薪酬已复核或关账，不能再增改；关账后请登记薪酬更正。")
        if self.post_id and self.month and not self.post.held_in(self.month):
            raise ValidationError({"month": NOT_HELD})


class AllowanceStandard(Reasoned, AreaRecord):
    """A monthly allowance, in 元 per person, in force from a date until the next one."""

    kind = models.CharField("补助", max_length=20, choices=AllowanceKind.choices)
    amount = models.DecimalField("标准（元/人/月）", max_digits=8, decimal_places=2)
    effective_from = PlannedDay("执行日期")
    basis = Line("依据", max_length=100, blank=True)

    plausible: ClassVar = {"amount": MOST_ALLOWANCE}

    class Meta:
        verbose_name = verbose_name_plural = "补助标准"
        ordering = ["area_id", "kind", "effective_from"]
        constraints = [
            not_negative("allowance_not_negative", "amount"),
            unique("allowance_once_a_day", "该日期已有标准。", "area", "kind", "effective_from"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}元"
