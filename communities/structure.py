"""The drawing of 一核多元: the core in the middle, the bodies round it. Plain shapes, no script.

Three columns are as many as a phone shows in readable type; more bodies make the ring longer.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from communities.enums.structure import CORE, BodyKind
from communities.models import GoverningBody

WIDTH, BOX_WIDTH, BOX_HEIGHT, PITCH = 360, 108, 66, 90
LEFT, MIDDLE, RIGHT = 0, (WIDTH - BOX_WIDTH) // 2, WIDTH - BOX_WIDTH
FEWEST_ROWS = 3
CHARACTERS = 7  # of a name on one line of a box
LINE_HEIGHT = 17


@dataclass(frozen=True)
class TextAt:
    """A line of a box: where its baseline stands, and how it looks."""

    text: str
    x: int
    y: int
    style: str


@dataclass(frozen=True)
class Box:
    """A body: its corner, its lines of text, and how it looks."""

    x: int
    y: int
    texts: list[TextAt]
    style: str
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT


@dataclass(frozen=True)
class Link:
    """The line between core and body, which the boxes cover at both ends."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Diagram:
    """Everything to draw, links beneath boxes; the bodies it shows, core first, and their sum in words."""

    bodies: list[GoverningBody]
    width: int
    height: int
    boxes: list[Box]
    links: list[Link]
    description: str


def diagram(bodies: Iterable[GoverningBody]) -> Diagram:
    """The drawing of a community's bodies."""
    ranks = {kind: rank for rank, kind in enumerate(BodyKind.values)}
    ordered = sorted(bodies, key=lambda body: (ranks[body.kind], body.pk))
    cores = [body for body in ordered if body.is_core]
    others = [body for body in ordered if not body.is_core]
    rows = max(FEWEST_ROWS, ceil((len(others) - 2) / 2))
    height = rows * PITCH - (PITCH - BOX_HEIGHT)
    places = _round(_ring(rows), len(others))
    middle = (height - BOX_HEIGHT) // 2
    return Diagram(
        bodies=ordered,
        width=WIDTH,
        height=height,
        boxes=[
            *[_box(body, *place) for body, place in zip(others, places, strict=True)],
            _box(cores[0], MIDDLE, middle) if cores else _nobody(MIDDLE, middle),
        ],
        links=[_link(*place, height) for place in places],
        description=_description(cores, others),
    )


def _ring(rows: int) -> list[tuple[int, int]]:
    """The corners of all places round the middle, clockwise from the top left."""
    heights = [row * PITCH for row in range(rows)]
    top, *between, bottom = heights
    return [
        *[(x, top) for x in (LEFT, MIDDLE, RIGHT)],
        *[(RIGHT, y) for y in between],
        *[(x, bottom) for x in (RIGHT, MIDDLE, LEFT)],
        *[(LEFT, y) for y in reversed(between)],
    ]


def _round(places: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """That many of the places, spread evenly."""
    return [places[number * len(places) // count] for number in range(count)]


def _box(body: GoverningBody, x: int, y: int) -> Box:
    style = "structure-core" if body.is_core else "structure-body"
    return Box(x, y, _texts(body.get_kind_display(), body.name, x, y), style)


def _nobody(x: int, y: int) -> Box:
    return Box(x, y, _texts(CORE.label, "尚未登记", x, y), "structure-nobody")


def _texts(kind: str, name: str, x: int, y: int) -> list[TextAt]:
    first_line = CHARACTERS - (len(name) == CHARACTERS + 1)  # no character stands alone
    lines = [name[:first_line], name[first_line : first_line + CHARACTERS]]
    if len(name) > 2 * CHARACTERS:
        lines[1] = f"{lines[1][:-1]}…"
    shown = [(kind, "structure-kind"), *[(line, "structure-name") for line in lines if line]]
    first = y + (BOX_HEIGHT - LINE_HEIGHT * len(shown)) // 2 + LINE_HEIGHT - 4
    return [
        TextAt(text, x + BOX_WIDTH // 2, first + LINE_HEIGHT * number, style)
        for number, (text, style) in enumerate(shown)
    ]


def _link(x: int, y: int, height: int) -> Link:
    """To the side or corner of the box that faces the core, so that no link crosses another box."""
    facing_x = {LEFT: BOX_WIDTH, MIDDLE: WIDTH // 2, RIGHT: RIGHT}[x]
    facing_y = y + BOX_HEIGHT // 2
    if y == 0:
        facing_y = BOX_HEIGHT
    elif y + BOX_HEIGHT == height:
        facing_y = y
    return Link(WIDTH // 2, height // 2, facing_x, facing_y)


def _description(cores: list[GoverningBody], others: list[GoverningBody]) -> str:
    core = f"核心是{cores[0]}" if cores else "尚未登记社区党委"
    counted = Counter(body.get_kind_display() for body in others)
    around = "、".join(f"{kind}{count}个" for kind, count in counted.items())
    return f"{core}；周围有{around}。" if around else f"{core}。"
