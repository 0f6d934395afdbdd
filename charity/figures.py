"""The figures of charity: what was linked, where it went, and what was disclosed."""

from charity.models import (
    Allocation,
    CharityProject,
    CharityResource,
    DisclosureDuty,
    Partnership,
    ResourceUse,
)
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_PROJECT = ("area", "name", "mode", "field", "amount", "started_on")


def _projects(day):
    return CharityProject.objects.begun(day)


figures.add(Figure(
    key="charity_modes", label="“慈善+”实践模式", unit="种",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=DistinctOf("mode"), reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日慈善项目用到的模式种数（慈善+党建、慈善+金融、慈善+教育、慈善+救助等）。",
))  # fmt: skip

figures.add(Figure(
    key="charity_value", label="链接慈善资源价值", unit="元",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=SumOf("value"), reported=True,
    joins=("donor",),
    records_as_of=lambda day: CharityResource.objects.unreversed(day, "received_on"),
    columns=(
        "area",
        "name",
        "kind",
        "value",
        "valued_by",
        Column("公开的捐赠方", "shown_donor"),
        "received_on",
    ),
    definition="截至日到位的资金、物资和服务的价值之和；冲正的自冲正之日起不计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_projects", label="慈善社区服务项目", unit="个",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日已开展的慈善社区服务项目数，与政府购买的社工服务项目分别统计。",
))  # fmt: skip

figures.add(Figure(
    key="foundations", label="长期合作的基金会", unit="家",
    party=Party.CHARITY, kind=FigureKind.STOCK, measure=DistinctOf("foundation"), reported=True,
    records_as_of=lambda day: Partnership.objects.lasting(day).filter(long_term=True),
    columns=("area", "foundation", "summary", "started_on"),
    definition="截至日与本地区有长期合作关系的基金会数，同一基金会只计一次；洽谈中的、未达成的、协议到期没有续签的不计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_fields", label="慈善项目领域", unit="个",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=DistinctOf("field"), reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日至少有一个慈善项目的领域数（社会救助、养老服务、儿童关爱保护、社区治理等）。",
))  # fmt: skip

_USE = ("area", "purpose", "value", "beneficiaries", "used_on")

figures.add(Figure(
    key="charity_allocated", label="已分配慈善资源价值", unit="元",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=SumOf("net_value"),
    records_as_of=lambda day: Allocation.objects.allocated(day),
    columns=("area", "purpose", "value", "returned_value", "allocated_on"),
    definition="截至日已同意分配的资源价值之和，撤回的不计，退回的扣除。按接收地区统计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_used", label="已使用慈善资源价值", unit="元",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=SumOf("value"),
    records_as_of=lambda day: ResourceUse.objects.unreversed(day, "used_on"),
    columns=_USE,
    definition="截至日已登记使用的资源价值之和；冲正的自冲正之日起不计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_use_ratio", label="慈善资源使用率", unit="%",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=RatioOf("charity_used", "charity_allocated"),
    nothing=State.UNKNOWN,
    definition="已使用慈善资源价值 ÷ 已分配慈善资源价值。",
))  # fmt: skip

figures.add(Figure(
    key="charity_beneficiaries", label="慈善资源受益", unit="人次",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=SumOf("beneficiaries"),
    records_as_of=lambda day: ResourceUse.objects.unreversed(day, "used_on"),
    columns=_USE,
    definition="截至日使用登记中的受益人次之和，同一人受益几次计几次；没有填的、冲正的不计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_disclosures", label="慈善信息公开", unit="次",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DisclosureDuty.objects.until(day, "disclosed_on"),
    columns=("area", Column("项目", "project"), "kind", "due_on", "disclosed_on"),
    definition="截至日慈善项目已公开信息的次数，逾期公开的也计。",
))  # fmt: skip
