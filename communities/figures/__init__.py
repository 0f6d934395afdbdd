"""The figures of communities and of social workers."""

from communities.figures import cobuilding, community, grids, workers, workers_learning, workers_pay
from communities.figures.columns import AREA

__all__ = [
    "AREA",
    "cobuilding",
    "community",
    "grids",
    "workers",
    "workers_learning",
    "workers_pay",
]
