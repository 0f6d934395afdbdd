"""Which means must not be shown, so that nobody learns what fewer than five people earn.

Decided month by month. Among what lies one level down in an area and its own level, the places of fewer
than five people are withheld, and with them the next smallest, until those withheld are at least five
people in at least two places; what lies inside a withheld place is withheld as well. So each month falls
into groups of five people or more that no mean divides.

A mean over several months, be they a period or the twelve before a date, is withheld with any month of
which it would divide a group. Then every published sum is one of whole groups, and so is whatever
follows from them by adding and subtracting: of any dates, periods, areas and formats.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

from suzhou_portal.areas import codes

MINIMUM_PEOPLE = 5  # a mean over fewer people would tell what one of them earns
WHOLE = "*"  # stands among the gaps of an area that has too few people altogether


def is_withheld(area: str, gaps_of: Mapping[str, Collection[str]]) -> bool:
    """Whether the mean of an area is withheld: itself too small, or needed to protect another.

    `gaps_of` holds the gaps of every area around it, and of the country for its own sake too.
    """
    return WHOLE in gaps_of[codes.COUNTRY] or any(
        child in gaps_of[parent] for parent, child in pairwise(codes.lineage(area))
    )


def gaps(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The places withheld in one month among those one level down in an area and its own level.

    Of each place a row holds its code as `in_place`, how many `people` are paid in it, and, where they are
    fewer than five, their keys as `few`.
    """
    by_size = sorted(rows, key=lambda row: (row["people"], row["in_place"]))
    small = [row for row in by_size if row["people"] < MINIMUM_PEOPLE]
    if not small:
        return set()
    hidden = {row["in_place"] for row in small}
    # Who is paid in two places is one person. One small place alone is never enough.
    if len({key for row in small for key in row["few"]}) >= MINIMUM_PEOPLE:
        return hidden
    if len(small) < len(by_size):
        return {*hidden, by_size[len(small)]["in_place"]}
    return {*hidden, WHOLE}
