"""The three lists 需求, 资源, 项目 across all parties: from which kinds of record each is made."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from charity.enums.base import ResourceKind
from charity.models import Allocation, CharityProject, CharityResource
from communities.enums.cobuilding import NeedState, SupplyState
from communities.models import CoBuildingNeed, CoBuildingProject, CoBuildingResource
from organizations.models import PurchasedProject
from suzhou_portal.areas.models import AreaRecordQuerySet
from suzhou_portal.linkage.enums.requests import RequestState
from suzhou_portal.linkage.matching import LIKE, Need, Offer
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.records.columns import Column, Columns, columns, joins, rows_read

NEEDS, RESOURCES, PROJECTS = "需求", "资源", "项目"
NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of record of one of the lists: which there are on a day, and what of them is public.

    `heads` is the column a line is called by, `page` the address of its own public page. As a `need`, where
    nothing meets it yet, or an `offer` a record takes part in matching.
    """

    key: str
    title: str
    side: str
    unit: str
    records: Callable[[datetime.date], AreaRecordQuerySet]
    heads: str
    columns: Columns
    page: Callable[[int], str] | None = None
    need: Callable[[Any, datetime.date], Need | None] | None = None
    offer: Callable[[Any], Offer] | None = None

    def read(self, records: QuerySet) -> QuerySet:
        """The records with all that their lines need."""
        shown = self.shown(records.model)
        related = (*joins(records.model, shown), "area__parent")
        return records.select_related(*related).prefetch_related(*rows_read(shown))

    def shown(self, model: Any) -> tuple[Column, ...]:
        """The columns of its lines, the heading first."""
        return columns(model, (self.heads, *self.columns))


def community_of(record: Any) -> Any:
    """Where a record stands, for anybody: of a grid, its community."""
    return record.area.parent if record.area.level == "grid" else record.area


def _days(record: Any, since: str, day: datetime.date) -> int:
    return (day - getattr(record, since)).days


def _asked_need(one: ServiceRequest, day: datetime.date) -> Need:
    label, where = one.get_kind_display(), community_of(one)
    return Need(one, one.kind, label, where.code, None, _days(one, "asked_on", day))


def _listed_need(one: CoBuildingNeed, day: datetime.date) -> Need | None:
    if one.state != NeedState.OPEN:  # a project meets it already
        return None
    days = _days(one, "listed_on", day)
    return Need(one, one.kind, one.get_kind_display(), one.area_id, one.agreement_id, days)


def _given(one: CoBuildingResource) -> Offer:
    title, label = f"{one.agreement.unit}的{one}", one.get_kind_display()
    return Offer(one, title, one.kind, label, one.area_id, one.agreement_id, one.left_text)


def _donated(one: CharityResource) -> Offer:
    kind, label = LIKE[ResourceKind(one.kind)], one.get_kind_display()
    return Offer(one, str(one), kind, label, one.area_id, None, one.left_text)


def _left(taken: QuerySet, column: str) -> Any:
    """How much of a resource these took."""
    summed = taken.order_by().values("resource").annotate(all_taken=Sum(column))
    return Coalesce(Subquery(summed.values("all_taken")), NOTHING)


def _free_of_units(day: datetime.date) -> AreaRecordQuerySet:
    taken = CoBuildingProject.objects.filter(resource=OuterRef("pk"))
    offered = CoBuildingResource.objects.offered(day).in_state(SupplyState.AVAILABLE)
    left = offered.annotate(gone=_left(taken, "quantity"))
    return left.filter(Q(quantity__isnull=True) | Q(quantity__gt=F("gone"))).order_by(
        "-listed_on", "-pk"
    )


def _free_of_donors(day: datetime.date) -> AreaRecordQuerySet:
    taken = Allocation.objects.filter(resource=OuterRef("pk")).exclude(state="withdrawn")
    standing = CharityResource.objects.unreversed(day, "received_on").kept()
    left = standing.annotate(gone=_left(taken, "net_value")).filter(value__gt=F("gone"))
    return left.order_by("-received_on", "-pk")


SOURCES = (
    Source(
        key="requests", title="没有人能办的请求", side=NEEDS, unit="件",
        records=lambda day: ServiceRequest.objects.in_state(RequestState.UNMET)
        .until(day, "asked_on").order_by("asked_on", "pk"),
        heads="kind", columns=("asked_on", "unmet_on"), need=_asked_need,
    ),
    Source(
        key="needs", title="共建需求", side=NEEDS, unit="项",
        records=lambda day: CoBuildingNeed.objects.in_state(NeedState.OPEN, NeedState.MATCHED)
        .until(day, "listed_on").order_by("listed_on", "pk"),
        heads="title", columns=("kind", "agreement.unit", "listed_on"),
        need=_listed_need,
    ),
    Source(
        key="unit-resources", title="共建单位资源", side=RESOURCES, unit="项",
        records=_free_of_units, heads="title",
        columns=(
            "kind", "agreement.unit", Column("尚可安排", "left_text", rows="projects"), "listed_on",
        ),
        page=lambda pk: reverse("public_record", args=["co-building-resources", pk]), offer=_given,
    ),
    Source(
        key="charity-resources", title="慈善资源", side=RESOURCES, unit="笔",
        records=_free_of_donors, heads="name",
        columns=(
            "kind", Column("尚未分配", "left_text", rows="allocations"), "received_on",
        ),
        page=lambda pk: reverse("charity_trace", args=[pk]), offer=_donated,
    ),
    Source(
        key="joint-projects", title="共建项目", side=PROJECTS, unit="个",
        records=lambda day: CoBuildingProject.objects.until(day, "started_on")
        .order_by("-started_on", "-pk"),
        heads="name",
        columns=(
            "agreement.unit", Column("解决的需求", "need.title"),
            Column("用的资源", "resource.title"), "started_on", "reached", "result",
        ),
        page=lambda pk: reverse("public_record", args=["co-building-projects", pk]),
    ),
    Source(
        key="charity-projects", title="慈善项目", side=PROJECTS, unit="个",
        records=lambda day: CharityProject.objects.begun(day).order_by("-started_on", "-pk"),
        heads="name",
        columns=("mode", "field", "partnership.foundation", "started_on", "result"),
        page=lambda pk: reverse("charity_project", args=[pk]),
    ),
    Source(
        key="purchases", title="政府购买服务项目", side=PROJECTS, unit="个",
        records=lambda day: PurchasedProject.objects.until(day, "signed_on")
        .order_by("-signed_on", "-pk"),
        heads="name", columns=("provider", "contract_amount", "signed_on", "result"),
        page=lambda pk: reverse("public_record", args=["purchases", pk]),
    ),
)  # fmt: skip
