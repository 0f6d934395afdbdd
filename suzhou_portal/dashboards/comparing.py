"""How the parts of a division compare, as overview, party and area pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.fragments import Fragment, resting_on
from suzhou_portal.dashboards.tables import Order, Table, inside_table, requested_order
from suzhou_portal.dashboards.tiles import TileMap, tile_map
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.kept.sources import kinds_of
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope


@dataclass(frozen=True)
class PlacesCompared:
    """A table of figures and a map of one of them, made when a page shows them."""

    scope: Scope
    here: Opened
    columns: Sequence[Figure]
    order: Order | None

    @cached_property
    def table(self) -> Table | None:
        """None where nothing lies inside."""
        return inside_table(self.scope, self.here, self.columns, self.order)

    @property
    def figure(self) -> Figure:
        """By which the map is shaded: that by which places stand, else the first."""
        return self.order.figure if self.order else self.columns[0]

    @cached_property
    def tiles(self) -> TileMap | None:
        return tile_map(self.scope, self.figure)

    @property
    def map_part(self) -> Fragment:
        """The map alone is drawn again only once a record of its figure is written."""
        return resting_on(Area, *kinds_of(self.figure))


def comparison(
    request: HttpRequest, scope: Scope, here: Opened, columns: Sequence[Figure]
) -> PlacesCompared:
    """What the page asks for. Raises BadRequest for an order by what is no column."""
    return PlacesCompared(scope, here, columns, requested_order(request, columns))
