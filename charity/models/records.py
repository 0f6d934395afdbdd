"""Foundations and partnerships, the resources they bring, and the projects these serve."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from charity.enums.base import CharityField, CharityMode, ResourceKind
from charity.enums.tracing import PARTNERSHIP, PROJECT, CharityProjectState, PartnershipState
from charity.models.donors import Donor
from suzhou_portal import formats
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, not_negative
from suzhou_portal.fields import Code, Line, Name, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import amend, having
from suzhou_portal.records.reversal import Reversible, reversal_rules, reversible
from suzhou_portal.search import Characters

WARNED_DAYS = 60  # before its end, a partnership asks to be renewed
MOST_NAMED = 20  # of what came of one, on its page
MOST_VALUE, MOST_PIECES = (
    10_000_000,
    1_000_000,
)  # of one donation, in 元 and pieces, that go without saying


class Foundation(AreaRecord):
    """A foundation, standing where it is registered: for a national one, the country."""

    shared = True

    name = Name("名称", max_length=80, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "基金会"
        ordering = ["name"]

    def partnerships_text(self) -> str:
        """What was agreed with it, and how far that came, for a page."""
        return "；".join(
            f"{one.area}：{one.get_state_display()}"
            for one in self.partnerships.select_related("area").order_by("-pk")[:20]
        )


class PartnershipQuerySet(StagedQuerySet):
    def lasting(self, day: datetime.date):
        """Partnerships agreed on, begun by that day, and neither ended nor expired."""
        agreed = self.in_state(PartnershipState.AGREED, PartnershipState.ENDED).open_on(day)
        return agreed.open_on(day, end="valid_to")


class Partnership(Staged):
    """What a foundation and the area have agreed to do together."""

    shared = True
    lifecycle = PARTNERSHIP

    foundation = refers_to(Foundation, "基金会", "partnerships")
    long_term = models.BooleanField("长期合作", default=True)
    started_on = PastDay("开始日期", null=True, blank=True)
    valid_to = PlannedDay("协议到期", null=True, blank=True, help_text="没有期限的留空。")
    ended_on = PastDay("结束日期", null=True, blank=True)
    summary = Prose("合作内容", blank=True)
    outcome = Prose("合作成果", blank=True, max_length=1000)

    objects: ClassVar = PartnershipQuerySet.as_manager()
    named_with: ClassVar = ("foundation",)

    class Meta:
        verbose_name = verbose_name_plural = "基金会合作"
        ordering = ["area_id", "-started_on", "pk"]
        constraints = [
            in_order("partnership_term", "started_on", "valid_to", "协议到期不能早于开始日期。"),
            check(
                "partnership_agreed_with_date",
                ~Q(state__in=["agreed", "ended"]) | Q(started_on__isnull=False),
                "签约的合作须有开始日期。",
            ),
            in_order("partnership_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"),
        ]

    def __str__(self):
        return f"{self.foundation}合作"

    def dated_remark(self, day: datetime.date) -> str:
        """That the agreement has run out, or soon will."""
        if self.state != PartnershipState.AGREED or self.valid_to is None:
            return ""
        left = (self.valid_to - day).days
        return "已到期" if left < 0 else f"还有{left}天到期" if left <= WARNED_DAYS else ""

    @property
    def resources_text(self) -> str:
        """How many resources came through it, and their value in 元; reversed ones are none."""
        return _summed("笔，价值", [one.value for one in self._given])

    @property
    def projects_text(self) -> str:
        """How many projects begun under it, and what is put into them, in 元."""
        return _summed("个，投入", [one.amount for one in self._begun])

    @property
    def resources_named(self) -> str:
        """The resources that came through it, one by one."""
        return _named([f"{one}（{formats.number(one.value, 2)}元）" for one in self._given])

    @property
    def projects_named(self) -> str:
        """The projects begun under it, one by one."""
        return _named([f"{one}（{one.get_state_display()}）" for one in self._begun])

    @property
    def _given(self) -> list["CharityResource"]:
        return [one for one in self.resources.all() if one.stands]

    @property
    def _begun(self) -> list["CharityProject"]:
        return [one for one in self.projects.all() if one.state != CharityProjectState.PLANNED]


def _summed(counted: str, amounts: Sequence[Decimal | None]) -> str:
    total = sum((amount or Decimal(0) for amount in amounts), Decimal(0))
    return f"{len(amounts)}{counted}{formats.number(total, 2)}元"


def _named(texts: Sequence[str]) -> str:
    more = f"；等{len(texts)}项" if len(texts) > MOST_NAMED else ""
    return "；".join(texts[:MOST_NAMED]) + more


class CharityResource(Reversible):
    """Funds, goods or services linked to the area, valued in 元. One entered wrongly is reversed."""

    lifecycle = reversible(
        "charity_resource",
        amend(
            "更正登记", ("kept",),
            "name", "value", "valued_by", "quantity", "unit", "donor", "donor_public", "receipt_number",
            "partnership", "explanation",
            action="reverse", proposed_by="change", by_another=True,
            follows="公开的去向页按更正后的内容显示。",
        ),
        open_in=("kept",),
    )  # fmt: skip
    settled_by = ("allocations",)

    name = Name("名称", max_length=80)
    kind = models.CharField("类型", max_length=10, choices=ResourceKind.choices)
    value = models.DecimalField("价值（元）", max_digits=14, decimal_places=2)
    valued_by = Line("计价依据", max_length=60)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = Line("计量单位", max_length=10, blank=True)
    donor = refers_to(
        Donor,
        "捐赠人",
        "resources",
        optional=True,
        help_text="选了捐赠人的，按其是否同意公开显示。",
    )
    donor_public = Line(
        "公开的捐赠方",
        max_length=80,
        blank=True,
        help_text="没有登记捐赠人时填写。未经本人同意，不写捐赠人姓名。",
    )
    receipt_number = Code("捐赠票据号", max_length=40, blank=True)
    partnership = refers_to(Partnership, "所属合作", "resources", optional=True)
    received_on = PastDay("到位日期")

    plausible: ClassVar = {"value": MOST_VALUE, "quantity": MOST_PIECES}

    class Meta:
        verbose_name = verbose_name_plural = "慈善资源"
        ordering = ["area_id", "-received_on", "pk"]
        indexes = [GinIndex(Characters("name"), name="charity_resource_name")]
        constraints = [
            not_negative(
                "resource_not_negative", "value", "quantity", message="价值和数量不能小于0。"
            ),
            check(
                "resource_has_donor",
                Q(donor__isnull=False) | ~Q(donor_public=""),
                "请选择捐赠人，或填写公开的捐赠方。",
            ),
            *reversal_rules(
                "charity_resource", "received_on", "value", "area", "name", "receipt_number"
            ),
        ]

    @property
    def shown_donor(self) -> str:
        """Who gave it, as the public may know."""
        return self.donor.public_name if self.donor else self.donor_public

    @property
    def left_value(self) -> Decimal:
        """How much of its value, in 元, nobody has been allocated."""
        return self.value - self._gone("net_value")

    @property
    def left_quantity(self) -> Decimal | None:
        """How many pieces nobody has been allocated; None where nobody counts them."""
        return None if self.quantity is None else self.quantity - self._gone("net_quantity")

    @property
    def free(self) -> bool:
        """Whether anything of it is still to be allocated; of prefetched allocations without a query."""
        return self.stands and self._left[0] > 0

    @property
    def left_text(self) -> str:
        """What of it is still to be allocated: value, and pieces where somebody counts them."""
        value, pieces = self._left
        said = f"{formats.number(value, 2)}元"
        return said if self.quantity is None else f"{said}，{self.counted(pieces)}"

    @property
    def _left(self) -> tuple[Decimal, Decimal]:
        given = [one for one in self.allocations.all() if one.state != "withdrawn"]
        value = self.value - sum((one.net_value for one in given), Decimal(0))
        return value, (self.quantity or 0) - sum((one.net_quantity for one in given), Decimal(0))

    def counted(self, pieces: Decimal) -> str:
        """So many pieces, with the unit they are counted in."""
        return f"{formats.number(pieces)}{self.unit}"

    def _gone(self, column: str) -> Decimal:
        taken = self.allocations.exclude(state="withdrawn").aggregate(total=Sum(column))
        return taken["total"] or Decimal(0)

    def clean(self):
        """Goods are counted, and neither value nor pieces are less than was allocated already."""
        super().clean()
        if self.kind == ResourceKind.GOODS and not (self.quantity and self.unit):
            blank = "unit" if self.quantity else "quantity"
            raise ValidationError({blank: "物资须填数量和计量单位。"})
        if self.pk and self.value is not None and self.left_value < 0:
            raise ValidationError({"value": "已分配的价值超过了这个数。"})
        if self.pk and (left := self.left_quantity) is not None and left < 0:
            raise ValidationError({"quantity": "已分配的数量超过了这个数。"})


class CharityProjectQuerySet(StagedQuerySet):
    def begun(self, day: datetime.date):
        """Charity projects begun by that day, ended ones too."""
        return self.filter(started_on__lte=day).exclude(state="planned")


class CharityProject(Staged):
    """A community service project paid for by charity; distinct from government-purchased ones."""

    lifecycle = PROJECT

    name = Name("项目名称", max_length=80)
    mode = models.CharField("模式", max_length=15, choices=CharityMode.choices)
    field = models.CharField("领域", max_length=15, choices=CharityField.choices)
    amount = models.DecimalField(
        "投入金额（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    summary = Prose("内容", blank=True)
    partnership = refers_to(Partnership, "所属合作", "projects", optional=True)
    emergency = models.BooleanField(
        "应急募捐项目", default=False, help_text="应急期间至少每5日公开一次。"
    )
    started_on = PastDay("开始日期", null=True, blank=True)
    planned_to = PlannedDay("计划结束", null=True, blank=True)
    ended_on = PastDay("结束日期", null=True, blank=True)
    result = Prose("成效", blank=True, max_length=1000)

    objects: ClassVar = CharityProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "慈善项目"
        ordering = ["area_id", "started_on", "pk"]
        indexes = [GinIndex(Characters("name"), name="charity_project_name")]
        constraints = [
            in_order(
                "charity_project_plan", "started_on", "planned_to", "计划结束不能早于开始日期。"
            ),
            check(
                "charity_project_dates_fit_state",
                Q(state="planned", ended_on__isnull=True)
                | Q(state="running", started_on__isnull=False, ended_on__isnull=True)
                | having("done", "stopped", filled=("started_on", "ended_on")),
                "实施中的项目须有开始日期，结项或终止的须有结束日期。",
            ),
            in_order(
                "charity_project_dates", "started_on", "ended_on", "结束日期不能早于开始日期。"
            ),
            not_negative("charity_project_not_negative", "amount"),
        ]
