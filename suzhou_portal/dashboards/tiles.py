"""The tile map: every division inside one as a tile of the same size, by the code tree, shaded by a figure.

A tree of codes says who belongs to whom and not what lies where, so no tile claims a place on a real map.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from textwrap import wrap

from django.db.models.functions import Length
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.cards import shown
from suzhou_portal.figures.door import FigureValue, across
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.standing import comparable, quarters

COLUMNS = 5  # of which the first holds what the others lie in
HEIGHT = 4.75  # of a tile, in the size of its text
LINE, LINES = 4, 2  # characters of a line of a name, and how many lines there are
WITHHELD = "不公布"
# What every name of its level ends with, and so says nothing on a tile.
_ENDINGS = {Level.STREET: "街道", Level.COMMUNITY: "社区居委会"}


@dataclass(frozen=True)
class Tile:
    """A division: what its tile says, where it leads, and where it stands, in percent across and in the
    size of the text down. `inner` are the tiles that lie in it.
    """

    name: str
    lines: list[str]
    text: str
    brief: str
    url: str
    quarter: int | None
    x: int = 0
    y: float = 0.0
    inner: Sequence["Tile"] = ()


@dataclass(frozen=True)
class TileMap:
    """The tiles of one figure: those one level down, each with those in it."""

    figure: Figure
    tiles: list[Tile]
    height: float
    columns: int = COLUMNS

    @property
    def drawn(self) -> list[Tile]:
        """Every tile, those outside before those in them."""
        return [one for tile in self.tiles for one in (tile, *tile.inner)]

    @property
    def shaded(self) -> bool:
        """Whether any tile has a quarter."""
        return any(tile.quarter for tile in self.drawn)

    @property
    def width(self) -> int:
        """Of a tile, in percent."""
        return 100 // self.columns

    @property
    def tile_height(self) -> float:
        return HEIGHT


def tile_map(
    scope: Scope, figure: Figure, *, deep: bool = True, columns: int = COLUMNS
) -> TileMap | None:
    """The figure in the divisions one level down, and where it is `deep`, of a district or less, in those
    inside them too; None where nothing lies inside.
    """
    names = _names(scope.area.code, scope.as_of, deep)
    if not names:
        return None
    read = across([figure], [*names], scope.as_of, since=scope.since)
    values = [*read.values()]
    found = {value.area: value for value in values}
    outer = min(map(len, names))
    levels = [[one for one in values if (len(one.area) == outer) is near] for near in (True, False)]
    quarter = {
        code: number
        for level in levels
        for code, number in quarters(comparable(level, scope.area.code)).items()
    }
    made = partial(_tile, scope, names, found, quarter)
    groups = [
        (code, [one for one in names if one != code and one.startswith(code)])
        for code in names
        if len(code) == outer
    ]
    laid = [(made(code), [*map(made, in_it)]) for code, in_it in groups]
    return _laid(figure.since(scope.since), laid, columns)


def _names(code: str, day: datetime.date, deep: bool) -> dict[str, str]:
    """The divisions to draw that exist on the day, by code and in its order."""
    inner = codes.child_length(code)
    lengths = [inner] if inner else []
    if deep and inner and codes.length_of(code) >= codes.LENGTHS[Level.DISTRICT]:
        lengths += [codes.child_length("0" * inner) or inner]

    def names() -> dict[str, str]:
        inside = Area.objects.annotate(length=Length("code")).filter(length__in=lengths)
        inside = inside.filter(code__startswith=codes.prefix_of(code)).in_force(day)
        return dict(inside.order_by("code").values_list("code", "name"))

    return remembered(("tiles", code, day, deep), [Area], names)


def _tile(
    scope: Scope,
    names: dict[str, str],
    values: dict[str, FigureValue],
    quarter: dict[str, int],
    code: str,
) -> Tile:
    value, query = values[code], f"?{urlencode(scope.when)}" if scope.when else ""
    text = "".join(shown(value))
    return Tile(
        name=names[code],
        lines=_lines(names[code], codes.level_of(code)),
        text=text,
        brief=WITHHELD if value.state is State.WITHHELD else text,
        url=reverse("area", args=[code]) + query,
        quarter=quarter.get(code),
    )


def _lines(name: str, level: Level) -> list[str]:
    """The name in the lines of a tile; one too long is cut there, and whole in its title and in the list."""
    lines = wrap(name.removesuffix(_ENDINGS.get(level, "")) or name, LINE)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], lines[LINES - 1][:-1] + "…"]


def _laid(figure: Figure, groups: list[tuple[Tile, list[Tile]]], columns: int) -> TileMap:
    """The tiles in rows: with what lies in it, each begins a row of its own; alone, one follows another."""
    at = partial(_at, columns)
    if not any(inner for _, inner in groups):
        tiles = [at(tile, n % columns, n // columns) for n, (tile, _) in enumerate(groups)]
        return TileMap(figure, tiles, HEIGHT * -(-len(groups) // columns), columns)
    tiles, row, wide = [], 0, columns - 1
    for tile, inner in groups:
        placed = [at(one, 1 + n % wide, row + n // wide) for n, one in enumerate(inner)]
        tiles.append(at(tile, 0, row, placed))
        row += max(1, -(-len(inner) // wide))
    return TileMap(figure, tiles, HEIGHT * row, columns)


def _at(columns: int, tile: Tile, column: int, row: int, inner: Sequence[Tile] = ()) -> Tile:
    return replace(tile, x=column * (100 // columns), y=row * HEIGHT, inner=inner)
