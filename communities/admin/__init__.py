"""The records of communities and their social workers in the admin."""

from communities.admin import (
    cobuilding,
    governance,
    grids,
    people,
    red_property,
    training,
    workers,
)

__all__ = ["cobuilding", "governance", "grids", "people", "red_property", "training", "workers"]
