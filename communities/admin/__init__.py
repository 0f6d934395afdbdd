"""The records of communities and their social workers in the admin."""

from communities.admin import (
    cobuilding,
    committees,
    consultation,
    governance,
    grids,
    keeping,
    learning,
    pay,
    people,
    pilots,
    red_property,
    secretary,
    structure,
    training,
    workers,
)

__all__ = [
    "cobuilding",
    "committees",
    "consultation",
    "governance",
    "grids",
    "keeping",
    "learning",
    "pay",
    "people",
    "pilots",
    "red_property",
    "secretary",
    "structure",
    "training",
    "workers",
]
