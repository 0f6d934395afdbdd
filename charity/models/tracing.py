"""M26 资源链接与盘活: a resource, its allocations, and what each was used for."""

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from charity.enums.tracing import ALLOCATION, AllocationState
from charity.models.records import CharityProject, CharityResource
from suzhou_portal import formats
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, together
from suzhou_portal.fields import Line, Name, PastDay
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.records.reversal import Reversible, reversal_rules, reversible

MONEY: Any = {"max_digits": 14, "decimal_places": 2}
COUNTED: Any = {"max_digits": 12, "decimal_places": 2}
MOST_BENEFICIARIES = 10_000  # of one use that go without saying


class AllocationQuerySet(StagedQuerySet):
    def allocated(self, day: datetime.date):
        """Allocations agreed to by that day and not withdrawn."""
        return self.filter(allocated_on__lte=day).exclude(state="withdrawn")


class Allocation(Staged):
    """A part of a resource given to a community, street or project, in 元 and, for goods, pieces.

    The migration holds that no more is allocated than was received, and no more used than allocated.
    """

    lifecycle = ALLOCATION

    resource = refers_to(CharityResource, "慈善资源", "allocations")
    project = refers_to(CharityProject, "用于项目", "allocations", optional=True)
    purpose = Line("用途", max_length=100)
    value = models.DecimalField("分配价值（元）", **MONEY)
    quantity = models.DecimalField("分配数量", null=True, blank=True, **COUNTED)
    allocated_on = PastDay("分配日期", null=True, editable=False)
    delivered_on = PastDay("签收日期", null=True, editable=False)
    settled_on = PastDay("结清日期", null=True, editable=False)
    receiver = Name("签收单位或岗位", max_length=60, blank=True)
    returned_value = models.DecimalField("退回价值（元）", default=0, editable=False, **MONEY)
    returned_quantity = models.DecimalField("退回数量", default=0, editable=False, **COUNTED)
    net_value = models.GeneratedField(
        expression=F("value") - F("returned_value"),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name="净分配价值（元）",
    )
    net_quantity = models.GeneratedField(
        expression=Coalesce(F("quantity"), Decimal(0)) - F("returned_quantity"),
        output_field=models.DecimalField(**COUNTED),
        db_persist=True,
        verbose_name="净分配数量",
    )

    objects: ClassVar = AllocationQuerySet.as_manager()
    named_with: ClassVar = ("resource",)

    class Meta:
        verbose_name = verbose_name_plural = "资源分配"
        ordering = ["area_id", "-pk"]
        constraints = [
            in_order("allocation_delivery", "allocated_on", "delivered_on", "签收不能早于分配。"),
            in_order("allocation_settled", "delivered_on", "settled_on", "结清不能早于签收。"),
            check(
                "allocation_of_something",
                Q(value__gt=0) & (Q(quantity__isnull=True) | Q(quantity__gt=0)),
                "分配的价值和数量须大于0。",
            ),
            check(
                "allocation_returns_no_more",
                Q(returned_value__gte=0, returned_value__lte=F("value")),
                "退回的不能超过分配的。",
            ),
            together("allocation_id_and_area", "area"),
        ]

    def __str__(self):
        return f"{self.resource}：{self.purpose}"

    @property
    def quantity_text(self) -> str:
        """The pieces given, with their unit."""
        return "" if self.quantity is None else self.resource.counted(self.quantity)

    @property
    def returned_text(self) -> str:
        """The pieces that came back, with their unit."""
        return self.resource.counted(self.returned_quantity)

    @property
    def used(self) -> dict[str, Decimal]:
        """Value in 元 and quantity used so far."""
        used = self.uses.kept().aggregate(value=Sum("value"), quantity=Sum("quantity"))
        return {name: total or Decimal(0) for name, total in used.items()}

    @property
    def left(self) -> str:
        """What is left of it, for a page."""
        return f"{formats.number(self.net_value - self.used['value'], 2)}元"

    def clean(self):
        """No more than is left of the resource; said at the field."""
        if not self.resource_id:
            return
        if self.state == AllocationState.PROPOSED and not self.resource.stands:
            raise ValidationError({"resource": "这项资源已冲正，不能分配。"})
        if self.resource.quantity is not None and self.quantity is None:
            raise ValidationError({"quantity": "这项资源有数量，请填分配数量。"})
        stored = type(self).objects.filter(pk=self.pk).exclude(state="withdrawn").first()
        own_value = stored.net_value if stored else Decimal(0)
        left = self.resource.left_value + own_value
        if self.value is not None and self.value - self.returned_value > left:
            raise ValidationError({"value": f"这项资源只剩{formats.number(left, 2)}元可以分配。"})
        left = (self.resource.left_quantity or Decimal(0)) + (
            stored.net_quantity if stored else Decimal(0)
        )
        asked = (self.quantity or Decimal(0)) - self.returned_quantity
        if self.resource.quantity is not None and asked > left:
            text = f"{formats.number(left)}{self.resource.unit}"
            raise ValidationError({"quantity": f"这项资源只剩{text}可以分配。"})


class ResourceUse(Reversible):
    """What an allocation was used for: value in 元, pieces of goods, and how many times people benefited."""

    lifecycle = reversible("resource_use")
    stands_with = "allocation"
    written_while = ("delivered",)

    allocation = refers_to(Allocation, "资源分配", "uses")
    used_on = PastDay("使用日期")
    purpose = Line("用于什么", max_length=100)
    value = models.DecimalField("使用价值（元）", **MONEY)
    quantity = models.DecimalField("使用数量", null=True, blank=True, **COUNTED)
    beneficiaries = models.PositiveIntegerField("受益人次（人次）", null=True, blank=True)
    called = "purpose"
    plausible: ClassVar = {"beneficiaries": MOST_BENEFICIARIES}

    @property
    def quantity_text(self) -> str:
        """The pieces used, with their unit."""
        return "" if self.quantity is None else self.allocation.resource.counted(self.quantity)

    class Meta:
        verbose_name = verbose_name_plural = "资源使用"
        ordering = ["area_id", "-used_on", "pk"]
        constraints = [
            check(
                "use_of_something",
                Q(value__gt=0) & (Q(quantity__isnull=True) | Q(quantity__gt=0)),
                "使用的价值和数量须大于0。",
            ),
            *reversal_rules("resource_use", "used_on", "value", "allocation", "purpose"),
        ]

    def clean(self):
        """No more than is left of the allocation, and not before it was signed for."""
        super().clean()
        allocation = self.above
        if not self.stands or allocation is None or allocation.delivered_on is None:
            return
        if self.used_on and self.used_on < allocation.delivered_on:
            raise ValidationError({"used_on": "使用日期不能早于签收日期。"})
        others = allocation.uses.kept().exclude(pk=self.pk)
        used = others.aggregate(v=Sum("value"), q=Sum("quantity"))
        left = allocation.net_value - (used["v"] or 0)
        if self.value is not None and self.value > left:
            raise ValidationError({"value": f"这笔分配只剩{formats.number(left, 2)}元。"})
        if allocation.quantity is not None:
            left = allocation.net_quantity - (used["q"] or 0)
            if self.quantity is None or self.quantity > left:
                raise ValidationError({"quantity": f"请填使用数量，还剩{formats.number(left)}。"})
