"""Figures of M6 一核多元."""

from communities.models import GoverningBody
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import DistinctOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_BODY = ("area", "name", "kind", Column("负责人", "public_head"), "founded_on")

figures.add(Figure(
    key="governing_bodies", label="一核多元治理主体", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    joins=("head",),
    of_places=True,
    records_as_of=lambda day: GoverningBody.objects.at_work(day),
    columns=_BODY,
    definition="截至日参与社区治理的各类主体数，含社区党委。同一单位参与多个社区的，每个社区计一次。",
))  # fmt: skip

figures.add(Figure(
    key="communities_with_core", label="建立党委核心的社区", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    joins=("head",),
    records_as_of=lambda day: GoverningBody.objects.core().at_work(day),
    columns=_BODY,
    definition="截至日已登记社区党委为治理核心的社区数。",
))  # fmt: skip
