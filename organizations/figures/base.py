"""The figures of social organizations."""

from communities.enums.base import DocumentKind
from communities.models import PolicyDocument
from organizations.models import (
    IncubationService,
    Payment,
    PurchasedProject,
    ServiceItem,
    SocialOrganization,
)
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_PROJECT = ("area", "name", "provider", "contract_amount", "paid_amount", "signed_on")


def _signed(day):
    return PurchasedProject.objects.until(day, "signed_on")


figures.add(Figure(
    key="organizations", label="引入和培育社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, reported=True,
    records_as_of=lambda day: SocialOrganization.objects.introduced_or_incubated(day),
    columns=("area", "name", "kind", "origin", "joined_on"),
    definition="截至日累计引入和培育的社会组织数，含街道备案的社区社会组织，含其后注销的。",
))  # fmt: skip

figures.add(Figure(
    key="organizations_per_community", label="平均每个社区社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("organizations", "trained_communities"), nothing=State.UNKNOWN, reported=True,
    definition="引入和培育社会组织数 ÷ 岗位培训覆盖的社区数（原文以这些社区为全部城市社区）；"
    "还没有社区参加培训的，没有分母，为未知。社区只计当日存在的；在已撤销社区登记的组织仍然计入。",
))  # fmt: skip

figures.add(Figure(
    key="purchased_funds", label="购买社工服务投入资金", unit="元",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, measure=SumOf("contract_amount"),
    reported=True,
    records_as_of=_signed,
    columns=_PROJECT,
    definition="截至日已签约的政府购买社工服务项目的合同金额之和，含其后解除合同的，与“社工服务项目”同一批项目。"
    "计合同金额，不计已付金额。",
))  # fmt: skip

figures.add(Figure(
    key="purchased_paid", label="购买社工服务已付资金", unit="元",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, measure=SumOf("amount"),
    records_as_of=lambda day: Payment.objects.unreversed(day, "paid_on").filter(
        project__signed_on__lte=day
    ),
    columns=("area", "project", "project.provider", Column("金额（元）", "amount"), "paid_on"),
    definition="与“购买社工服务投入资金”同一批项目截至日已付的款项之和，按付款日期计；"
    "冲正的自冲正之日起不计。",
))  # fmt: skip

figures.add(Figure(
    key="purchased_projects", label="社工服务项目", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, reported=True,
    records_as_of=_signed,
    columns=_PROJECT,
    definition="截至日已签约的政府购买社工服务项目数，含其后解除合同的，与慈善项目分别统计。",
))  # fmt: skip

figures.add(Figure(
    key="evaluated_projects", label="已评估社工服务项目", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: _signed(day).evaluated(day),
    columns=_PROJECT,
    definition="社工服务项目中，截至日已由承接组织以外的第三方作过评估的项目数。",
))  # fmt: skip

figures.add(Figure(
    key="evaluation_coverage", label="第三方督导评估覆盖率", unit="%",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("evaluated_projects", "purchased_projects"), nothing=State.UNKNOWN,
    reported=True,
    definition="已评估社工服务项目 ÷ 社工服务项目。",
))  # fmt: skip

figures.add(Figure(
    key="service_items", label="社会公共服务项目", unit="项",
    party=Party.ORGANIZATIONS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: ServiceItem.objects.listed(day),
    columns=("area", "name", "category", "fee", "provider_name", "published_on"),
    definition="截至日服务目录中在列的项目数。计目录条目，不计服务次数。",
))  # fmt: skip

figures.add(Figure(
    key="incubation_services", label="孵化服务", unit="项",
    party=Party.ORGANIZATIONS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: IncubationService.objects.filter(free=True).open_on(day),
    columns=("area", "tier", "name", "started_on"),
    definition="截至日孵化中心免费提供的服务项数，含基本孵化服务和拓展服务。",
))  # fmt: skip

figures.add(Figure(
    key="purchase_regulation", label="政府购买社会服务办法", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: PolicyDocument.objects.in_effect(day).filter(
        kind=DocumentKind.PURCHASE_REGULATION
    ),
    columns=("area", "title", "issued_on"),
    definition="截至日有效的政府购买社会服务办法数，与志愿服务体系指导性文件分别统计。",
))  # fmt: skip
