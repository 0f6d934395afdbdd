"""The records of communities and their social workers in the admin."""

from communities.admin import (
    cobuilding,
    consultation,
    governance,
    grids,
    keeping,
    learning,
    pay,
    people,
    training,
    workers,
)

__all__ = [
    "cobuilding",
    "consultation",
    "governance",
    "grids",
    "keeping",
    "learning",
    "pay",
    "people",
    "training",
    "workers",
]
