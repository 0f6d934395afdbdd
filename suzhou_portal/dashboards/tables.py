"""Several figures side by side for the divisions inside one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures.bars import own_level
from suzhou_portal.figures.cards import shown
from suzhou_portal.figures.door import FigureValue, Opened
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope

COMPARED = (
    "organizations", "service_items", "volunteer_teams", "workers_in_post", "charity_projects",
    "residents_benefited",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A division's name, its page, and its figures in the order of the columns, as text and as they
    are; None where the division is no part of a figure.
    """

    name: str
    url: str
    cells: list[str]
    values: Sequence[FigureValue | None]


@dataclass(frozen=True)
class Table:
    """The divisions one level down, the division's own level, and its total."""

    columns: list[Figure]
    rows: list[Row]
    total: Row


def inside_table(scope: Scope, here: Opened | None = None) -> Table | None:
    """What lies inside a division, `here` where it was already opened; None where nothing does."""
    columns = compared()
    here = here or scope.opened(columns, inside=True)
    values = [here.parts(column) for column in columns]
    places = list(dict.fromkeys(value.area for column in values for value in column))
    if len(places) <= 1:
        return None
    by_place = [{value.area: value for value in column} for column in values]
    names = names_inside(scope.area.code)
    rows = [_row(scope, place, names, [one.get(place) for one in by_place]) for place in places]
    total = _of_place(scope.area.name, "", [here.value(column) for column in columns])
    return Table(
        [here.meant(one) for one in columns], sorted(rows, key=lambda row: not row.url), total
    )


def compared() -> list[Figure]:
    """The figures of the table."""
    return [figures.get(key) for key in COMPARED]


def _row(
    scope: Scope, place: str, names: dict[str, str], values: Sequence[FigureValue | None]
) -> Row:
    if place == scope.area.code:
        return _of_place(own_level(scope.area), "", values)
    query = f"?{urlencode(scope.when)}" if scope.when else ""
    return _of_place(names.get(place, place), reverse("area", args=[place]) + query, values)


def _of_place(name: str, url: str, values: Sequence[FigureValue | None]) -> Row:
    cells = ["".join(shown(value)) if value else "" for value in values]
    return Row(name, url, cells, values)
