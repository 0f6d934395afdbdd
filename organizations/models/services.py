"""The catalogue of services residents can ask for."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse

from organizations.enums.base import Fee, ServiceCategory
from organizations.models.register import SocialOrganization
from suzhou_portal.areas import codes
from suzhou_portal.areas.divisions import Divisions, inside_or_around
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order
from suzhou_portal.areas.succession import answered_for
from suzhou_portal.fields import Line, Name, PastDay, Phone, Prose, WorkingDays
from suzhou_portal.finding.query import AnswerRank, Columns, any_condition, condition_of
from suzhou_portal.finding.words import Run, Term
from suzhou_portal.search import LexemeVectorField, matching

SEARCHED = ("name", "category", "aliases", "summary", "audience", "place", "provider_name")
COLUMNS = Columns(
    "name", "category", "aliases", "audience", "summary", "search",
    {label: value for value, label in ServiceCategory.choices},
)  # fmt: skip


class ServiceItemQuerySet(AreaRecordQuerySet):
    def listed(self, day: datetime.date):
        """Service items in the catalogue on that day."""
        return self.open_on(day, "published_on", "withdrawn_on")

    def for_resident_of(self, code: str):
        """What someone living in the division can use, closest first.

        That is services inside it, those left by what was merged into it, and those of the divisions
        around it.
        """
        inside = codes.each_inside("area__code", answered_for(code))
        usable = self.in_parts(*inside, Q(area__in=codes.lineage(code)[:-1]))
        return usable.annotate(closeness=Length("area")).order_by("-closeness", "category", "pk")

    def reaching(self, code: str):
        """Service items inside or around the division, as one index finds them together with words."""
        return self.alias(divisions=Divisions("area_id")).filter(inside_or_around(code))

    def matching(self, keyword: str, code: str = codes.COUNTRY):
        """Service items in which every word of the keyword itself stands, inside or around a division."""
        return matching(self.reaching(code), keyword, "search", list(SEARCHED))

    def answering(self, asked: list[Run], code: str):
        """Service items that have every run of what somebody looks for, best first where they are few."""
        found = self.reaching(code).filter(search__meets=condition_of(asked))
        return found._best_first(asked)

    def answering_loosely(self, terms: list[Term], code: str):
        """Service items that have one of the words, those with most of them first."""
        found = self.reaching(code).filter(search__meets=any_condition(terms))
        return found._best_first([Run(term) for term in terms])

    def _best_first(self, asked: list[Run]):
        nearness: Any = self.query.order_by or ("area_id", "category", "pk")
        return self.annotate(rank=AnswerRank(COLUMNS, asked)).if_few("rank", *nearness)

    def unverified(self, day: datetime.date):
        """Service items that nobody has verified for too long by that day."""
        return self.filter(verified_on__lt=verified_since(day))


class ServiceItem(AreaRecord):
    """One item of the catalogue: what is offered, not a delivery of it."""

    category = models.CharField("类别", max_length=20, choices=ServiceCategory.choices)
    name = Name("服务名称", max_length=40)
    aliases = Line(
        "又名",
        max_length=80,
        blank=True,
        help_text="居民还会怎么叫它，用顿号分开，如：送饭、配餐。",
    )
    summary = Prose("服务内容", max_length=500)
    audience = Line("服务对象", max_length=120)
    place = Line("地点", max_length=120)
    schedule = Line("时间", max_length=120)
    fee = models.CharField("收费方式", max_length=10, choices=Fee.choices)
    fee_note = Line("收费说明", max_length=120, blank=True)
    how_to = Line("怎样获得", max_length=200)
    days = WorkingDays(
        "几个工作日内办好", null=True, blank=True,
        help_text="从接单算起。承接单位承诺更短的，按更短的；留空的按承接单位的承诺，再按区级办理规则。",
    )  # fmt: skip
    what_to_bring = Line("需带材料", max_length=200, blank=True)
    contact = Line("联系岗位", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20)
    provider = refers_to(SocialOrganization, "提供组织", "services", optional=True)
    provider_name = Name(
        "提供单位", max_length=80, blank=True, help_text="选择了提供组织的，保存时自动填入其名称。"
    )
    published_on = PastDay("发布日期")
    withdrawn_on = PastDay("停止日期", null=True, blank=True)
    replaced_by = refers_to(
        "self", "由它代替", "replaces", optional=True, help_text="停止以后，请居民改用的服务。"
    )
    verified_on = PastDay("最近核实日期")
    search = LexemeVectorField(sources=SEARCHED, spoken=("name", "aliases", "category"))

    objects: ClassVar = ServiceItemQuerySet.as_manager()
    owned_by: ClassVar = {"organization": "provider_id"}

    class Meta:
        verbose_name = verbose_name_plural = "服务项目"
        ordering = ["area_id", "category", "pk"]
        indexes = [
            GinIndex("search", Divisions("area_id"), name="service_search"),
            # The orders of the list; the first one counts what is listed without opening a row.
            models.Index(
                fields=["area", "category", "id"],
                include=["published_on", "withdrawn_on"],
                name="service_in_order",
            ),
            models.Index(fields=["verified_on", "id"], name="service_by_check"),
            models.Index(fields=["name", "id"], name="service_by_name"),
        ]
        constraints = [
            in_order("service_dates", "published_on", "withdrawn_on", "停止日期不能早于发布日期。"),
            check(
                "service_has_provider",
                Q(provider__isnull=False) | ~Q(provider_name=""),
                "请选择提供组织，或填写提供单位。",
            ),
            check(
                "service_days", Q(days__isnull=True) | Q(days__range=(1, WorkingDays.MOST)), WorkingDays.SAID,
                at="days",
            ),
            check(
                "service_replaced_once_withdrawn",
                Q(replaced_by__isnull=True) | Q(withdrawn_on__isnull=False),
                "停止了的服务才由另一项代替。",
                at="replaced_by",
            ),
        ]  # fmt: skip

    def clean(self):
        """The provider's name follows the chosen organization; nothing is replaced by itself."""
        if self.pk is not None and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": "请选择另一项服务。"})
        if self.provider is not None:
            self.provider_name = self.provider.name

    def get_absolute_url(self):
        return reverse("service", args=[self.pk])


def verified_since(day: datetime.date) -> datetime.date:
    """The earliest day of a verification that still counts on that day."""
    return day - datetime.timedelta(days=settings.SERVICE_VERIFIED_DAYS)
