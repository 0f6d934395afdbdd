"""The figures of communities and of social workers."""

from communities.figures import committees, community, grids, pilots, secretary, structure, workers
from communities.figures.columns import AREA

__all__ = [
    "AREA",
    "committees",
    "community",
    "grids",
    "pilots",
    "secretary",
    "structure",
    "workers",
]
