"""Demonstration of the mechanisms: records at every stage, carried there by the workflow itself."""

from seeds.demo.mechanisms import (
    cobuilding,
    committees,
    consultation,
    emergencies,
    grids,
    incubation,
    learning,
    pay,
    pilots,
    purchases,
    red_property,
    return_forms,
    rules,
    secretary,
    service,
    structure,
    tracing,
    volunteering,
)
from seeds.demo.world import World

# Committees before what their secretaries head.
PARTS = (
    grids.seed, committees.seed, structure.seed, secretary.seed, pilots.seed, cobuilding.seed,
    red_property.seed, rules.seed, consultation.seed, learning.seed, pay.seed, service.seed,
    tracing.seed, purchases.seed, incubation.seed, emergencies.seed, volunteering.seed,
    return_forms.seed,
)  # fmt: skip


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    return "、".join(part(world) for part in PARTS)
