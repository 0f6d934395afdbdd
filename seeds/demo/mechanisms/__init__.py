"""Demonstration of the mechanisms: records at every stage, carried there by the workflow itself."""

import pkgutil
from importlib import import_module

from seeds.demo.world import World

# Committees before what their secretaries head; whatever nobody needs to follow comes after these.
FIRST = (
    "grids", "committees", "secretary", "pilots", "cobuilding", "red_property", "structure", "rules",
    "consultation", "learning", "pay", "service", "tracing", "purchases", "incubation", "emergencies",
    "volunteering", "return_forms", "aims",
)  # fmt: skip


def seed(world: World) -> str:
    """Create them, each module's own by its `seed`; returns what was made, in Chinese."""
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    names = dict.fromkeys((*FIRST, *found))
    parts = (import_module(f"{__name__}.{name}") for name in names)
    return "、".join(part.seed(world) for part in parts if hasattr(part, "seed"))
