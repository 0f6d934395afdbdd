"""Figures of M1 契约化共建."""

from communities.figures.columns import AREA
from communities.models import CoBuildingAgreement, CoBuildingNeed, CoBuildingProject
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, DistinctOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures

_NEED = (
    AREA,
    Column("需求", "title"),
    Column("类别", "kind"),
    Column("共建单位", "agreement.unit"),
    Column("提出日期", "listed_on"),
    Column("满足日期", "satisfied_on"),
)
_PROJECT = (
    AREA,
    Column("项目", "name"),
    Column("共建单位", "agreement.unit"),
    Column("开始日期", "started_on"),
    Column("结束日期", "ended_on"),
)

figures.add(
    Figure(
        key="cobuilding_units",
        label="共建单位",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=DistinctOf("unit"),
        records_as_of=lambda day: CoBuildingAgreement.objects.in_force(day),
        columns=(
            AREA,
            Column("共建单位", "unit"),
            Column("签订日期", "signed_on"),
            Column("协议开始", "valid_from"),
            Column("协议到期", "valid_to"),
        ),
        supporting=True,
        definition="截至日有共建协议正在执行的单位数：已签订、在期限内、未终止。"
        "一个单位与几个社区签协议，只计一次。",
    ),
    Figure(
        key="cobuilding_needs",
        label="共建需求",
        unit="项",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingNeed.objects.raised(day),
        columns=_NEED,
        select_related=("area", "agreement"),
        supporting=True,
        definition="截至日列入需求清单的需求项数，不含撤回的。",
    ),
    Figure(
        key="satisfied_cobuilding_needs",
        label="已满足的共建需求",
        unit="项",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingNeed.objects.until(day, "satisfied_on"),
        columns=_NEED,
        select_related=("area", "agreement"),
        supporting=True,
        definition="共建需求中，截至日已由完成的共建项目满足的项数。",
    ),
    Figure(
        key="cobuilding_needs_ratio",
        label="共建需求满足率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("satisfied_cobuilding_needs", "cobuilding_needs"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="已满足的共建需求 ÷ 共建需求。",
    ),
    Figure(
        key="cobuilding_projects",
        label="共建项目",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingProject.objects.until(day, "started_on"),
        columns=_PROJECT,
        select_related=("area", "agreement"),
        supporting=True,
        definition="截至日已经开始实施的共建项目数，含已完成和中途终止的。与政府购买服务项目、慈善项目无关。",
    ),
    Figure(
        key="completed_cobuilding_projects",
        label="已完成共建项目",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingProject.objects.completed(day),
        columns=_PROJECT,
        select_related=("area", "agreement"),
        supporting=True,
        definition="共建项目中，截至日已经完成的个数。",
    ),
)
