"""The pages on which communities carry out their mechanisms."""

from communities.desks import cobuilding, grids

__all__ = ["cobuilding", "grids"]
