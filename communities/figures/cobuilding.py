"""Figures of M1 契约化共建 and M3 红色物业."""

from communities.figures.columns import AREA
from communities.models import CoBuildingAgreement, CoBuildingProject, PropertyCompany
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures

_COMPANY = (
    AREA,
    Column("物业服务企业", "name"),
    Column("服务小区", "compounds"),
    Column("党建联建日期", "linked_on"),
)

figures.add(
    Figure(
        key="cobuilding_agreements",
        label="有效共建协议",
        unit="份",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingAgreement.objects.in_force(day),
        columns=(
            AREA,
            Column("共建单位", "unit"),
            Column("签订日期", "signed_on"),
            Column("到期日期", "valid_to"),
        ),
        supporting=True,
        definition="截至日已签订、在有效期内且未终止的共建协议份数。",
    ),
    Figure(
        key="cobuilding_projects_done",
        label="已完成共建项目",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: CoBuildingProject.objects.finished(day),
        columns=(
            AREA,
            Column("项目", "title"),
            Column("对应需求", "need"),
            Column("使用资源", "resource"),
            Column("完成日期", "finished_on"),
        ),
        select_related=("area", "need", "resource"),
        supporting=True,
        definition="截至日已经完成的共建项目数。一个项目对应一项需求和一项资源。",
    ),
    Figure(
        key="property_companies",
        label="物业服务企业",
        unit="家次",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: PropertyCompany.objects.serving(day),
        columns=_COMPANY,
        supporting=True,
        definition="截至日在各社区服务的物业服务企业数。同一企业服务几个社区，按社区分别计。",
    ),
    Figure(
        key="linked_property_companies",
        label="党建联建的物业服务企业",
        unit="家次",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: PropertyCompany.objects.linked(day),
        columns=_COMPANY,
        supporting=True,
        definition="物业服务企业中，截至日建有党组织或双向进入、交叉任职的。",
    ),
    Figure(
        key="red_property_ratio",
        label="红色物业覆盖率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=RatioOf("linked_property_companies", "property_companies"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="党建联建的物业服务企业 ÷ 物业服务企业。",
    ),
)
