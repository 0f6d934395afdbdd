"""What is kept of places, as it was read."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal.figures.kept import computed
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.sources import sources_of
from suzhou_portal.figures.registry import Figure

Place = tuple[str, Part]
Kept = dict[Place, dict[str, Any]]
# So many transactions after a row was computed it is stored anew though still true, so that asking
# what was written since stays cheap.
FAR_BEHIND = 20_000


@dataclass(frozen=True)
class Row:
    """A kept row; `written` are the sources written since, `usable` says whether it counts at all."""

    text: str
    version: int
    computed_at: datetime.datetime
    usable: bool
    behind: int
    written: frozenset[str]

    @cached_property
    def figures(self) -> dict[str, Any]:
        """What is kept of each figure."""
        return json.loads(self.text)

    def is_true(self, figure: Figure) -> bool:
        """Whether what it says of the figure is what a computation would say now."""
        return self.usable and not self.written & {"", *sources_of(figure)}

    @property
    def is_far_behind(self) -> bool:
        return self.usable and self.behind > FAR_BEHIND


@dataclass(frozen=True)
class Reading:
    """What was read: of each area its entries, and its gaps, by figure.

    `version` changes when what is kept of these places does; None where not all of it is kept.
    """

    rows: dict[Place, Row] = field(default_factory=dict)
    again: dict[Place, dict[str, Any]] = field(default_factory=dict)
    version: str | None = None

    def entry(self, figure: Figure, area: str) -> computed.Entry:
        """Empty where there is no record."""
        return computed.from_kept(self._of((area, Part.VALUES)).get(figure.key, {}))

    def gaps_of(self, figure: Figure) -> dict[str, list[str]]:
        """Of each area around those asked for, the places withheld one level down."""
        return {
            place[0]: self._of(place).get(figure.key, [])
            for place in self._places
            if place[1] == Part.WITHHELD
        }

    def computed_at(self, area: str) -> datetime.datetime | None:
        """When the area's kept values were computed; None where some had to be computed again."""
        place = (area, Part.VALUES)
        return None if place in self.again else self.rows[place].computed_at

    def beside(self, made: Kept) -> "Reading":
        """With what was computed of other figures, of which nothing is kept."""
        again = {place: self._of(place) | made.get(place, {}) for place in {*self._places, *made}}
        return Reading({}, again)

    @property
    def _places(self) -> set[Place]:
        return {*self.rows, *self.again}

    def _of(self, place: Place) -> dict[str, Any]:
        if place in self.again:
            return self.again[place]
        return self.rows[place].figures if place in self.rows else {}
