"""The figures of communities and of social workers."""

from communities.figures import community, consultation, grids, workers
from communities.figures.columns import AREA

__all__ = ["AREA", "community", "consultation", "grids", "workers"]
