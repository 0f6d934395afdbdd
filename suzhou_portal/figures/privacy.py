"""Which means must not be shown, so that nobody learns what one person earns.

A mean over fewer than five people is withheld. If that leaves a single gap among siblings, the gap
could be filled by subtracting the others from the parent; so the next smallest siblings are
withheld too, until the people withheld together are at least five in at least two places. What
lies inside a withheld area is withheld as well, since it adds up to it.

`area` and `as_of` mean what they mean at the door.
"""

import datetime
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.figures.measures import MINIMUM_PEOPLE, MeanOf
from suzhou_portal.figures.registry import Figure


def is_withheld(figure: Figure, area: str, as_of: datetime.date) -> bool:
    """Whether this area's mean is withheld: itself too small, or needed to protect another."""
    from suzhou_portal.figures import door

    row = door.records(figure.key, area, as_of).aggregate(**figure.measure.aggregates())
    if 0 < row["people"] < MINIMUM_PEOPLE:
        return True
    for parent, child in zip(codes.lineage(area), codes.lineage(area)[1:], strict=False):
        rows = door.grouped(figure, parent, as_of, len(child))
        if child in gaps(parent, rows):
            return True
    return False


def withheld_among(
    figure: Figure, area: str, rows: dict[str, dict[str, Any]], as_of: datetime.date
) -> set[str]:
    """The places, among an area's children and its own level, whose mean is withheld."""
    if not isinstance(figure.measure, MeanOf):
        return set()
    if is_withheld(figure, area, as_of):
        return set(rows)
    return gaps(area, rows)


def gaps(area: str, rows: dict[str, dict[str, Any]]) -> set[str]:
    """`area`'s own level is among `rows` under its own code."""
    by_size = sorted((row["people"], place) for place, row in rows.items() if row["people"])
    hidden = [(people, place) for people, place in by_size if people < MINIMUM_PEOPLE]
    if not hidden:
        return set()
    for candidate in by_size[len(hidden) :]:
        if len(hidden) > 1 and sum(people for people, _ in hidden) >= MINIMUM_PEOPLE:
            break
        hidden.append(candidate)
    return {place for _, place in hidden}
