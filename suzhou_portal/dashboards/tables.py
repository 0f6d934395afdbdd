"""Several figures side by side for the divisions inside one."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures.bars import own_level
from suzhou_portal.figures.cards import shown
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope

COMPARED = [
    "organizations",
    "service_items",
    "volunteer_teams",
    "workers_in_post",
    "charity_projects",
    "residents_benefited",
]


@dataclass(frozen=True)
class Row:
    """A division's name, its page, and its figures as text, in the order of the columns."""

    name: str
    url: str
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The divisions one level down, the division's own level, and its total."""

    columns: list[Figure]
    rows: list[Row]
    total: list[str]


def inside_table(scope: Scope, here: Opened | None = None) -> Table | None:
    """What lies inside a division, `here` where it was already opened; None where nothing does."""
    columns = compared()
    here = here or scope.opened(columns, inside=True)
    values = [here.parts(column) for column in columns]
    places = list(dict.fromkeys(value.area for column in values for value in column))
    if len(places) <= 1:
        return None
    cells = [{value.area: "".join(shown(value)) for value in column} for column in values]
    names = names_inside(scope.area.code)
    rows = [
        _row(scope, place, names, [column.get(place, "") for column in cells]) for place in places
    ]
    total = ["".join(shown(here.value(column))) for column in columns]
    return Table(
        [here.meant(one) for one in columns], sorted(rows, key=lambda row: not row.url), total
    )


def compared() -> list[Figure]:
    """The figures of the table."""
    return [figures.get(key) for key in COMPARED]


def _row(scope: Scope, place: str, names: dict[str, str], cells: list[str]) -> Row:
    if place == scope.area.code:
        return Row(own_level(scope.area), "", cells)
    query = f"?{urlencode(scope.when)}" if scope.when else ""
    return Row(names.get(place, place), reverse("area", args=[place]) + query, cells)
