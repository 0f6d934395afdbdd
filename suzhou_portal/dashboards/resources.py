"""M8 统筹协调行政和社会资源: everything a division can draw on, of all parties, on one page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from charity.models import CharityResource
from communities.models import CoBuildingResource, GridPost, PropertyCompany
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.areas.models import AreaRecordQuerySet
from suzhou_portal.figures.registry import Column
from suzhou_portal.figures.rows import text
from suzhou_portal.figures.scope import Scope
from volunteers.models import VolunteerTeam

SHOWN = 8
OFFICIAL, SOCIAL = "行政资源", "社会资源"


@dataclass(frozen=True)
class Kind:
    """One kind of resource: its records on a day, its public columns, its full list, who enters it."""

    title: str
    source: str
    records: Callable[[datetime.date], AreaRecordQuerySet]
    columns: tuple[Column, ...]
    page: tuple[str, ...]
    missing: str
    joins: tuple[str, ...] = ("area",)


@dataclass(frozen=True)
class Block:
    """A kind as a page shows it: how many there are, and the first of them."""

    kind: Kind
    url: str
    count: int
    rows: list[list[str]]


KINDS = (
    Kind(
        "网格力量",
        OFFICIAL,
        lambda day: GridPost.objects.held(day),
        (Column("网格", "area"), Column("岗位", "role"), Column("姓名", "person.masked_name")),
        ("public", "grid-posts"),
        "在“网格队伍”中登记网格长、网格员和支部书记。",
        ("area", "person"),
    ),
    Kind(
        "共建单位的资源",
        OFFICIAL,
        lambda day: CoBuildingResource.objects.offered(day),
        (Column("资源", "title"), Column("类别", "kind"), Column("共建单位", "agreement.unit")),
        ("public", "agreements"),
        "与单位签订共建协议，把单位能提供的列入资源清单。",
        ("area", "agreement"),
    ),
    Kind(
        "物业服务企业",
        SOCIAL,
        lambda day: PropertyCompany.objects.serving(day),
        (Column("企业", "name"), Column("服务小区", "compounds")),
        ("public", "property"),
        "在“红色物业”中登记。",
    ),
    Kind(
        "社会组织",
        SOCIAL,
        lambda day: SocialOrganization.objects.active(day),
        (Column("名称", "name"), Column("类型", "kind"), Column("服务领域", "field")),
        ("organizations",),
        "由民政部门和街道登记。",
    ),
    Kind(
        "服务项目",
        SOCIAL,
        lambda day: ServiceItem.objects.listed(day),
        (Column("服务", "name"), Column("类别", "category"), Column("收费", "fee")),
        ("services",),
        "上级地区的服务同样可用，见服务目录。",
    ),
    Kind(
        "志愿服务队伍",
        SOCIAL,
        lambda day: VolunteerTeam.objects.active(day),
        (Column("队伍", "name"), Column("类型", "kind"), Column("登记人数", "members")),
        ("volunteers",),
        "由社区登记。",
    ),
    Kind(
        "慈善资源",
        SOCIAL,
        lambda day: CharityResource.objects.filter(received_on__lte=day),
        (Column("名称", "name"), Column("类型", "kind"), Column("到位日期", "received_on")),
        ("charity_resources",),
        "由社区和区级登记。",
    ),
)


def blocks(scope: Scope, query: str) -> list[Block]:
    """Every kind in the scope, two queries each; `query` is how a full list is asked for it."""
    return [_block(kind, scope, query) for kind in KINDS]


def _block(kind: Kind, scope: Scope, query: str) -> Block:
    records = kind.records(scope.as_of).within(scope.area.code).select_related(*kind.joins)
    rows = [[text(record, column) for column in kind.columns] for record in records[:SHOWN]]
    name, *arguments = kind.page
    return Block(kind, reverse(name, args=arguments) + query, records.count(), rows)
