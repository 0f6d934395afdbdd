"""大屏: the division and then each of those inside it, one after the other, for a wall that nobody touches."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.attention import asked_about, attention
from suzhou_portal.dashboards.groups import ON_THE_WALL
from suzhou_portal.dashboards.tiles import TileMap, tile_map
from suzhou_portal.figures.cards import cards_of
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.figures.targets import targets_for
from suzhou_portal.methods import for_anybody

SECONDS = 20  # that each area is shown
COLUMNS, MOST_TILES = 3, 12
MOST_CONCERNS = 4
MOST_TURNS = 40  # a wider portal shows itself and so many of its parts


@dataclass(frozen=True)
class Turn:
    """Which area is shown, and after which number the next one is."""

    number: int
    of: int
    scope: Scope

    @property
    def following(self) -> int:
        """The number of the next; after the last the first again."""
        return (self.number + 1) % self.of


@for_anybody
def wall(request: HttpRequest) -> HttpResponse:
    """One area: its headlines, what needs attention there, and what lies inside as tiles."""
    turn = _turn(request, requested_scope(request))
    scope, shown = turn.scope, [figures.get(key) for key in ON_THE_WALL]
    here = scope.opened([*shown, *asked_about(scope)], inside=True)
    concerns = attention(scope, here, targets_for(here.chosen, scope, here).values())
    context = {
        "scope": scope,
        "turn": turn,
        "cards": cards_of(shown, scope, here),
        "computed_at": here.computed_at,
        "attention": concerns.concerns[:MOST_CONCERNS],
        "tiles": _tiles(scope, shown[turn.number % len(shown)]),
        "seconds": SECONDS,
    }
    return render(request, "dashboards/wall.html", context)


def _turn(request: HttpRequest, scope: Scope) -> Turn:
    """The area whose turn it is. Raises BadRequest for a number that is none."""
    text = request.GET.get("turn", "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise BadRequest("轮到第几个地区应写成数字，如 turn=0。")
    inside = Area.objects.filter(parent=scope.area.code).in_force(scope.as_of).order_by("code")
    stops: list[Any] = [scope.area]
    if codes.length_of(scope.area.code) < codes.LENGTHS[codes.Level.COMMUNITY]:
        stops += inside[:MOST_TURNS]
    number = int(text) % len(stops)
    return Turn(number, len(stops), replace(scope, area=stops[number]))


def _tiles(scope: Scope, figure: Figure) -> TileMap | None:
    """What lies inside, as large tiles; nothing where there are more than a wall can show."""
    tiles = tile_map(scope, figure, deep=False, columns=COLUMNS)
    return tiles if tiles and len(tiles.tiles) <= MOST_TILES else None
