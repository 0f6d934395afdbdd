"""Division codes as text: what a code says of its level, its parents and what lies inside it.

Source: the statistical division codes of the National Bureau of Statistics (2, 4, 6, 9, 12 digits);
a grid's code is its community's followed by three digits.
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

COUNTRY = "CN"
# Written out, since an empty Q gives way to whatever it is joined with.
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


class Level(models.TextChoices):
    """The levels from the country to the grid, from outer to inner."""

    COUNTRY = "country", "国家"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    DISTRICT = "district", "区县"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"


LENGTHS = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.DISTRICT: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.GRID: 15,
}
_LEVEL_OF_LENGTH = {length: level for level, length in LENGTHS.items()}


def level_of(code: str) -> Level:
    """The level a code stands at. Raises ValueError for what is no code."""
    if code == COUNTRY:
        return Level.COUNTRY
    if re.fullmatch(r"\d+", code, re.ASCII) and len(code) in _LEVEL_OF_LENGTH:
        return _LEVEL_OF_LENGTH[len(code)]
    raise ValueError(f"{code!r} 不是区划代码")


def prefix_of(code: str) -> str:
    """What every code inside this one starts with: the code itself; nothing for the country."""
    return "" if code == COUNTRY else code


def number_of(code: str) -> int:
    """The code as a number, where only numbers can stand; 0 for the country."""
    return int(prefix_of(code) or 0)


def code_of(number: int) -> str:
    """The code that was told as this number; of any other number, what is no code."""
    return str(number) if number else COUNTRY


def after(code: str) -> str:
    """What sorts after every code inside this one, and before every other that follows it."""
    return f"{code}:"  # which follows the digits


def length_of(code: str) -> int:
    """How many digits a code has; 0 for the country."""
    return len(prefix_of(code))


def parent_of(code: str) -> str | None:
    """The code one level up; None for the country."""
    level = level_of(code)
    if level is Level.COUNTRY:
        return None
    shorter = [length for length in LENGTHS.values() if length < len(code)]
    return code[: shorter[-1]] if shorter else COUNTRY


def lineage(code: str) -> list[str]:
    """The codes from the country down to this one, itself included."""
    parent = parent_of(code)
    return [*(lineage(parent) if parent else []), code]


def child_length(code: str) -> int | None:
    """How long the codes one level down are; None for a grid, which has nothing inside."""
    longer = [length for length in LENGTHS.values() if length > length_of(code)]
    return longer[0] if longer else None


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` itself or lies inside it."""
    return inner.startswith(prefix_of(outer))


def inside(column: str, areas: Iterable[str]) -> Q:
    """The rows of which the column holds the code of one of the divisions, or of one in it."""
    return reduce(or_, each_inside(column, areas) or [NOTHING])


def each_inside(column: str, areas: Iterable[str]) -> list[Q]:
    """The same, one condition for each division."""
    return [Q(**{f"{column}__startswith": prefix_of(one)}) for one in areas]


def community_of(code: str) -> str:
    """The community that a division lies in; itself where it is wider."""
    return code[: LENGTHS[Level.COMMUNITY]]


def district_of(code: str) -> str:
    """The district that a division lies in; itself where it is wider."""
    return code[: LENGTHS[Level.DISTRICT]]
