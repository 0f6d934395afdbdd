"""A figure's break-down as bars: a table in which each value is also drawn."""

from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.cards import figure_url, shown
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope


@dataclass(frozen=True)
class Bar:
    """One place: its value as text, and the bar's length in percent of the longest."""

    label: str
    url: str
    text: str
    length: str


@dataclass(frozen=True)
class Bars:
    """All places of a break-down; `total` is the division's own figure."""

    figure: Figure
    rows: list[Bar]
    total: str


def breakdown_bars(figure: Figure, scope: Scope) -> Bars | None:
    """The figure in each division one level down, then at the division's own level.

    None where there is nothing one level down.
    """
    (broken_down,) = door.breakdowns([figure], scope.area.code, scope.as_of)
    values = broken_down.parts
    if not values:
        return None
    names = dict(
        Area.objects.filter(pk__in=[value.area for value in values]).values_list("pk", "name")
    )
    longest = max((value.value for value in values if value.value is not None), default=Decimal(0))
    rows = [
        Bar(
            label=own_level(scope.area) if own else names.get(value.area, value.area),
            url="" if own else figure_url(figure.key, scope, value.area),
            text="".join(shown(value)),
            length=f"{value.value / longest * 100:.1f}" if value.value and longest else "0",
        )
        for value in values
        for own in [value.area == scope.area.code]
    ]
    return Bars(figure, rows, "".join(shown(broken_down.total)))


def own_level(area: Area) -> str:
    """What a division's own row is called in tables: 区本级, 街道本级."""
    return {"district": "区本级", "street": "街道本级", "community": "社区本级"}.get(
        area.level, "本级"
    )
