"""The figures of communities and of social workers."""

from communities.figures import (
    cobuilding,
    community,
    consultation,
    grids,
    workers,
    workers_learning,
    workers_pay,
)
from communities.figures.columns import AREA

__all__ = [
    "AREA",
    "cobuilding",
    "community",
    "consultation",
    "grids",
    "workers",
    "workers_learning",
    "workers_pay",
]
