"""The pages on which communities carry out their mechanisms."""

from communities.desks import (
    cobuilding,
    committees,
    consultation,
    courses,
    grids,
    learning,
    pay,
    pilots,
    rules,
    secretary,
    structure,
)

__all__ = [
    "cobuilding",
    "committees",
    "consultation",
    "courses",
    "grids",
    "learning",
    "pay",
    "pilots",
    "rules",
    "secretary",
    "structure",
]
