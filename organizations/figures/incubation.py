"""Figures of M13 双孵化中心."""

from organizations.enums.incubation import ServiceTier
from organizations.models import Incubatee, IncubationDelivery
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_INCUBATEE = ("area", "organization", "track", "admitted_on", "left_on")
_DELIVERY = (
    "area",
    Column("社会组织", "incubatee.organization"),
    Column("孵化服务", "service"),
    "delivered_on",
)


def _deliveries(key: str, tier: ServiceTier) -> Figure:
    return Figure(
        key=key,
        label=f"{tier.label}次数",
        unit="次",
        party=Party.ORGANIZATIONS,
        kind=FigureKind.CUMULATIVE,
        records_as_of=lambda day: IncubationDelivery.objects.filter(
            delivered_on__lte=day, service__tier=tier
        ),
        columns=_DELIVERY,
        definition=f"截至日累计给孵化对象的{tier.label}次数，一条服务记录计一次。",
    )


figures.add(Figure(
    key="incubatees", label="入驻孵化的社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Incubatee.objects.until(day, "admitted_on"),
    columns=_INCUBATEE,
    definition="截至日累计入驻孵化中心的社会组织数，含已出壳和退出的；再次入驻的再计一次。",
))  # fmt: skip

figures.add(Figure(
    key="incubatees_inside", label="在孵的社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.STOCK,
    records_as_of=lambda day: Incubatee.objects.until(day, "admitted_on").not_yet(day, "left_on"),
    columns=_INCUBATEE,
    definition="截至日已入驻、尚未出壳或退出的社会组织数。",
))  # fmt: skip

figures.add(Figure(
    key="incubatees_graduated", label="出壳的社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Incubatee.objects.in_state("graduated").until(day, "left_on"),
    columns=_INCUBATEE,
    definition="截至日累计孵化成功、出壳的社会组织数，不含中途退出的。",
))  # fmt: skip

figures.add(_deliveries("basic_deliveries", ServiceTier.BASIC))

figures.add(_deliveries("extended_deliveries", ServiceTier.EXTENDED))
