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
    profiles,
    red_property,
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
    "profiles",
    "red_property",
    "rules",
    "secretary",
    "structure",
]
