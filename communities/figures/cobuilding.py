"""Figures of M1 契约化共建."""

from communities.models import CoBuildingAgreement, CoBuildingNeed, CoBuildingProject
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party

_NEED = ("area", "title", "kind", "agreement.unit", "listed_on", "satisfied_on")
_PROJECT = ("area", "name", "agreement.unit", "started_on", "ended_on")

figures.add(Figure(
    key="cobuilding_units", label="共建单位", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=DistinctOf("unit"),
    records_as_of=lambda day: CoBuildingAgreement.objects.in_force(day),
    columns=("area", "unit", "signed_on", "valid_from", "valid_to"),
    definition="截至日有共建协议正在执行的单位数：已签订、在期限内、未终止。"
    "一个单位与几个社区签协议，只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="cobuilding_needs", label="共建需求", unit="项",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CoBuildingNeed.objects.until(day, "listed_on").exclude(
        state="withdrawn"
    ),
    columns=_NEED,
    definition="截至日列入需求清单的需求项数，不含撤回的。",
))  # fmt: skip

figures.add(Figure(
    key="satisfied_cobuilding_needs", label="已满足的共建需求", unit="项",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CoBuildingNeed.objects.until(day, "satisfied_on"),
    columns=_NEED,
    definition="共建需求中，截至日已由完成的共建项目满足的项数。",
))  # fmt: skip

figures.add(Figure(
    key="cobuilding_needs_ratio", label="共建需求满足率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("satisfied_cobuilding_needs", "cobuilding_needs"), nothing=State.UNKNOWN,
    definition="已满足的共建需求 ÷ 共建需求。",
))  # fmt: skip

figures.add(Figure(
    key="cobuilding_projects", label="共建项目", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CoBuildingProject.objects.until(day, "started_on"),
    columns=_PROJECT,
    definition="截至日已经开始实施的共建项目数，含已完成和中途终止的。与政府购买服务项目、慈善项目无关。",
))  # fmt: skip

figures.add(Figure(
    key="completed_cobuilding_projects", label="已完成共建项目", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CoBuildingProject.objects.filter(state="completed", ended_on__lte=day),
    columns=_PROJECT,
    definition="共建项目中，截至日已经完成的个数。",
))  # fmt: skip
