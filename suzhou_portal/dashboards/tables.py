"""Several figures side by side for the divisions inside one: in order of code or of a figure, each cell
shaded by its quarter among them, what they have on average marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from suzhou_portal import formats
from suzhou_portal.areas.scope import names_inside
from suzhou_portal.figures.bars import own_level
from suzhou_portal.figures.cards import divided, shown, together
from suzhou_portal.figures.door import FigureValue, Opened
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.standing import average, comparable, quarters, said
from suzhou_portal.records.parties import Party

COMPARED = (
    "organizations", "service_items", "volunteer_teams", "workers_in_post", "charity_projects",
    "residents_benefited",
)  # fmt: skip
# What pages compare besides: shares, each with what it is of.
SHARES = ("certified_ratio",)
COMPARED_BY_PARTY = {
    Party.COMMUNITIES: (
        "residents_benefited", "staffed_grids", "grid_event_closure", "requests_received",
        "requests_on_time_ratio", "requests_satisfaction",
    ),
    Party.WORKERS: (
        "workers_in_post", "certified_ratio", "trained_cadres", "exam_takers", "average_monthly_pay",
        "review_coverage",
    ),
    Party.ORGANIZATIONS: (
        "organizations", "organizations_per_community", "service_items", "purchased_projects",
        "purchased_funds", "evaluation_coverage",
    ),
    Party.VOLUNTEERS: (
        "volunteer_teams", "registered_volunteers", "volunteer_services", "door_visits",
        "resident_need_handling",
    ),
    Party.CHARITY: ("charity_value", "charity_projects", "charity_use_ratio", "charity_beneficiaries"),
}  # fmt: skip
AVERAGE = "各地区平均"


class Order(NamedTuple):
    """By which figure places stand, the highest first unless `rising`."""

    figure: Figure
    rising: bool


@dataclass(frozen=True)
class Heading:
    """A column: `next` is what an address says to stand by it the next way, None for the order of code;
    `sorted` how places stand by it now, as ARIA says it, blank where they do not.
    """

    figure: Figure
    next: str | None
    sorted: str


@dataclass(frozen=True)
class Cell:
    """A value as text, of a ratio what it divides, and its quarter from 1 to 4, None where it has none."""

    text: str
    parts: str = ""
    quarter: int | None = None

    @property
    def look(self) -> str:
        """The class of its cell, asked for so often that a template would take long over it."""
        return f"num q{self.quarter}" if self.quarter else "num"


@dataclass(frozen=True)
class Row:
    """A division's name, its page, and its figures in the order of the columns, as cells and as they
    are; None where the division is no part of a figure. `look` names a row that is no division: 本级 or
    the average.
    """

    name: str
    url: str
    cells: list[Cell]
    values: Sequence[FigureValue | None] = ()
    look: str = ""

    @property
    def html(self) -> SafeString:
        """As a row of a page's table, shaded."""
        return self._line([cell.look for cell in self.cells])

    @property
    def plain(self) -> SafeString:
        """As a row of a report's table: without shades."""
        return self._line(["num"] * len(self.cells))

    # Not a template: of so many cells a template's nodes would be half of what the page costs.
    def _line(self, looks: Iterable[str]) -> SafeString:
        name = format_html('<a href="{}">{}</a>', self.url, self.name) if self.url else self.name
        cells = format_html_join(
            "",
            '<td class="{}">{} {}</td>',
            (
                (look, cell.text, small(cell.parts))
                for look, cell in zip(looks, self.cells, strict=True)
            ),
        )
        look = format_html(' class="row-{}"', self.look) if self.look else ""
        return format_html('<tr{}><th scope="row">{}</th>{}</tr>', look, name, cells)

    @property
    def texts(self) -> list[str]:
        """The cells as plain text."""
        return [cell.text for cell in self.cells]


@dataclass(frozen=True)
class Table:
    """The divisions one level down, the division's own level, its total and its average; standing by a
    figure, the average is among the rows, where it belongs. `finding` says how they compare by that
    figure, or by the first.
    """

    columns: list[Figure]
    rows: list[Row]
    total: Row
    average: Row
    finding: str
    order: Order | None = None
    least: int = field(default_factory=lambda: settings.RANKING_MINIMUM)

    @property
    def headings(self) -> list[Heading]:
        """The columns, each with how it is asked for."""
        return [self._heading(figure) for figure in self.columns]

    @property
    def below(self) -> list[Row]:
        """What stands below the divisions: the total, and the average unless it is among them."""
        return [self.total] if self.order else [self.average, self.total]

    @property
    def shaded(self) -> bool:
        """Whether any cell has a quarter."""
        return any(cell.quarter for row in self.rows for cell in row.cells)

    def _heading(self, figure: Figure) -> Heading:
        if self.order is None or self.order.figure.key != figure.key:
            return Heading(figure, figure.key, "")
        if self.order.rising:
            return Heading(figure, None, "ascending")
        return Heading(figure, f"-{figure.key}", "descending")


def small(text: str) -> SafeString:
    """What is said below a value; blank for nothing."""
    return format_html("<small>{}</small>", text) if text else SafeString()


def compared() -> list[Figure]:
    """The figures by which pages compare all parties."""
    return [figures.get(key) for key in (*COMPARED, *SHARES)]


def compared_of(party: Party) -> list[Figure]:
    """The figures by which pages compare one party."""
    return [figures.get(key) for key in COMPARED_BY_PARTY[party]]


def requested_order(request: HttpRequest, columns: Iterable[Figure]) -> Order | None:
    """The order that `?by=` asks for: the key of a column, or with a minus the lowest first; None for that
    of code. Raises BadRequest with a Chinese reason for anything else.
    """
    if not (asked := request.GET.get("by", "")):
        return None
    key = asked.removeprefix("-")
    for figure in columns:
        if figure.key == key:
            return Order(figure, asked != key)
    raise BadRequest("不能按这一指标排列：请点表头上的指标名称。")


def inside_table(
    scope: Scope,
    here: Opened | None = None,
    columns: Sequence[Figure] = (),
    order: Order | None = None,
) -> Table | None:
    """What lies inside a division, `here` where it was already opened; None where nothing does."""
    columns = columns or [figures.get(key) for key in COMPARED]
    here = here or scope.opened(columns, inside=True)
    parts = [here.parts(column) for column in columns]
    by_place = [{value.area: value for value in column} for column in parts]
    places = list(dict.fromkeys(value.area for column in parts for value in column))
    if len(places) <= 1:
        return None
    whole, own = [here.value(column) for column in columns], scope.area.code
    names = names_inside(own)
    quarter = [quarters(comparable(column, own)) for column in parts]
    rows = {
        place: _row(
            scope,
            place,
            names,
            [values.get(place) for values in by_place],
            [one.get(place) for one in quarter],
        )
        for place in sorted(places, key=lambda place: place == own)
    }
    averages = [average(column, value) for column, value in zip(parts, whole, strict=True)]
    mean = Row(AVERAGE, "", [*map(_average, averages, whole)], look="average")
    total = Row(scope.area.name, "", [_cell(value) for value in whole], whole)
    meant = [here.meant(column) for column in columns]
    keys = [column.key for column in columns]
    at = keys.index(order.figure.key) if order else 0
    standing = [*rows.values()]
    if order:
        standing = _ordered(rows, comparable(parts[at], own), mean, averages[at], order.rising)
    finding = said(parts[at], whole[at], names, averages[at])
    return Table(meant, standing, total, mean, finding, order)


def _ordered(
    rows: Mapping[str, Row],
    rivals: Mapping[str, Decimal],
    mean: Row,
    average_of_all: Decimal | None,
    rising: bool,
) -> list[Row]:
    """The rows by value, with the average at its place; what cannot be compared comes last."""
    standing = [(value, rows[place]) for place, value in rivals.items()]
    if average_of_all is not None:
        standing.append((average_of_all, mean))
    standing.sort(key=lambda one: one[0], reverse=not rising)
    rest = [row for place, row in rows.items() if place not in rivals]
    return [*(row for _, row in standing), *rest]


def _row(
    scope: Scope,
    place: str,
    names: Mapping[str, str],
    values: Sequence[FigureValue | None],
    quarter: Sequence[int | None],
) -> Row:
    cells = [*map(_cell, values, quarter)]
    if place == scope.area.code:
        return Row(own_level(scope.area), "", cells, values, "own")
    query = f"?{urlencode(scope.when)}" if scope.when else ""
    return Row(names.get(place, place), reverse("area", args=[place]) + query, cells, values)


def _cell(value: FigureValue | None, quarter: int | None = None) -> Cell:
    return Cell("".join(shown(value)), divided(value), quarter) if value else Cell("")


def _average(mean: Decimal | None, whole: FigureValue) -> Cell:
    if mean is None:
        return Cell(formats.DASH if whole.value is not None else "".join(shown(whole)))
    return Cell(together(mean, whole.figure.unit), divided(whole))
