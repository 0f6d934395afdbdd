"""M9 优化“两委”班子: the terms of a community's two committees, and who serves in them."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities.enums.committees import (
    FEWEST_SEATS,
    HEADS,
    MOST_SEATS,
    POSITIONS,
    TERM_YEARS,
    Choice,
    CommitteeKind,
    Education,
    Politics,
    Position,
    Sex,
)
from communities.models.makeup import compared, makeup
from communities.models.people import Person
from communities.models.spans import Span, covers, most_at_once
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, one_at_a_time, placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Code, PastDay, PlannedDay
from suzhou_portal.months import months_before

PLAUSIBLE_SEATS = 15  # of a party committee, which no law limits
CHOSEN_BEFORE = "任职日期不能早于选举（任命）日期。"
BORN = RegexValidator(r"\A(19[2-9]\d|20\d\d)-(0[1-9]|1[0-2])\Z", "请写成年和月，如1978-06。")


class CommitteeTermQuerySet(AreaRecordQuerySet):
    def in_force(self, day: datetime.date):
        """Terms that run on that day."""
        return self.open_on(day, "started_on", "ends_on")

    def with_vacancies(self, day: datetime.date):
        """Each with `vacant`: its seats without a member who serves on that day."""
        serving = (
            CommitteeMember.objects.open_on(day)
            .filter(term=OuterRef("pk"))
            .order_by()
            .values("term")
            .annotate(number=Count("pk"))
            .values("number")
        )
        return self.annotate(vacant=F("seats") - Coalesce(Subquery(serving), 0))

    def incomplete(self, day: datetime.date):
        """Terms that run on that day with a seat vacant."""
        return self.in_force(day).with_vacancies(day).filter(vacant__gt=0)

    def before_those_in_force(self, day: datetime.date):
        """Of each term that runs on that day, the last one before it."""
        earlier = CommitteeTerm.objects.filter(
            area=OuterRef("area"), kind=OuterRef("kind"), started_on__lt=OuterRef("started_on")
        )
        latest = Subquery(earlier.order_by("-started_on").values("pk")[:1])
        return self.filter(
            pk__in=CommitteeTerm.objects.in_force(day).annotate(before=latest).values("before")
        )

    def due(self, until: datetime.date):
        """Terms that end by that day, or ended long ago, with no later term on record."""
        later = CommitteeTerm.objects.filter(
            area=OuterRef("area"), kind=OuterRef("kind"), started_on__gt=OuterRef("started_on")
        )
        return self.filter(ends_on__lte=until).exclude(Exists(later))


class CommitteeTerm(Reasoned, AreaRecord):
    """A term of a community's party committee or residents' committee, with its seats.

    The rules that concern its members too are held by a trigger (migration `0004_governing`).
    """

    kind = models.CharField("班子", max_length=12, choices=CommitteeKind.choices)
    number = models.PositiveSmallIntegerField("届次", validators=[MinValueValidator(1)])
    started_on = PlannedDay("任期开始")
    ends_on = PlannedDay(
        "任期届满",
        blank=True,
        help_text=f"留空则满{TERM_YEARS}年；经批准延期或提前换届的，填核定的日期。",
    )
    seats = models.PositiveSmallIntegerField("职数（人）")

    objects: ClassVar = CommitteeTermQuerySet.as_manager()
    plausible: ClassVar = {"seats": PLAUSIBLE_SEATS}
    named_with: ClassVar = ("area",)

    class Meta:
        verbose_name = verbose_name_plural = "“两委”届次"
        ordering = ["area_id", "kind", "-started_on"]
        constraints = [
            in_order("term_dates", "started_on", "ends_on", "任期届满不能早于任期开始。"),
            placed("term_stands_at_community", "“两委”属于社区：请选择社区。", Level.COMMUNITY),
            check(
                "term_seats",
                Q(kind="party", seats__gte=1)
                | Q(kind="residents", seats__gte=FEWEST_SEATS, seats__lte=MOST_SEATS),
                f"居委会由{FEWEST_SEATS}至{MOST_SEATS}人组成，党委至少1人。",
            ),
            unique("term_once", "该社区这一届班子已登记。", "area", "kind", "number"),
            *[
                one_at_a_time(
                    f"term_one_{kind.value}",
                    "started_on",
                    "ends_on",
                    Q(kind=kind.value),
                    f"与该社区另一届{kind.label}的任期重叠，请核对起止日期。",
                )
                for kind in CommitteeKind
            ],
        ]

    def __str__(self):
        committee = self.get_kind_display().removeprefix("社区")
        return f"{self.area.short_name}第{self.number}届{committee}"

    @property
    def serving(self) -> int:
        """How many serve today."""
        today = timezone.localdate()
        return sum(member.serves_on(today) for member in self.members.all())

    @property
    def vacancies(self) -> int:
        """Seats without a member who serves today."""
        return self.seats - self.serving

    @property
    def vacant_then(self) -> int:
        """Vacancies on the day that `with_vacancies` was asked about."""
        return self.vacant  # type: ignore[attr-defined]

    @property
    def told(self) -> str:
        """What it is made of, and what the term before was made of at its end."""
        latest = min(timezone.localdate(), self.ends_on)
        now = makeup(one for one in self.members.all() if one.serves_on(latest))
        terms = CommitteeTerm.objects.filter(area=self.area_id, kind=self.kind)
        former = terms.filter(started_on__lt=self.started_on).order_by("-started_on").first()
        if former is None:
            return "；".join(f"{label}：{value}" for label, value in now.items())
        lines = compared(now, makeup(CommitteeMember.objects.to_the_end().filter(term=former)))
        return "；".join(f"{label}：{value}，上一届{before}" for label, value, before in lines)

    def clean(self):
        """The law's length, where no end is given; seats for all who have served together."""
        super().clean()
        if self.started_on and self.ends_on is None:
            following = months_before(self.started_on, -12 * TERM_YEARS)
            self.ends_on = following - datetime.timedelta(days=1)
        if self.pk and self.seats is not None:
            most = most_at_once(member.span for member in self.members.all())
            if most > self.seats:
                raise ValidationError({"seats": f"已有{most}人同时任职，职数不能少于{most}人。"})

    def save(self, *args, **kwargs):
        """The end is set, also where no form asked."""
        if self.ends_on is None:
            self.clean()
        super().save(*args, **kwargs)


class CommitteeMemberQuerySet(AreaRecordQuerySet):
    def serving(self, day: datetime.date):
        """Members who serve on that day in a term that runs then."""
        return self.open_on(day).filter(term__started_on__lte=day, term__ends_on__gte=day)

    def to_the_end(self):
        """Members who served until their term was over."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=F("term__ends_on")))

    def past_use(self, day: datetime.date):
        """Members of terms whose following term is over before that day too: nobody compares them."""
        return self.filter(term__ends_on__lt=months_before(day, 12 * TERM_YEARS))

    def heading_both(self, day: datetime.date):
        """Of those, the directors who are their community's party secretary too (一肩挑)."""
        secretaries = CommitteeMember.objects.serving(day).filter(
            position=Position.SECRETARY, person=OuterRef("person"), area=OuterRef("area")
        )
        return self.serving(day).filter(Exists(secretaries), position=Position.DIRECTOR)


class CommitteeMember(AreaRecord):
    """A person who serves in a committee.

    Members hold public office, so the public register names them in full (村居务公开); their phones
    stay with the person's record and are not published.
    """

    stands_with = "term"

    term = refers_to(CommitteeTerm, "届次", "members")
    person = refers_to(Person, "人员", "committee_memberships")
    position = models.CharField("职务", max_length=20, choices=Position.choices)
    started_on = PlannedDay("任职日期", blank=True, help_text="留空则为本届任期开始之日。")
    ended_on = PlannedDay("离任日期", null=True, blank=True)

    sex = models.CharField("性别", max_length=10, choices=Sex.choices, blank=True)
    born = Code(
        "出生年月", max_length=7, blank=True, validators=[BORN], help_text="如1978-06；不公开。"
    )
    education = models.CharField("学历", max_length=10, choices=Education.choices, blank=True)
    politics = models.CharField("政治面貌", max_length=12, choices=Politics.choices, blank=True)
    chosen = models.CharField("产生方式", max_length=10, choices=Choice.choices, blank=True)
    chosen_on = PastDay("选举（任命）日期", null=True, blank=True)

    objects: ClassVar = CommitteeMemberQuerySet.as_manager()
    masked: ClassVar = {"born": Mask.BIRTH}
    named_with: ClassVar = ("person",)

    class Meta:
        verbose_name = verbose_name_plural = "“两委”成员"
        ordering = ["area_id", "term", "pk"]
        constraints = [
            in_order("member_dates", "started_on", "ended_on", "离任日期不能早于任职日期。"),
            in_order("member_chosen", "chosen_on", "started_on", CHOSEN_BEFORE),
            check(
                "member_chosen_on_a_day",
                Q(chosen="", chosen_on=None) | ~Q(chosen="") & Q(chosen_on__isnull=False),
                "产生方式和选举（任命）日期须同时填写，不知道的同时留空。",
                at="chosen_on",
            ),
            unique(
                "member_once",
                "此人已在本届班子任职。",
                "term",
                "person",
                condition=Q(ended_on__isnull=True),
            ),
            unique(
                "member_one_head",
                "本届已有在任的书记或主任，请先填其离任日期。",
                "term",
                "position",
                condition=Q(ended_on__isnull=True, position__in=HEADS),
            ),
        ]

    def __str__(self):
        return f"{self.person}（{self.get_position_display()}）"

    @property
    def span(self) -> Span:
        """From when to when; the end is open while they serve."""
        return self.started_on, self.ended_on

    @property
    def age(self) -> int | None:
        """In full years, when they took office; None where nobody has written down when they were born."""
        if not self.born:
            return None
        year, month = map(int, self.born.split("-"))
        return self.started_on.year - year - (self.started_on.month < month)

    def serves_on(self, day: datetime.date) -> bool:
        """Whether they serve on that day."""
        return covers(self.span, day)

    def clean(self):
        """The position is one of that committee, the days lie in its term, and a seat is free."""
        if self.term_id is None:
            return
        if self.started_on is None:
            self.started_on = self.term.started_on
        if self.position and self.position not in POSITIONS[CommitteeKind(self.term.kind)]:
            kind = self.term.get_kind_display()
            raise ValidationError({"position": f"{kind}没有“{self.get_position_display()}”一职。"})
        self._check_days()
        others = self.term.members.exclude(pk=self.pk)
        if most_at_once([self.span, *(one.span for one in others)]) > self.term.seats:
            raise ValidationError(
                {"person": f"本届职数{self.term.seats}人，已满；请先填离任者的离任日期。"}
            )

    def _check_days(self) -> None:
        for name in ("started_on", "ended_on"):
            day = getattr(self, name)
            if day and not self.term.started_on <= day <= self.term.ends_on:
                label = "任职日期" if name == "started_on" else "离任日期"
                raise ValidationError({name: f"{label}须在本届任期之内。"})

    def save(self, *args, **kwargs):
        """It begins with its term unless said otherwise."""
        self.started_on = self.started_on or self.term.started_on
        super().save(*args, **kwargs)
