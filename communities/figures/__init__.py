"""The figures of communities and of social workers."""

from communities.figures import community, grids, workers
from communities.figures.columns import AREA

__all__ = ["AREA", "community", "grids", "workers"]
