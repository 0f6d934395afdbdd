"""The pages on which communities carry out their mechanisms."""

from communities.desks import committees, grids, pilots, secretary, structure

__all__ = ["committees", "grids", "pilots", "secretary", "structure"]
