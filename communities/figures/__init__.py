"""The figures of communities and of social workers."""

from communities.figures import (
    cobuilding,
    committees,
    community,
    consultation,
    grids,
    pilots,
    red_property,
    secretary,
    structure,
    workers,
    workers_learning,
    workers_pay,
)
from communities.figures.columns import AREA

__all__ = [
    "AREA",
    "cobuilding",
    "committees",
    "community",
    "consultation",
    "grids",
    "pilots",
    "red_property",
    "secretary",
    "structure",
    "workers",
    "workers_learning",
    "workers_pay",
]
