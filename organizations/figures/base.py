"""The figures of social organizations."""

from communities.enums.base import DocumentKind
from communities.figures import AREA
from communities.models import PolicyDocument
from organizations.models import (
    IncubationService,
    PurchasedProject,
    ServiceItem,
    SocialOrganization,
)
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf, SumOf
from suzhou_portal.figures.registry import Column, Figure, figures

_PROJECT = (
    AREA,
    Column("项目名称", "name"),
    Column("承接组织", "provider"),
    Column("合同金额（元）", "contract_amount"),
    Column("已付金额（元）", "paid_amount"),
    Column("签约日期", "signed_on"),
)
_PROJECT_JOINS = ("area", "provider")


def _signed(day):
    return PurchasedProject.objects.until(day, "signed_on")


figures.add(
    Figure(
        key="organizations",
        label="引入和培育社会组织",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: SocialOrganization.objects.introduced_or_incubated(day),
        columns=(
            AREA,
            Column("名称", "name"),
            Column("类型", "kind"),
            Column("来源", "origin"),
            Column("引入或培育日期", "joined_on"),
        ),
        definition="截至日累计引入和培育的社会组织数，含街道备案的社区社会组织，含其后注销的。",
    ),
    Figure(
        key="organizations_per_community",
        label="平均每个社区社会组织",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("organizations", "trained_communities"),
        nothing=State.UNKNOWN,
        definition="引入和培育社会组织数 ÷ 岗位培训覆盖的社区数（原文以这些社区为全部城市社区）；"
        "还没有社区参加培训的，没有分母，为未知。",
    ),
    Figure(
        key="purchased_funds",
        label="购买社工服务投入资金",
        unit="元",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=SumOf("contract_amount"),
        records_as_of=_signed,
        columns=_PROJECT,
        select_related=_PROJECT_JOINS,
        definition="截至日已签约的政府购买社工服务项目的合同金额之和，与“社工服务项目”同一批项目。"
        "计合同金额，不计已付金额。",
    ),
    Figure(
        key="purchased_paid",
        label="购买社工服务已付资金",
        unit="元",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=SumOf("paid_amount"),
        records_as_of=_signed,
        columns=_PROJECT,
        select_related=_PROJECT_JOINS,
        supporting=True,
        definition="与“购买社工服务投入资金”同一批项目的已付金额之和。",
    ),
    Figure(
        key="purchased_projects",
        label="社工服务项目",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=_signed,
        columns=_PROJECT,
        select_related=_PROJECT_JOINS,
        definition="截至日已签约的政府购买社工服务项目数，与慈善项目分别统计。",
    ),
    Figure(
        key="evaluated_projects",
        label="已评估社工服务项目",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: _signed(day).evaluated(day),
        columns=_PROJECT,
        select_related=_PROJECT_JOINS,
        supporting=True,
        definition="社工服务项目中，截至日已由承接组织以外的第三方作过评估的项目数。",
    ),
    Figure(
        key="evaluation_coverage",
        label="第三方督导评估覆盖率",
        unit="%",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("evaluated_projects", "purchased_projects"),
        nothing=State.UNKNOWN,
        definition="已评估社工服务项目 ÷ 社工服务项目。",
    ),
    Figure(
        key="service_items",
        label="社会公共服务项目",
        unit="项",
        party=Party.ORGANIZATIONS,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: ServiceItem.objects.listed(day),
        columns=(
            AREA,
            Column("服务名称", "name"),
            Column("类别", "category"),
            Column("收费方式", "fee"),
            Column("提供单位", "provider_name"),
            Column("发布日期", "published_on"),
        ),
        definition="截至日服务目录中在列的项目数。计目录条目，不计服务次数。",
    ),
    Figure(
        key="incubation_services",
        label="孵化服务",
        unit="项",
        party=Party.ORGANIZATIONS,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: IncubationService.objects.filter(free=True).open_on(day),
        columns=(
            AREA,
            Column("类别", "tier"),
            Column("服务", "name"),
            Column("开始日期", "started_on"),
        ),
        definition="截至日孵化中心免费提供的服务项数，含基本孵化服务和拓展服务。",
    ),
    Figure(
        key="purchase_regulation",
        label="政府购买社会服务办法",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: PolicyDocument.objects.in_effect(day).filter(
            kind=DocumentKind.PURCHASE_REGULATION
        ),
        columns=(AREA, Column("标题", "title"), Column("印发日期", "issued_on")),
        definition="截至日有效的政府购买社会服务办法数，与志愿服务体系指导性文件分别统计。",
    ),
)
