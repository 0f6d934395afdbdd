"""A figure's past as a line the size of a word: drawn by the server, with a title that says the same."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from suzhou_portal.figures.cards import shown_in
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import Amount

WIDTH, HEIGHT, EDGE = 96, 28, 4
_FOOT = HEIGHT - EDGE
# How what has no value is drawn, around a point at the foot: each otherwise, and none as a zero.
_MISSING = {
    State.NOT_REPORTED: "m-2.5-5 5 5m0-5-5 5",  # a cross
    State.UNKNOWN: "m-3-2.5h6",  # a dash
    State.WITHHELD: "m-2.5-5h5v5h-5z",  # a square
}


def sparkline(amounts: Sequence[Amount], unit: str, when: str) -> SafeString:
    """The amounts from left to right, the lowest of them at the foot and the highest at the top: no axis
    from 0. What has no value leaves a gap with its mark. `when` says in the title what they are of.
    """
    places = list(_places(amounts))
    known = [(x, y) for x, y, amount in places if amount.value is not None]
    drawn = [*_lines(places)]
    drawn += [
        f'<path class="spark-{amount.state.value}" d="M{x} {_FOOT}{_MISSING[amount.state]}"/>'
        for x, _, amount in places
        if amount.value is None
    ]
    if known:
        drawn.append('<circle cx="{}" cy="{}" r="2.5"/>'.format(*known[-1]))
    said = "、".join("".join(shown_in(amount, unit)) for amount in amounts)
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" focusable="false"><title>{}：{}</title>{}</svg>',
        WIDTH, HEIGHT, when, said, mark_safe("".join(drawn)),  # noqa: S308
    )  # fmt: skip


def _places(amounts: Sequence[Amount]) -> Iterator[tuple[float, float, Amount]]:
    """Where each is drawn; of those without a value only how far right."""
    values = [amount.value for amount in amounts if amount.value is not None]
    lowest, highest = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    span, step = highest - lowest, (WIDTH - 2 * EDGE) / max(len(amounts) - 1, 1)
    for number, amount in enumerate(amounts):
        x, y = round(EDGE + number * step, 1), float(_FOOT)
        if amount.value is not None and (span or highest):
            share = (amount.value - lowest) / span if span else Decimal("0.5")
            y = round(_FOOT - float(share) * (HEIGHT - 2 * EDGE), 1)
        yield x, y, amount


def _lines(places: Sequence[tuple[float, float, Amount]]) -> Iterator[str]:
    """A line for each run of values; a dot for one between gaps."""
    for known, run in groupby(places, lambda place: place[2].value is not None):
        points = [f"{x:g} {y:g}" for x, y, _ in run] if known else []
        if len(points) > 1:
            yield f'<path class="spark-line" d="M{" ".join(points)}"/>'
        elif points:
            x, y = points[0].split()
            yield f'<circle cx="{x}" cy="{y}" r="1.5"/>'
