"""Several figures side by side for the divisions inside one."""

from dataclasses import dataclass

from django.urls import reverse

from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.bars import own_level
from suzhou_portal.figures.cards import shown
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


def inside_table(scope: Scope) -> Table | None:
    """What lies inside a division; None where nothing does."""
    columns = [figures.get(key) for key in COMPARED]
    broken_down = door.breakdowns(columns, scope.area.code, scope.as_of)
    values = [column.parts for column in broken_down]
    places = list(dict.fromkeys(value.area for column in values for value in column))
    if len(places) <= 1:
        return None
    cells = [{value.area: "".join(shown(value)) for value in column} for column in values]
    names = dict(Area.objects.filter(pk__in=places).values_list("pk", "name"))
    rows = [
        _row(scope, place, names, [column.get(place, "") for column in cells]) for place in places
    ]
    total = ["".join(shown(column.total)) for column in broken_down]
    return Table(columns, sorted(rows, key=lambda row: not row.url), total)


def _row(scope: Scope, place: str, names: dict[str, str], cells: list[str]) -> Row:
    if place == scope.area.code:
        return Row(own_level(scope.area), "", cells)
    query = f"?as_of={scope.as_of}" if scope.as_of_given else ""
    return Row(names.get(place, place), reverse("area", args=[place]) + query, cells)
