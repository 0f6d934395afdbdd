"""The figures of communities and of social workers."""

from communities.figures import community, grids, learning, pay, workers
from communities.figures.columns import AREA

__all__ = ["AREA", "community", "grids", "learning", "pay", "workers"]
