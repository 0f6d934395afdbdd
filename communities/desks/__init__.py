"""The pages on which communities carry out their mechanisms."""

from communities.desks import consultation, grids, rules

__all__ = ["consultation", "grids", "rules"]
