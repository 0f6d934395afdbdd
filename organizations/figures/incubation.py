"""Figures of M13 双孵化中心."""

from communities.figures import AREA
from organizations.enums.incubation import ServiceTier
from organizations.models import Incubatee, IncubationDelivery
from suzhou_portal.figures.enums import Kind, Party
from suzhou_portal.figures.measures import CountOf
from suzhou_portal.figures.registry import Column, Figure, figures

_INCUBATEE = (
    AREA,
    Column("社会组织", "organization"),
    Column("孵化轨道", "track"),
    Column("入驻日期", "admitted_on"),
    Column("出壳（退出）日期", "left_on"),
)
_INCUBATEE_JOINS = ("area", "organization", "track")
_DELIVERY = (
    AREA,
    Column("社会组织", "incubatee.organization"),
    Column("孵化服务", "service"),
    Column("服务日期", "delivered_on"),
)
_DELIVERY_JOINS = ("area", "incubatee__organization", "service")


def _deliveries(key: str, tier: ServiceTier) -> Figure:
    return Figure(
        key=key,
        label=f"{tier.label}次数",
        unit="次",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: IncubationDelivery.objects.given(day, tier),
        columns=_DELIVERY,
        select_related=_DELIVERY_JOINS,
        supporting=True,
        definition=f"截至日累计给孵化对象的{tier.label}次数，一条服务记录计一次。",
    )


figures.add(
    Figure(
        key="incubatees",
        label="入驻孵化的社会组织",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: Incubatee.objects.until(day, "admitted_on"),
        columns=_INCUBATEE,
        select_related=_INCUBATEE_JOINS,
        supporting=True,
        definition="截至日累计入驻孵化中心的社会组织数，含已出壳和退出的；再次入驻的再计一次。",
    ),
    Figure(
        key="incubatees_inside",
        label="在孵的社会组织",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: Incubatee.objects.inside(day),
        columns=_INCUBATEE,
        select_related=_INCUBATEE_JOINS,
        supporting=True,
        definition="截至日已入驻、尚未出壳或退出的社会组织数。",
    ),
    Figure(
        key="incubatees_graduated",
        label="出壳的社会组织",
        unit="个",
        party=Party.ORGANIZATIONS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: Incubatee.objects.graduated(day),
        columns=_INCUBATEE,
        select_related=_INCUBATEE_JOINS,
        supporting=True,
        definition="截至日累计孵化成功、出壳的社会组织数，不含中途退出的。",
    ),
    _deliveries("basic_deliveries", ServiceTier.BASIC),
    _deliveries("extended_deliveries", ServiceTier.EXTENDED),
)
