"""What the table shows, drawn: lines over periods, bars of one; each with a sentence computed from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal.analysis.pivot import Pivot
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.bars import Bar, Bars
from suzhou_portal.figures.cards import figure_url, shown
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.standing import said
from suzhou_portal.figures.trends import change
from suzhou_portal.reporting.findings import ChartScale, moved_text

MOST_CHARTS, MOST_LINES, MOST_BARS = 4, 8, 40
APART = 9.0  # percent between the names of two lines


@dataclass(frozen=True)
class AreaLine:
    """An area over periods: pieces of points in percent, broken where there is no value; `name_at` is where
    its name stands, and `last` its latest value.
    """

    name: str
    pieces: list[str]
    dots: list[tuple[str, str]]
    name_at: str
    last: str


@dataclass(frozen=True)
class Chart:
    """A figure drawn; either lines or bars. `periods` are the first and the last, `top` the highest value
    drawn, `left_out` how many areas are not.
    """

    figure: Figure
    unit: str
    finding: str
    lines: list[AreaLine]
    periods: list[str]
    top: str
    bars: Bars | None
    left_out: int


def charts(table: Pivot) -> list[Chart]:
    """A chart of each of the first figures."""
    return [
        (_lines if len(table.asked.periods) > 1 else _bars)(table, figure)
        for figure in table.asked.figures[:MOST_CHARTS]
    ]


def _bars(table: Pivot, figure: Figure) -> Chart:
    asked = table.asked
    period = asked.periods[0] if asked.periods else None
    found = [(place, table.value(figure, place, period)) for place in asked.places]
    drawn = found[:MOST_BARS]
    longest = max((one.value for _, one in drawn if one.value is not None), default=Decimal(0))
    scale, meant = ChartScale.of([longest], figure.unit), found[0][1].figure
    rows = [
        Bar(
            place.name,
            _page(table, place, one, period),
            "".join(shown(one)),
            scale.height(one.value or Decimal(0)),
        )
        for place, one in drawn
    ]
    bars = Bars(meant, rows, "", ranked=False, least=None)
    left_out = len(found) - len(drawn)
    return Chart(meant, scale.unit, _among(table, found), [], [], "", bars, left_out)


def _page(table: Pivot, place: Area, value: FigureValue, period: Period | None) -> str:
    asked = table.asked.scope
    return figure_url(value.figure.key, Scope(place, asked.clock, asked.clock_given, period))


def _rivals(places: Iterable[Area]) -> set[str]:
    """The areas that a sentence compares, those of the level of which there are most: a district is no place
    beside its own streets.
    """
    levels = {place.code: place.level for place in places}
    most = max(levels.values(), key=[*levels.values()].count)
    return {code for code, level in levels.items() if level == most}


def _among(table: Pivot, found: Sequence[tuple[Area, FigureValue]]) -> str:
    """How the areas compare."""
    names, rivals = {place.code: place.name for place, _ in found}, _rivals(dict(found))
    values = [one for _, one in found if one.area in rivals]
    whole = FigureValue(values[0].figure, "", table.asked.scope.as_of, None, State.UNKNOWN)
    return said(values, whole, names, None)


def _lines(table: Pivot, figure: Figure) -> Chart:
    asked = table.asked
    drawn = asked.places[:MOST_LINES]
    values = {place: [table.value(figure, place, one) for one in asked.periods] for place in drawn}
    known = [one.value for many in values.values() for one in many if one.value is not None]
    scale = ChartScale.of(known, figure.unit)
    ends = _spread({
        place: 100 - float(scale.height(last.value))
        for place, many in values.items()
        if (last := _last(many)) and last.value is not None
    })  # fmt: skip
    lines = [_line(place, many, scale, ends) for place, many in values.items()]
    meant = next(iter(values.values()))[0].figure
    finding = _moved(figure, asked.periods, asked.scope, values)
    ends_of_axis = [asked.periods[0].label, asked.periods[-1].label]
    top, left_out = scale.label(scale.highest), len(asked.places) - len(drawn)
    return Chart(meant, scale.unit, finding, lines, ends_of_axis, top, None, left_out)


def _last(values: Iterable[FigureValue]) -> FigureValue | None:
    return next((one for one in reversed([*values]) if one.value is not None), None)


def _line(
    place: Area, values: Sequence[FigureValue], scale: ChartScale, ends: dict[Area, float]
) -> AreaLine:
    wide = 100 / (len(values) - 1)
    pieces: list[list[tuple[str, str]]] = [[]]
    for number, one in enumerate(values):
        if one.value is None:
            pieces.append([])
        else:
            at = f"{number * wide:.1f}", f"{100 - float(scale.height(one.value)):.1f}"
            pieces[-1].append(at)
    last = _last(values)
    return AreaLine(
        place.name,
        [" ".join(f"{x},{y}" for x, y in piece) for piece in pieces if len(piece) > 1],
        [dot for piece in pieces for dot in piece],
        f"{ends[place]:.1f}" if place in ends else "",
        "".join(shown(last)) if last else "",
    )


def _spread(ends: dict[Area, float]) -> dict[Area, float]:
    """Where names stand, so that none lies on another: from above, each at least so far below the last, and
    all within the chart.
    """
    placed: dict[Area, float] = {}
    below = -APART
    for left, (place, at) in zip(
        range(len(ends) - 1, -1, -1), sorted(ends.items(), key=lambda one: one[1]), strict=True
    ):
        below = max(min(at, 100 - left * APART), below + APART)
        placed[place] = below
    return placed


def _moved(
    figure: Figure,
    periods: Sequence[Period],
    scope: Scope,
    values: dict[Area, list[FigureValue]],
) -> str:
    """From the first period to the last that is over: who rose most, who fell most."""
    over = [number for number, one in enumerate(periods) if one.ended_by(scope.clock)]
    if len(over) < 2:
        return "还没有两个已结束的时期，不比较。"
    first, last = over[0], over[-1]
    rivals = _rivals(values)
    changes = {
        place: moved
        for place, many in values.items()
        if place.code in rivals and (moved := change(many[last], many[first])) is not None
    }
    between = f"从{periods[first].label}到{periods[last].label}"
    if not changes:
        return f"{between}，没有两期都有数值的地区。"
    ordered = sorted(changes, key=lambda place: changes[place].difference)
    most, least = ordered[-1], ordered[0]
    told = [f"{most.name}{moved_text(changes[most], figure)}"]
    if len(ordered) > 1:
        told = [
            f"变化最高的是{told[0]}",
            f"最低的是{least.name}{moved_text(changes[least], figure)}",
        ]
    return f"{between}，{'，'.join(told)}。"
