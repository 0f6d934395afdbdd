"""The pages on which communities carry out their mechanisms."""

from communities.desks import cobuilding, consultation, courses, grids, learning, pay, rules

__all__ = [
    "cobuilding",
    "consultation",
    "courses",
    "grids",
    "learning",
    "pay",
    "rules",
]
