"""Figures of M22 平时: door visits and what became of the needs they found."""

from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party
from volunteers.models import DoorVisit, ResidentNeed

# No address and no text: these rows are public.
_NEED = ("area", "kind", "found_on", "handled_on")

figures.add(Figure(
    key="door_visits", label="敲门走访", unit="户次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DoorVisit.objects.until(day, "visited_on"),
    columns=("area", "outcome", "visited_on"),
    definition="截至日登记的敲门走访户次，无人应答的也计；同一户走访几次计几次。",
))  # fmt: skip

figures.add(Figure(
    key="resident_needs", label="发现居民需求", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: ResidentNeed.objects.until(day, "found_on").exclude(state="declined"),
    columns=_NEED,
    definition="截至日发现的居民需求件数，不含不予办理的。",
))  # fmt: skip

figures.add(Figure(
    key="handled_resident_needs", label="已办好居民需求", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: ResidentNeed.objects.until(day, "handled_on"),
    columns=_NEED,
    definition="居民需求中，截至日已经办好的件数；回访不满意退回重办的不计。",
))  # fmt: skip

figures.add(Figure(
    key="resident_need_handling", label="居民需求办理率", unit="%",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("handled_resident_needs", "resident_needs"), nothing=State.UNKNOWN,
    definition="已办好居民需求 ÷ 发现居民需求。",
))  # fmt: skip
