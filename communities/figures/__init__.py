"""The figures of communities and of social workers."""

from communities.figures import cobuilding, community, grids, red_property, workers
from communities.figures.columns import AREA

__all__ = ["AREA", "cobuilding", "community", "grids", "red_property", "workers"]
