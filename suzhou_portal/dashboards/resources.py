"""M8 行政+社会资源统筹: every resource of a division, whoever keeps it, on one page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import QueryDict
from django.urls import reverse

from charity.models import CharityResource
from communities.models import CoBuildingResource, CommunityProfile, GridPost, ServedCompound
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.accounts.roles import permission
from suzhou_portal.desks.reached import new_address
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.records.columns import Column, Columns, columns, joins, rows_read, text
from suzhou_portal.records.kinds import kinds
from volunteers.models import VolunteerTeam

FIRST_ROWS = 5
ADMINISTRATIVE, SOCIAL = "行政资源", "社会资源"


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of resource: which ones a division has on a day, and where all of them are listed.

    `page` is the named address of the full list with its arguments; `advice` is what to do where
    there is none yet; `assigned` is the desk on which somebody says what one that is `free` is used for.
    """

    key: str
    title: str
    unit: str
    side: str
    records: Callable[[str, datetime.date], QuerySet]
    columns: Columns
    page: tuple[str, ...]
    advice: str
    assigned: str = ""
    joins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A division's resources of one kind: how many, the first of them, and where the others are; where each
    of the first is assigned, and where the person finds all to assign, blank where there is nothing to.
    """

    resource: Resource
    columns: tuple[Column, ...]
    total: int
    rows: list[list[str]]
    url: str
    assigns: list[str]
    assign: str

    @property
    def lines(self) -> list[tuple[list[str], str]]:
        """The first of them, each with where it is assigned."""
        return list(zip(self.rows, self.assigns, strict=True))


def _of_figure(key: str) -> Callable[[str, datetime.date], QuerySet]:
    """The records behind a figure, so that the figure's page is their full list."""

    def records(code: str, day: datetime.date) -> QuerySet:
        return figures.get(key).records_as_of(day).within(code)

    return records


RESOURCES = (
    Resource(
        key="profiles", title="社区阵地", unit="处", side=ADMINISTRATIVE,
        records=lambda code, _: CommunityProfile.objects.found_in(code),
        columns=(Column("社区", "area"), "address", "phone", "office_hours"),
        page=("public", "profiles"),
        advice="社区在“我的工作”的“社区概况”中登记地址、电话和办公时间。",
    ),
    Resource(
        key="workers", title="专职社区工作者", unit="人", side=ADMINISTRATIVE,
        records=_of_figure("workers_in_post"),
        columns=(Column("姓名", "person.masked_name"), "title", "area"),
        page=("figure", "workers_in_post"),
        advice="工作人员在数据管理的“任职”中登记。",
    ),
    Resource(
        key="grids", title="网格人员", unit="个岗位", side=ADMINISTRATIVE,
        records=lambda code, day: GridPost.objects.open_on(day).found_in(code),
        columns=(Column("网格", "area"), "role", Column("姓名", "person.masked_name")),
        page=("public", "grid-posts"),
        advice="社区在“我的工作”的“网格队伍”中登记网格长、网格员和支部书记。",
    ),
    Resource(
        key="pairings", title="包联力量", unit="个", side=ADMINISTRATIVE,
        records=_of_figure("pairing_tiers"),
        columns=("party_body", "tier", "area"),
        page=("figure", "pairing_tiers"),
        advice="工作人员在数据管理的“三级包联”中登记。",
    ),
    Resource(
        key="cobuilding", title="共建单位资源", unit="项", side=SOCIAL,
        records=lambda code, day: CoBuildingResource.objects.offered(day).found_in(code),
        columns=(
            "title", "kind", Column("数量", "amount"),
            Column("尚可安排", "left_text", rows="projects"), "agreement.unit", "area",
        ),
        page=("public", "co-building-resources"), assigned="co-building-projects",
        advice="社区在“我的工作”的“契约化共建”中签订协议，并在协议下列出资源清单。",
    ),
    Resource(
        key="organizations", title="社会组织", unit="个", side=SOCIAL,
        records=lambda code, day: SocialOrganization.objects.active(day).reaching(code),
        columns=("name", "kind", "area"),
        page=("organizations",),
        advice="工作人员在数据管理的“社会组织”中登记；街道备案的也在那里。",
    ),
    Resource(
        key="services", title="可用的服务", unit="项", side=SOCIAL,
        records=lambda code, day: ServiceItem.objects.listed(day).for_resident_of(code),
        columns=(Column("服务", "name"), "category", "provider_name", "phone", "area"),
        page=("services",),
        advice="社会组织和社区在数据管理的“服务项目”中发布。",
    ),
    Resource(
        key="teams", title="志愿服务队伍", unit="支", side=SOCIAL,
        records=lambda code, day: VolunteerTeam.objects.active(day).found_in(code),
        columns=("name", "kind", "members", "area"),
        page=("volunteers",),
        advice="工作人员在数据管理的“志愿服务队伍”中登记。",
    ),
    Resource(
        key="charity", title="慈善资源", unit="笔", side=SOCIAL,
        records=lambda code, day: CharityResource.objects.found_in(code).unreversed(day, "received_on"),
        columns=(
            "name", "kind", "value", Column("尚未分配", "left_text", rows="allocations"),
            Column("公开的捐赠方", "shown_donor"), "area",
        ),
        joins=("donor",),
        page=("charity_resources",), assigned="allocations",
        advice="工作人员在数据管理的“慈善资源”中登记到位的资金、物资和服务。",
    ),
    Resource(
        key="property", title="物业服务", unit="个小区", side=SOCIAL,
        records=lambda code, day: ServedCompound.objects.open_on(day).found_in(code),
        columns=(
            "name", Column("物业企业", "served_by"), Column("物业党组织", "company.party_organization"),
            "area",
        ),
        page=("public", "compounds"),
        advice="社区在“我的工作”的“物业小区”中登记小区和物业企业。",
    ),
)  # fmt: skip


def sections(scope: Scope, user: Any) -> list[tuple[str, list[Section]]]:
    """What a division has, side by side; one query for each kind."""
    made = [_section(resource, scope, user) for resource in RESOURCES]
    return [
        (side, [section for section in made if section.resource.side == side])
        for side in (ADMINISTRATIVE, SOCIAL)
    ]


def list_query(scope: Scope) -> str:
    """What narrows a public list to the division: nothing for the portal's own.

    Lists offer two levels to choose from, so a grid's list is its community's.
    """
    query = QueryDict(mutable=True)
    for area in scope.path[1:3]:
        query["area"] = area.code
    return f"?{query.urlencode()}" if query else ""


def _section(resource: Resource, scope: Scope, user: Any) -> Section:
    # The number of all comes with the first few, in the same query.
    found = resource.records(scope.area.code, scope.as_of)
    shown = columns(found.model, resource.columns)
    found = found.select_related(*joins(found.model, shown), *resource.joins)
    found = found.prefetch_related(*rows_read(shown))
    first = list(found.annotate(of_all=Window(Count("pk")))[:FIRST_ROWS])
    return Section(
        resource=resource,
        columns=shown,
        total=first[0].of_all if first else 0,
        rows=[[text(record, column) for column in shown] for record in first],
        url=_full_list(resource, scope),
        assigns=[_assigning(resource, user, record) for record in first],
        assign=_all_to_assign(resource, user, found.model),
    )


def _assigning(resource: Resource, user: Any, record: Any) -> str:
    """Where the person says what the resource is used for; blank for who may not, or with nothing left."""
    if not (resource.assigned and _assigns(resource, user) and record.free):
        return ""
    if not user.has_perm(permission("view", record), record):
        return ""
    return new_address(kinds.desk(resource.assigned).model, resource=record)


def _all_to_assign(resource: Resource, user: Any, model: Any) -> str:
    desk = kinds.desk_of(model) if resource.assigned and _assigns(resource, user) else None
    return reverse("desk", args=[desk.name]) if desk else ""


def _assigns(resource: Resource, user: Any) -> bool:
    return user.has_perm(kinds.desk(resource.assigned).permission("add"))


def _full_list(resource: Resource, scope: Scope) -> str:
    name, *args = resource.page
    query = f"?{scope.query()}" if name == "figure" else list_query(scope)
    return reverse(name, args=args) + query
