"""Reading figures: one statement where all that is kept is true, and computing again what is not.

Stored is only from a transaction of its own that has written nothing else and sees one snapshot
throughout: what it stores is true by that snapshot, whatever else commits meanwhile. Inside another
transaction (whose own writes nobody else may see yet) stale values are computed and not stored.
"""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection

from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.grouping import Entry
from suzhou_portal.figures.kept import rows
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.refresh import NotKeptError, computed_form, refresh
from suzhou_portal.figures.kept.rows import ByPlace, KeptRow, Place, from_kept
from suzhou_portal.figures.kernel import Amounts
from suzhou_portal.figures.registry import Figure

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading(Amounts):
    """What was read: the rows that are kept, and before them what was computed `again`.

    `version` changes when what is kept of these places does; None where not all of it is kept.
    """

    rows: dict[Place, KeptRow] = field(default_factory=dict)
    again: ByPlace = field(default_factory=dict)
    version: str | None = None

    def entry(self, figure: Figure, area: str) -> Entry:
        return from_kept(self._of((area, Part.VALUES)).get(figure.key, {}))

    def gaps_of(self, figure: Figure) -> dict[str, list[str]]:
        return {
            place[0]: self._of(place).get(figure.key, [])
            for place in (*self.rows, *self.again)
            if place[1] == Part.WITHHELD
        }

    def computed_at(self, area: str) -> datetime.datetime | None:
        """When the area's kept values were computed; None where some had to be computed again."""
        place = (area, Part.VALUES)
        return None if place in self.again else self.rows[place].computed_at

    def beside(self, made: ByPlace) -> "Reading":
        """With what was computed of other figures, of which nothing is kept."""
        places = {*self.rows, *self.again, *made}
        return Reading({}, {place: self._of(place) | made.get(place, {}) for place in places})

    def _of(self, place: Place) -> dict[str, Any]:
        if place in self.again:
            return self.again[place]
        return self.rows[place].figures if place in self.rows else {}


def read(
    chosen: Iterable[Figure], areas: Iterable[str], around: Iterable[str], as_of: datetime.date
) -> Reading:
    """Figures with records of their own in the areas, with the gaps of those `around` them where a
    mean is among the figures. Of a period nothing is kept.
    """
    asked: dict[bool, dict[Place, list[Figure]]] = {}
    for figure in chosen:
        places = [(area, Part.VALUES) for area in areas]
        places += [(area, Part.WITHHELD) for area in around if figure.measure.withholds]
        for place in places:
            asked.setdefault(figure.counted_from is None, {}).setdefault(place, []).append(figure)
    found = _read(asked[True], as_of) if True in asked else Reading()
    return found.beside(computed_form(asked[False], as_of)) if False in asked else found


def _read(asked: dict[Place, list[Figure]], as_of: datetime.date) -> Reading:
    kept = rows.look(asked, as_of).rows
    missing = {
        place: stale
        for place, chosen in asked.items()
        if (stale := kept[place].stale(chosen) if place in kept else chosen)
    }
    old = [place for place in asked if place in missing or kept[place].is_far_behind]
    if old and _may_store(old, kept, as_of) and (stored := _stored(old, as_of)):
        return Reading(kept, stored)
    again = {place: dict(kept[place].figures) if place in kept else {} for place in missing}
    for place, figures in computed_form(missing, as_of).items():
        again[place] |= figures
    version = " ".join(f"{area}{part}{row.version}" for (area, part), row in sorted(kept.items()))
    return Reading(kept, again, None if missing else version)


def _may_store(places: list[Place], kept: dict[Place, KeptRow], as_of: datetime.date) -> bool:
    """Outside any transaction, and on the site's date alone: of another one nothing is usable."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return False
    return all(place in kept and kept[place].usable for place in places) or as_of == site_date()


def _stored(places: list[Place], as_of: datetime.date) -> ByPlace | None:
    """All that is kept of the places, made true; None where nothing could be stored, which is said in the log."""
    try:
        return refresh(places, as_of)
    except (DatabaseError, NotKeptError) as error:
        logger.warning("指标数值没有保存，已直接计算：%s", type(error).__name__)
        return None
