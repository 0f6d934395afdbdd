"""The pages on which communities carry out their mechanisms."""

from communities.desks import cobuilding, courses, grids, learning, pay

__all__ = [
    "cobuilding",
    "courses",
    "grids",
    "learning",
    "pay",
]
