"""Figures of M2 网格精细化管理."""

from communities.figures.columns import AREA
from communities.models import GridEvent, GridPost
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, DistinctOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures

_EVENT = (
    AREA,
    Column("事由", "title"),
    Column("类别", "kind"),
    Column("上报日期", "reported_on"),
    Column("办结日期", "closed_on"),
)

figures.add(
    Figure(
        key="staffed_grids",
        label="有网格员的网格",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=DistinctOf("area"),
        records_as_of=lambda day: GridPost.objects.held(day),
        columns=(AREA, Column("岗位", "role"), Column("姓名", "person.masked_name")),
        select_related=("area", "person"),
        supporting=True,
        definition="截至日至少有一名在任网格长、网格员或支部书记的网格数，同一网格只计一次。",
    ),
    Figure(
        key="grid_events",
        label="网格事件",
        unit="件",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: GridEvent.objects.until(day, "reported_on").exclude(
            state="invalid"
        ),
        columns=_EVENT,
        supporting=True,
        definition="截至日上报的网格事件数，不含不予受理的。",
    ),
    Figure(
        key="closed_grid_events",
        label="已办结网格事件",
        unit="件",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: GridEvent.objects.until(day, "closed_on"),
        columns=_EVENT,
        supporting=True,
        definition="网格事件中，截至日已经办结的件数。",
    ),
    Figure(
        key="grid_event_closure",
        label="网格事件办结率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("closed_grid_events", "grid_events"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="已办结网格事件 ÷ 网格事件。",
    ),
)
