"""Figures of where resources went, and of disclosures."""

from charity.models import Allocation, DisclosureDuty, ResourceUse
from communities.figures import AREA
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf, SumOf
from suzhou_portal.figures.registry import Column, Figure, figures

_USE = (
    AREA,
    Column("用于什么", "purpose"),
    Column("使用价值（元）", "value"),
    Column("受益人次（人次）", "beneficiaries"),
    Column("使用日期", "used_on"),
)

figures.add(
    Figure(
        key="charity_allocated",
        label="已分配慈善资源价值",
        unit="元",
        party=Party.CHARITY,
        kind=Kind.CUMULATIVE,
        measure=SumOf("net_value"),
        records_as_of=lambda day: Allocation.objects.allocated(day),
        columns=(
            AREA,
            Column("用途", "purpose"),
            Column("分配价值（元）", "value"),
            Column("退回价值（元）", "returned_value"),
            Column("分配日期", "allocated_on"),
        ),
        supporting=True,
        definition="截至日已同意分配的资源价值之和，撤回的不计，退回的扣除。按接收地区统计。",
    ),
    Figure(
        key="charity_used",
        label="已使用慈善资源价值",
        unit="元",
        party=Party.CHARITY,
        kind=Kind.CUMULATIVE,
        measure=SumOf("value"),
        records_as_of=lambda day: ResourceUse.objects.until(day, "used_on"),
        columns=_USE,
        supporting=True,
        definition="截至日已登记使用的资源价值之和。",
    ),
    Figure(
        key="charity_use_ratio",
        label="慈善资源使用率",
        unit="%",
        party=Party.CHARITY,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("charity_used", "charity_allocated"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="已使用慈善资源价值 ÷ 已分配慈善资源价值。",
    ),
    Figure(
        key="charity_beneficiaries",
        label="慈善资源受益",
        unit="人次",
        party=Party.CHARITY,
        kind=Kind.CUMULATIVE,
        measure=SumOf("beneficiaries"),
        records_as_of=lambda day: ResourceUse.objects.until(day, "used_on"),
        columns=_USE,
        supporting=True,
        definition="截至日使用登记中的受益人次之和，同一人受益几次计几次；没有填的不计。",
    ),
    Figure(
        key="charity_disclosures",
        label="慈善信息公开",
        unit="次",
        party=Party.CHARITY,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: DisclosureDuty.objects.until(day, "disclosed_on"),
        columns=(
            AREA,
            Column("项目", "project"),
            Column("公开什么", "kind"),
            Column("期限", "due_on"),
            Column("公开日期", "disclosed_on"),
        ),
        select_related=("area", "project"),
        supporting=True,
        definition="截至日慈善项目已公开信息的次数，逾期公开的也计。",
    ),
)
