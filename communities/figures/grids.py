"""Figures of M2 网格精细化管理."""

from communities.models import GridEvent, GridPost
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_EVENT = ("area", "title", "kind", "reported_on", "closed_on")

figures.add(Figure(
    key="staffed_grids", label="有网格员的网格", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    records_as_of=lambda day: GridPost.objects.open_on(day),
    columns=("area", "role", Column("姓名", "person.masked_name")),
    definition="截至日至少有一名在任网格长、网格员或支部书记的网格数，同一网格只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="grid_events", label="网格事件", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: GridEvent.objects.until(day, "reported_on").exclude(
        state__in=["invalid", "passed_on"]
    ),
    columns=_EVENT,
    definition="截至日上报的网格事件数，不含不予受理和转为服务请求的。",
))  # fmt: skip

figures.add(Figure(
    key="closed_grid_events", label="已办结网格事件", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: GridEvent.objects.until(day, "closed_on"),
    columns=_EVENT,
    definition="网格事件中，截至日已经办结的件数。",
))  # fmt: skip

figures.add(Figure(
    key="grid_event_closure", label="网格事件办结率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("closed_grid_events", "grid_events"), nothing=State.UNKNOWN,
    definition="已办结网格事件 ÷ 网格事件。",
))  # fmt: skip
