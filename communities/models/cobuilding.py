"""M1 契约化共建: what a community and a unit agree on, and the lists of needs and resources."""

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from communities.enums.cobuilding import (
    AGREEMENT,
    NEED,
    SUPPLY,
    AgreementState,
    CoBuildingNeedKind,
    SupplyKind,
    SupplyState,
)
from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, placed, together, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, Name, PastDay, PersonName, Phone, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet

WARNED_DAYS = 60  # how long before its end an agreement asks to be renewed


class CoBuildingAgreementQuerySet(StagedQuerySet):
    def in_force(self, day: datetime.date):
        """Agreements signed, not terminated and within their term on that day."""
        running = self.open_on(day, "valid_from", "valid_to").not_yet(day, "terminated_on")
        return running.until(day, "signed_on")

    def ending(self, day: datetime.date):
        """Agreements in force whose term is over soon."""
        return self.in_force(day).filter(valid_to__lte=day + datetime.timedelta(days=WARNED_DAYS))

    def past_use(self, day: datetime.date):
        """Agreements over before that day: nobody needs to call the unit any more."""
        return self.filter(Q(terminated_on__lt=day) | Q(valid_to__lt=day))


class CoBuildingAgreement(Staged):
    """What a community and a unit agree to do for each other, for a term."""

    lifecycle = AGREEMENT

    unit = Name("共建单位", max_length=60)
    contact = PersonName("单位联系人", max_length=30, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)
    content = Prose("共建内容", blank=True, max_length=1000)
    valid_from = PlannedDay("协议开始")
    valid_to = PlannedDay("协议到期", help_text="到期当日仍有效。")
    signed_on = PastDay("签订日期", null=True, blank=True, editable=False)
    terminated_on = PastDay("终止日期", null=True, blank=True, editable=False)

    objects: ClassVar = CoBuildingAgreementQuerySet.as_manager()
    masked: ClassVar = {"contact": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("contact", "phone")

    class Meta:
        verbose_name = verbose_name_plural = "共建协议"
        ordering = ["area_id", "-valid_from", "pk"]
        constraints = [
            in_order("agreement_term", "valid_from", "valid_to", "协议到期不能早于协议开始。"),
            in_order("agreement_signed", "signed_on", "valid_to", "签订日期不能晚于协议到期。"),
            in_order("agreement_ended", "signed_on", "terminated_on", "终止不能早于签订。"),
            check(
                "agreement_dates_fit_state",
                Q(state="draft", signed_on__isnull=True, terminated_on__isnull=True)
                | Q(state="signed", signed_on__isnull=False, terminated_on__isnull=True)
                | Q(state="terminated", signed_on__isnull=False, terminated_on__isnull=False),
                "已签的协议须有签订日期，已终止的须有终止日期。",
            ),
            placed(
                "agreement_stands_at_community", "共建协议由社区签订：请选择社区。", Level.COMMUNITY
            ),
            unique(
                "agreement_once",
                "该社区与这一单位同日开始的协议已经登记。",
                "area",
                "unit",
                "valid_from",
            ),
            together("agreement_id_and_area", "area"),
        ]

    def __str__(self):
        return f"与{self.unit}的共建协议"

    def renewed(self) -> dict[str, Any]:
        """What an agreement for the next term begins with: the same for as long, from the day after."""
        begins = self.valid_to + datetime.timedelta(days=1)
        return {
            "area": self.area_id, "unit": self.unit, "contact": self.contact, "phone": self.phone,
            "content": self.content, "valid_from": begins,
            "valid_to": begins + (self.valid_to - self.valid_from),
        }  # fmt: skip

    def dated_remark(self, day: datetime.date) -> str:
        """That its term is over, or soon will be."""
        left = (self.valid_to - day).days
        if self.state != AgreementState.SIGNED or left > WARNED_DAYS:
            return ""
        return "已到期" if left < 0 else f"还有{left}天到期"


class Listed(Staged):
    """An entry of one of an agreement's lists."""

    stands_with = "agreement"

    agreement = refers_to(CoBuildingAgreement, "共建协议", "%(class)ss")

    class Meta:
        abstract = True


class CoBuildingNeed(Listed):
    """What the community needs: an entry of the list of needs."""

    lifecycle = NEED

    title = Line("需求", max_length=60)
    kind = models.CharField("类别", max_length=15, choices=CoBuildingNeedKind.choices)
    description = Prose("具体要求", blank=True, max_length=500)
    listed_on = PastDay("提出日期", default=timezone.localdate)
    satisfied_on = PastDay("满足日期", null=True, blank=True, editable=False)

    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "共建需求"
        ordering = ["area_id", "-listed_on", "pk"]
        constraints = [
            in_order("need_dates", "listed_on", "satisfied_on", "满足日期不能早于提出日期。"),
            check(
                "need_satisfied_with_date",
                Q(state="satisfied", satisfied_on__isnull=False)
                | ~Q(state="satisfied") & Q(satisfied_on__isnull=True),
                "已满足的需求须有满足日期。",
            ),
            together("need_id_and_agreement", "agreement"),
        ]


class CoBuildingResourceQuerySet(StagedQuerySet):
    def offered(self, day: datetime.date):
        """Resources at hand on that day, under an agreement in force."""
        in_force = CoBuildingAgreement.objects.in_force(day)
        return self.not_yet(day, "closed_on").filter(listed_on__lte=day, agreement__in=in_force)


class CoBuildingResource(Listed):
    """What the unit can give: an entry of the list of resources."""

    lifecycle = SUPPLY

    title = Line("资源", max_length=60)
    kind = models.CharField("类别", max_length=15, choices=SupplyKind.choices)
    quantity = models.DecimalField(
        "数量", max_digits=10, decimal_places=2, null=True, blank=True, help_text="不限量的留空。"
    )
    unit = Line("计量单位", max_length=10, blank=True, help_text="如：场、小时、人次。")
    description = Prose("说明", blank=True, max_length=500)
    listed_on = PastDay("提供日期", default=timezone.localdate)
    closed_on = PastDay("停止日期", null=True, blank=True, editable=False)

    objects: ClassVar = CoBuildingResourceQuerySet.as_manager()
    called = "title"

    class Meta:
        verbose_name = verbose_name_plural = "共建资源"
        ordering = ["area_id", "-listed_on", "pk"]
        constraints = [
            in_order("supply_dates", "listed_on", "closed_on", "停止日期不能早于提供日期。"),
            check(
                "supply_quantity_with_unit",
                Q(quantity__isnull=True) | Q(quantity__gt=0) & ~Q(unit=""),
                "数量须大于0，并写明计量单位；不限量的留空。",
                at="quantity",
            ),
            check(
                "supply_closed_with_date",
                Q(state="available", closed_on__isnull=True)
                | ~Q(state="available") & Q(closed_on__isnull=False),
                "用完或撤回的资源须有停止日期。",
            ),
            together("supply_id_and_agreement", "agreement"),
        ]

    @property
    def amount(self) -> str:
        """How much there is, with its unit; blank where nobody counts it."""
        return "" if self.quantity is None else f"{formats.number(self.quantity)}{self.unit}"

    def left(self, beside: int | None = None) -> Decimal | None:
        """How much no project has taken, but for the one named; None where nobody counts it."""
        if self.quantity is None:
            return None
        others = (one.quantity for one in self.projects.all() if one.pk != beside)
        return self.quantity - sum(taken for taken in others if taken is not None)

    @property
    def free(self) -> bool:
        """Whether a project may still take of it."""
        left = self.left()
        return self.state == SupplyState.AVAILABLE and (left is None or left > 0)

    @property
    def left_text(self) -> str:
        """How much no project has taken, with its unit, for a page."""
        left = self.left()
        return "不限量" if left is None else f"{formats.number(left)}{self.unit}"

    def clean(self):
        """Not less than projects have taken already; said at the field."""
        if self.pk is None:
            return
        taken = self.projects.aggregate(taken=Sum("quantity"))["taken"]
        if taken is not None and (self.quantity is None or self.quantity < taken):
            text = f"{formats.number(taken)}{self.unit}"
            raise ValidationError({"quantity": f"项目已安排{text}，数量不能比这少。"})
