"""Figures of where resources went, and of disclosures."""

from charity.models import Allocation, DisclosureDuty, ResourceUse
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

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
    records_as_of=lambda day: ResourceUse.objects.until(day, "used_on"),
    columns=_USE,
    definition="截至日已登记使用的资源价值之和。",
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
    records_as_of=lambda day: ResourceUse.objects.until(day, "used_on"),
    columns=_USE,
    definition="截至日使用登记中的受益人次之和，同一人受益几次计几次；没有填的不计。",
))  # fmt: skip

figures.add(Figure(
    key="charity_disclosures", label="慈善信息公开", unit="次",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DisclosureDuty.objects.until(day, "disclosed_on"),
    columns=("area", Column("项目", "project"), "kind", "due_on", "disclosed_on"),
    definition="截至日慈善项目已公开信息的次数，逾期公开的也计。",
))  # fmt: skip
