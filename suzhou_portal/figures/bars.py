"""A figure's break-down as bars: a table in which each value is also drawn."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures.cards import divided, figure_url, shown, together
from suzhou_portal.figures.door import FigureValue, Opened
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.standing import average, comparable

NOT_RANKED = "不排名"


@dataclass(frozen=True)
class Bar:
    """One place: its value as text, and the bar's length in percent of the longest.

    `parts` is what a ratio divides. `rank` is its place by value among all places, 不排名 for one that has
    none, blank where places stand in order of code.
    """

    label: str
    url: str
    text: str
    length: str
    parts: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Bars:
    """All places of a break-down; `total` is the division's own figure, `average` what places have on
    average, as text and as a length like theirs, blank where that is not known; `least` how many a mean
    or a ratio must be of to be ranked (None where nothing is ranked, or nothing can be too small for it).
    """

    figure: Figure
    rows: list[Bar]
    total: str
    ranked: bool
    least: int | None
    average: str = ""
    mark: str = ""


def breakdown_bars(
    figure: Figure, scope: Scope, here: Opened | None = None, *, ranked: bool = False
) -> Bars | None:
    """The figure in each division one level down, then at the division's own level; `here` holds it
    where already opened with what lies inside. `ranked`, the highest value comes first.

    None where there is nothing one level down.
    """
    here = here or scope.opened([figure], inside=True)
    figure = here.meant(figure)
    values = here.parts(figure)
    if not values:
        return None
    names = names_inside(scope.area.code)
    longest = max((value.value for value in values if value.value is not None), default=Decimal(0))
    ranks = _ranks(values, scope) if ranked else {}
    if ranked:
        values = sorted(values, key=lambda value: ranks.get(value.area, len(values)))
    rows = [_bar(scope, value, names, longest, ranks if ranked else None) for value in values]
    whole = here.value(figure)
    mean = average(values, whole)
    sampled = ranked and figure.measure.divides
    return Bars(
        figure,
        rows,
        "".join(shown(whole)),
        ranked,
        settings.RANKING_MINIMUM if sampled else None,
        "" if mean is None else together(mean, figure.unit),
        "" if mean is None else _length(mean, longest),
    )


def _bar(
    scope: Scope,
    value: FigureValue,
    names: dict[str, str],
    longest: Decimal,
    ranks: dict[str, int] | None,
) -> Bar:
    own = value.area == scope.area.code
    return Bar(
        label=own_level(scope.area) if own else names.get(value.area, value.area),
        url="" if own else figure_url(value.figure.key, scope, value.area),
        text="".join(shown(value)),
        length=_length(value.value, longest),
        parts=divided(value),
        rank="" if ranks is None else str(ranks.get(value.area, NOT_RANKED)),
    )


def _length(value: Decimal | None, longest: Decimal) -> str:
    return f"{min(value / longest, Decimal(1)) * 100:.1f}" if value and longest else "0"


def _ranks(values: list[FigureValue], scope: Scope) -> dict[str, int]:
    """The places of those that may be ranked; equals share one."""
    rivals = comparable(values, scope.area.code)
    if not any(rivals.values()):  # nobody is first among those who have nothing
        return {}
    return {area: 1 + sum(other > one for other in rivals.values()) for area, one in rivals.items()}


def own_level(area: Area) -> str:
    """What a division's own row is called in tables: 区本级, 街道本级."""
    return {"district": "区本级", "street": "街道本级", "community": "社区本级"}.get(
        area.level, "本级"
    )
