"""What a figure is, and the one list of all of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from suzhou_portal.areas.models import AreaRecordQuerySet
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import CountOf, DistinctOf, Measure
from suzhou_portal.figures.periods import Span
from suzhou_portal.records.columns import Columns, columns, joins
from suzhou_portal.records.parties import Party

Source = Callable[[datetime.date], AreaRecordQuerySet]
COUNT = CountOf()
PLACES = DistinctOf("area")
# Added to what such a figure says, so that no text can forget it.
ONLY_STANDING = "只计当日存在的区划，已撤销的自撤销之日起不再计入。"
ANY_DAY = datetime.date(2000, 1, 1)  # asks a source of records for its model
Between = Callable[[datetime.date, datetime.date], AreaRecordQuerySet]


@dataclass(frozen=True, kw_only=True)
class Within:
    """What a flow means in a period: as of a date it looks back as far as its definition says, in a
    period it says what happened from its first day to its last, both included. A ratio has no records.
    """

    label: str
    definition: str
    records: Between | None = None


@dataclass(frozen=True)
class _From:
    """The records of a flow from a day on."""

    first: datetime.date
    records: Between

    def __call__(self, last: datetime.date) -> AreaRecordQuerySet:
        return self.records(self.first, last)


def no_records(day: datetime.date) -> AreaRecordQuerySet:
    """A ratio has none: those counted are the records of its two figures. Raises TypeError."""
    raise TypeError("a ratio has no records of its own")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A published quantity, declared once by its party.

    `records_as_of` gives every record that counts on a date, wherever it stands; a ratio, whose records are
    those of its two figures, declares none. It counts them, unless `measure` says otherwise. `columns` are the
    public ones of its rows, `joins` relations to be read with them that they do not tell. `nothing` is
    what no record means: zero for a count, unknown or not reported for others. A flow says in `within` what
    it means in a period. With `reported` it is one of those that returns report and reports begin with.
    `counted_from` is the first day of the period where it is asked for in one (see `since`).
    One `of_places` counts divisions, or what each has while it exists: on a day, those alone that exist on
    that day, as what they are compared with does. One that counts distinct areas says so by itself.
    """

    key: str
    label: str
    unit: str
    party: Party
    definition: str
    kind: FigureKind
    measure: Measure = COUNT
    records_as_of: Source = no_records
    within: Within | None = None
    counted_from: datetime.date | None = None
    columns: Columns = ()
    nothing: State = State.KNOWN
    note: str = ""
    reported: bool = False
    of_places: bool = False
    joins: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of the key alone: asked for a hundred thousand times when all areas are computed."""
        return hash(self.key)

    def named(self) -> "Figure":
        """The figure with the headings of columns that are given by name, and with all the relations
        that they lead through among its `joins`; of places, with those alone that exist.
        """
        if self.records_as_of is no_records:
            return self
        model = self.records_as_of(ANY_DAY).model
        shown = columns(model, self.columns)
        named = replace(self, columns=shown, joins=(*joins(model, shown), *self.joins))
        return named._standing() if self.of_places or self.measure == PLACES else named

    def _standing(self) -> "Figure":
        source = self.records_as_of
        return replace(
            self,
            of_places=True,
            definition=self.definition + ONLY_STANDING,
            records_as_of=lambda day: source(day).standing(day),
        )

    def since(self, first: datetime.date | None) -> "Figure":
        """The figure in a period that begins on that day: of a flow its meaning and its records there.
        Any other, and every figure where no period is asked for, is the same as ever.
        """
        within = self.within
        if first is None or within is None:
            return self
        return replace(
            self,
            counted_from=first,
            label=within.label,
            definition=within.definition,
            records_as_of=_From(first, within.records) if within.records else no_records,
        )

    def counted(self, span: Span) -> AreaRecordQuerySet:
        """Every record that counts in a span: of a flow what happened in it, of any other figure what
        counts on its last day. Raises TypeError for a ratio.
        """
        return self.since(span.first).records_as_of(span.last)

    @property
    def nature(self) -> str:
        """How it stands to time, for people: of a ratio, how what it divides does."""
        return self.measure.nature(self.kind.label, [one.nature for one in figures.parts(self)])


class FigureRegistry:
    """All declared figures."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}

    def add(self, *figures: Figure) -> None:
        """Declare figures. Raises ValueError for a key used twice."""
        for figure in figures:
            if figure.key in self._figures:
                raise ValueError(f"figure {figure.key} is declared twice")
            self._figures[figure.key] = figure.named()

    def get(self, key: str) -> Figure:
        """The figure of that key. Raises KeyError."""
        return self._figures[key]

    def parts(self, figure: Figure) -> list[Figure]:
        """The two figures a ratio divides; none for others."""
        return [self.get(key).since(figure.counted_from) for key in figure.measure.parts]

    def all(self, party: Party | None = None) -> list[Figure]:
        """Every figure, or those of one party; of each party, those published first."""
        order = list(Party)
        return sorted(
            (figure for figure in self._figures.values() if party in (None, figure.party)),
            key=lambda figure: (order.index(figure.party), not figure.reported),
        )

    def choices(self) -> list[tuple[str, Any]]:
        """Keys and labels, for forms."""
        return [(figure.key, figure.label) for figure in self.all()]


figures = FigureRegistry()
