"""What figures come to: the one place where entries, withheld means and ratios become amounts.

`aggregate` computes from records, for any figures, areas and spans of time; what was kept (`kept/`) is
read through the same `Amounts`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import QuerySet

from suzhou_portal.areas import codes
from suzhou_portal.figures import privacy
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.grouping import Entry
from suzhou_portal.figures.measures import ratio
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.registry import Figure, figures

Gaps = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Amount:
    """What a figure comes to in one area; `value` is None where `state` says why. Ratios and means
    carry numerator and denominator, a mean how many `people` it is of, a standard in force the one
    `previous` to it.
    """

    value: Decimal | None
    state: State
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    previous: Decimal | None = None
    people: int | None = None


WITHHELD = Amount(None, State.WITHHELD)


class Of(Enum):
    """What of an area: all in it, all in it as a part of what lies around, or its own level 本级."""

    WHOLE, PART, OWN = range(3)


class Amounts:
    """What follows from the entries of one span, wherever they come from."""

    def entry(self, figure: Figure, area: str) -> Entry:
        """What the figure's measure made of the area's records; empty where there are none."""
        raise NotImplementedError

    def gaps_of(self, figure: Figure) -> Gaps:
        """Of each area around those asked for, the places whose mean is withheld one level down."""
        raise NotImplementedError

    def amount(self, figure: Figure, area: str, of: Of = Of.WHOLE) -> Amount:
        """What the figure comes to in the area."""
        if parts := figures.parts(figure):
            return _quotient(*(self.amount(part, area, of).value for part in parts))
        entry = self.entry(figure, area)
        if of is Of.OWN:
            entry = entry.get("own", {})
        if figure.measure.withholds and self._is_withheld(figure, area, of, entry):
            return WITHHELD
        return _amount(figure, entry)

    def _is_withheld(self, figure: Figure, area: str, of: Of, entry: Entry) -> bool:
        if of is not Of.WHOLE and not entry:  # where nobody is paid nothing is withheld
            return False
        gaps = self.gaps_of(figure)
        return privacy.is_withheld(area, gaps) or (of is Of.OWN and area in gaps[area])


@dataclass(frozen=True)
class Computed(Amounts):
    """The amounts of one span, computed from records; keys are those of figures."""

    entries: Mapping[tuple[str, str], Entry]
    gaps: Mapping[str, Gaps]

    def entry(self, figure: Figure, area: str) -> Entry:
        return self.entries[figure.key, area]

    def gaps_of(self, figure: Figure) -> Gaps:
        return self.gaps[figure.key]


def aggregate(
    chosen: Iterable[Figure], areas: Collection[str], spans: Sequence[Span], *, proven: bool = False
) -> list[Computed]:
    """What the figures come to in the areas, span by span: a statement for each figure with records,
    whatever the number of areas and spans, and one more for a mean. With `proven`, entries tell which
    records were counted.
    """
    found: list[dict[tuple[str, str], Entry]] = [{} for _ in spans]
    hidden: list[dict[str, Gaps]] = [{} for _ in spans]
    around = {code for area in areas for code in codes.lineage(area)[:-1] or [area]}
    for figure in with_records(chosen):
        for (number, area), entry in entries(figure, areas, spans, proven=proven).items():
            found[number][figure.key, area] = entry
        if figure.measure.withholds:
            for number, gaps in enumerate(withheld(figure, around, spans)):
                hidden[number][figure.key] = gaps
    return [Computed(*one) for one in zip(found, hidden, strict=True)]


def records(figure: Figure, area: str, span: Span) -> QuerySet:
    """The very records the value is computed from. For a ratio, those of its numerator."""
    figure = counted_by(figure)
    return figure.measure.within(figure.counted(span), area)


def counted_by(figure: Figure) -> Figure:
    """The figure whose records are counted: of a ratio the one it divides."""
    return next(iter(figures.parts(figure)), figure)


def with_records(chosen: Iterable[Figure]) -> list[Figure]:
    """The figures, with a ratio's two in its place, each once."""
    found = [part for figure in chosen for part in figures.parts(figure) or [figure]]
    return list({figure.key: figure for figure in found}.values())


def entries(
    figure: Figure,
    areas: Iterable[str],
    spans: Sequence[Span],
    *,
    own: bool = False,
    proven: bool = False,
) -> dict[tuple[int, str], Entry]:
    """The entries of a figure with records of its own, by number of span and area: one statement."""
    counted = [figure.counted(span) for span in spans]
    return figure.measure.entries(counted, areas, own=own, proven=proven)


def withheld(figure: Figure, areas: Collection[str], spans: Sequence[Span]) -> list[Gaps]:
    """Of each span, what is withheld in any month of it among the parts of each of the areas: the areas
    one level down, or the area's own code for its own level. The one place where that is decided,
    whatever is asked about; one statement for all periods, or for a day.
    """
    begun = [span.first for span in spans if span.first]
    around = Span(min(begun, default=None), max(span.last for span in spans))
    runs: dict[Span, list[Span]] = {}
    for span in spans:
        runs.setdefault(around if span.first else span, []).append(span)
    found: dict[Span, dict[str, set[str]]] = {}
    for over, together in runs.items():
        by_month = figure.measure.gaps(figure.counted(over), areas)
        for span in together:
            found[span] = {area: set() for area in areas}
            for month in by_month:
                for area, places in by_month[month].items() if month in span else ():
                    found[span][area] |= places
    return [found[span] for span in spans]


def _amount(figure: Figure, entry: Entry) -> Amount:
    if not entry:
        return Amount(Decimal(0) if figure.nothing is State.KNOWN else None, figure.nothing)
    value = figure.measure.value(entry)
    others = (entry.get(name) for name in ("numerator", "denominator", "previous", "people"))
    return Amount(value, State.UNKNOWN if value is None else State.KNOWN, *others)


def _quotient(above: Decimal | int | None, below: Decimal | int | None) -> Amount:
    value = ratio(above, below)
    return Amount(value, State.UNKNOWN if value is None else State.KNOWN, above, below)
