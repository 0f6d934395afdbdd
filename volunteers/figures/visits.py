"""Figures of M22 平时: door visits and what became of the needs they found."""

from communities.figures import AREA
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures
from volunteers.models import DoorVisit, ResidentNeed

# No address and no text: these rows are public.
_NEED = (
    AREA,
    Column("类别", "kind"),
    Column("发现日期", "found_on"),
    Column("办好日期", "handled_on"),
)

figures.add(
    Figure(
        key="door_visits",
        label="敲门走访",
        unit="户次",
        party=Party.VOLUNTEERS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: DoorVisit.objects.until(day, "visited_on"),
        columns=(AREA, Column("结果", "outcome"), Column("走访日期", "visited_on")),
        supporting=True,
        definition="截至日登记的敲门走访户次，无人应答的也计；同一户走访几次计几次。",
    ),
    Figure(
        key="resident_needs",
        label="发现居民需求",
        unit="件",
        party=Party.VOLUNTEERS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: ResidentNeed.objects.found_by(day),
        columns=_NEED,
        supporting=True,
        definition="截至日发现的居民需求件数，不含不予办理的。",
    ),
    Figure(
        key="handled_resident_needs",
        label="已办好居民需求",
        unit="件",
        party=Party.VOLUNTEERS,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: ResidentNeed.objects.until(day, "handled_on"),
        columns=_NEED,
        supporting=True,
        definition="居民需求中，截至日已经办好的件数；回访不满意退回重办的不计。",
    ),
    Figure(
        key="resident_need_handling",
        label="居民需求办理率",
        unit="%",
        party=Party.VOLUNTEERS,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("handled_resident_needs", "resident_needs"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="已办好居民需求 ÷ 发现居民需求。",
    ),
)
