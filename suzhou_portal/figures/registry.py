"""What a figure is, and the one list of all of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from suzhou_portal.areas.models import AreaRecordQuerySet
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import Measure, RatioOf

Source = Callable[[datetime.date], AreaRecordQuerySet]
Between = Callable[[datetime.date, datetime.date], AreaRecordQuerySet]


@dataclass(frozen=True)
class Column:
    """A public column of a figure's rows: its heading, and where a record keeps it."""

    label: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A published quantity, declared once by its party.

    `records_as_of` gives every record that counts on a date, wherever it stands; `None` for a
    ratio, whose records are those of its two figures. `nothing` is what no record means: zero for
    a count, unknown or not reported for others. A flow says in `records_within` what happened from
    one day to another, both included: as of a date it looks back as far as its definition says.
    """

    key: str
    label: str
    unit: str
    party: Party
    definition: str
    kind: Kind
    measure: Measure
    records_as_of: Source | None = None
    records_within: Between | None = None
    columns: tuple[Column, ...] = ()
    nothing: State = State.KNOWN
    note: str = ""
    supporting: bool = False
    select_related: tuple[str, ...] = field(default=("area",))

    def __hash__(self) -> int:
        """Of the key alone: asked for a hundred thousand times when all areas are computed."""
        return hash(self.key)


class Registry:
    """All declared figures."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, *figures: Figure) -> None:
        """Declare figures. Raises ValueError for a key used twice."""
        for figure in figures:
            if figure.key in self._figures:
                raise ValueError(f"figure {figure.key} is declared twice")
            self._figures[figure.key] = figure

    def get(self, key: str) -> Figure:
        """The figure of that key. Raises KeyError."""
        return self._figures[key]

    def parts(self, figure: Figure) -> list[Figure]:
        """The two figures a ratio divides; none for others."""
        measure = figure.measure
        if not isinstance(measure, RatioOf):
            return []
        return [self.get(measure.numerator), self.get(measure.denominator)]

    def all(self, party: Party | None = None) -> list[Figure]:
        """Every figure, or those of one party; of each party, those published first."""
        order = list(Party)
        return sorted(
            (figure for figure in self._figures.values() if party in (None, figure.party)),
            key=lambda figure: (order.index(figure.party), figure.supporting),
        )

    def choices(self) -> list[tuple[str, Any]]:
        """Keys and labels, for forms."""
        return [(figure.key, figure.label) for figure in self.all()]


figures = Registry()
