"""The records of communities and their social workers in the admin."""

from communities.admin import (
    committees,
    governance,
    grids,
    people,
    pilots,
    secretary,
    structure,
    training,
    workers,
)

__all__ = [
    "committees",
    "governance",
    "grids",
    "people",
    "pilots",
    "secretary",
    "structure",
    "training",
    "workers",
]
