"""Demonstration of the mechanisms: records at every stage, carried there by the workflow itself."""

from suzhou_portal.demo.mechanisms import cobuilding, grids, red_property
from suzhou_portal.demo.world import World

PARTS = (grids.seed, cobuilding.seed, red_property.seed)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    return "、".join(part(world) for part in PARTS)
