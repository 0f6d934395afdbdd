"""A figure's break-down as bars: a table in which each value is also drawn."""

from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures import door
from suzhou_portal.figures.cards import figure_url, shown
from suzhou_portal.figures.door import Opened
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


def breakdown_bars(figure: Figure, scope: Scope, here: Opened | None = None) -> Bars | None:
    """The figure in each division one level down, then at the division's own level; `here` holds it
    where already opened with what lies inside.

    None where there is nothing one level down.
    """
    here = here or door.opened([figure], scope.area.code, scope.as_of, inside=True)
    values = here.parts(figure)
    if not values:
        return None
    names = names_inside(scope.area.code)
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
    return Bars(figure, rows, "".join(shown(here.value(figure))))


def own_level(area: Area) -> str:
    """What a division's own row is called in tables: 区本级, 街道本级."""
    return {"district": "区本级", "street": "街道本级", "community": "社区本级"}.get(
        area.level, "本级"
    )
