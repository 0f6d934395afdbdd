"""The pages on which communities carry out their mechanisms."""

from communities.desks import grids

__all__ = ["grids"]
