"""Which means must not be shown, so that nobody learns what one person earns.

A mean over fewer than five people is withheld. If that leaves a single gap among siblings, the gap
could be filled by subtracting the others from the parent; so the next smallest siblings are
withheld too, until the people withheld together are at least five in at least two places. What
lies inside a withheld area is withheld as well, since it adds up to it.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.figures.measures import MINIMUM_PEOPLE


def is_withheld(area: str, people: int, gaps_of: Mapping[str, Collection[str]]) -> bool:
    """Whether the mean of an area over so many people is withheld: itself too small, or needed to
    protect another. `gaps_of` holds the gaps of every area around it.
    """
    if 0 < people < MINIMUM_PEOPLE:
        return True
    return any(child in gaps_of[parent] for parent, child in pairwise(codes.lineage(area)))


def gaps(rows: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """The places withheld among those one level down in an area and its own level, each with the
    aggregates of its mean.
    """
    by_size = sorted((row["people"], place) for place, row in rows.items() if row["people"])
    hidden = [(people, place) for people, place in by_size if people < MINIMUM_PEOPLE]
    if not hidden:
        return set()
    for candidate in by_size[len(hidden) :]:
        if len(hidden) > 1 and sum(people for people, _ in hidden) >= MINIMUM_PEOPLE:
            break
        hidden.append(candidate)
    return {place for _, place in hidden}
