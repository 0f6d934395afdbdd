"""The pages on which communities carry out their mechanisms."""

from communities.desks import courses, grids, learning, pay

__all__ = ["courses", "grids", "learning", "pay"]
