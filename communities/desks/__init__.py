"""The pages on which communities carry out their mechanisms."""

from communities.desks import cobuilding, grids, profiles, red_property

__all__ = ["cobuilding", "grids", "profiles", "red_property"]
