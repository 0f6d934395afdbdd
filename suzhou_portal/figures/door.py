"""The one door: every page, file and report gets a figure's value, rows and break-down here.

On the site's own date values are kept (`kept/`); on another they are computed from records. Both
make the same entries, so what follows from them is said once, here.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area, in_force
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures import privacy
from suzhou_portal.figures.amounts import Amount, amount, quotient
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kept.computed import Entry, records
from suzhou_portal.figures.kept.reader import Reading, read
from suzhou_portal.figures.kept.sources import kinds
from suzhou_portal.figures.measures import CurrentOf, MeanOf, RatioOf
from suzhou_portal.figures.registry import Figure, figures

__all__ = ["FigureValue", "Opened", "breakdown", "opened", "records", "value", "values"]


@dataclass(frozen=True)
class FigureValue:
    """A figure's computed value in an area on a date.

    `value` is None where `state` says why. Units are the figure's own (amounts in 元, a ratio as a
    fraction). Means and ratios carry numerator and denominator, a mean how many `people` stand behind
    it; `previous` is the standard before the current one.
    """

    figure: Figure
    area: str
    as_of: datetime.date
    value: Decimal | None
    state: State
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None
    previous: Decimal | None = None
    people: int | None = None

    @property
    def sample(self) -> Decimal | int | None:
        """Of how many people a mean is, of how many things a ratio; None where it is of neither."""
        return self.denominator if self.people is None else self.people


def value(key: str, area: str, as_of: datetime.date) -> FigureValue:
    """The figure's value in the area (its own records and those of all areas in it) on the date.

    Raises KeyError for an unknown figure.
    """
    return values([figures.get(key)], area, as_of)[0]


def values(chosen: Iterable[Figure], area: str, as_of: datetime.date) -> list[FigureValue]:
    """The same of several figures, in the order given."""
    chosen = list(chosen)
    here = opened(chosen, area, as_of)
    return [here.value(figure) for figure in chosen]


def breakdown(key: str, area: str, as_of: datetime.date) -> list[FigureValue]:
    """The parts of a figure in an area; none where nothing lies one level down."""
    figure = figures.get(key)
    return opened([figure], area, as_of, inside=True).parts(figure)


@dataclass(frozen=True)
class Opened:
    """Figures of an area on a date, or in the period `since` a day, read at once when first asked for.
    Raises KeyError for others.

    `version` is the same only while each of them is; None where that is not known.
    """

    chosen: tuple[Figure, ...]
    area: str
    as_of: datetime.date
    since: datetime.date | None
    children: dict[str, bool]
    around: list[str]

    @cached_property
    def _view(self) -> "_View":
        asked = _with_records(self.chosen)
        return _View(read(asked, [*self.children, self.area], self.around, self.as_of), self.as_of)

    @property
    def version(self) -> str | None:
        # Where nothing was written since, it is known without reading them again.
        keys = (figure.key for figure in self.chosen)
        name = ("version", self.area, self.as_of, self.since, bool(self.children), *keys)
        return remembered(name, kinds(), lambda: self._view.reading.version)

    @property
    def computed_at(self) -> datetime.datetime | None:
        """When what is kept of the area was computed; None where it is computed for this request."""
        return self._view.reading.computed_at(self.area)

    def counted(self, figure: Figure) -> int | None:
        """How many records the figure counts in the area; None where that is not what it does."""
        figure = self.meant(figure)
        if isinstance(figure.measure, CurrentOf | RatioOf):
            return None
        return self._view.reading.entry(figure, self.area).get("rows", 0)

    def value(self, figure: Figure) -> FigureValue:
        """The figure in the area."""
        return self._view.value(self.meant(figure), self.area)

    def parts(self, figure: Figure) -> list[FigureValue]:
        """The figure in the areas one level down, in order of code, then at the area's own level
        （本级）. A standard in force has no parts, since it covers what lies inside its area.
        """
        return self._view.parts(self.meant(figure), self.area, self.children)

    def meant(self, figure: Figure) -> Figure:
        """The figure with the meaning it has here."""
        meant = figure.since(self.since)
        if meant not in self.chosen:
            raise KeyError(figure.key)
        return meant


def opened(
    chosen: Iterable[Figure],
    area: str,
    as_of: datetime.date,
    *,
    since: datetime.date | None = None,
    inside: bool = False,
) -> Opened:
    """The figures in the area; flows in the period from `since` to the date where it is given.
    `inside`, their parts can be asked for too.
    """
    chosen = tuple(figure.since(since) for figure in chosen)
    children = _children(area, as_of) if inside else {}
    # Gaps one level down are asked of the areas around, and of this one where its parts are.
    lineage = codes.lineage(area)
    around = [code for code in lineage if codes.child_length(code)]
    if not inside and len(lineage) > 1:
        around = lineage[:-1]
    return Opened(chosen, area, as_of, since, children, around)


def _children(area: str, as_of: datetime.date) -> dict[str, bool]:
    """The areas one level down, and whether they exist on the date."""

    def children() -> dict[str, bool]:
        exists = ExpressionWrapper(in_force(as_of), output_field=BooleanField())
        inside = Area.objects.filter(parent=area).order_by("code")
        return dict(inside.annotate(exists=exists).values_list("code", "exists"))

    return remembered(("children", area, as_of), [Area], children)


@lru_cache(maxsize=256)
def _with_records(chosen: tuple[Figure, ...]) -> list[Figure]:
    """The figures, with a ratio's two in its place."""
    found: dict[str, Figure] = {}
    for figure in chosen:
        if parts := figures.parts(figure):
            found |= {part.key: part for part in _with_records(tuple(parts))}
        else:
            found[figure.key] = figure
    return list(found.values())


@dataclass(frozen=True)
class _View:
    """What follows from entries that were read."""

    reading: Reading
    as_of: datetime.date

    def value(self, figure: Figure, area: str) -> FigureValue:
        """The figure in the area."""
        if isinstance(figure.measure, RatioOf):
            return self._quotient(figure, area, self.value)
        entry = self.reading.entry(figure, area)
        if isinstance(figure.measure, CurrentOf):
            return self._standard(figure, area, entry)
        if self._is_withheld(figure, area):
            return FigureValue(figure, area, self.as_of, None, State.WITHHELD)
        return self._from_entry(figure, area, entry)

    def parts(self, figure: Figure, area: str, children: dict[str, bool]) -> list[FigureValue]:
        """The figure one level down and at the area's own level."""
        if codes.child_length(area) is None or isinstance(figure.measure, CurrentOf):
            return []
        inside = [
            self._part(figure, code)
            for code, exists in children.items()
            if exists or self._entry_of_parts(figure, code)
        ]
        return [*inside, self._own(figure, area)]

    def _entry_of_parts(self, figure: Figure, area: str) -> Entry:
        while parts := figures.parts(figure):
            figure = parts[0]
        return self.reading.entry(figure, area)

    def _part(self, figure: Figure, area: str) -> FigureValue:
        if isinstance(figure.measure, RatioOf):
            return self._quotient(figure, area, self._part)
        entry = self.reading.entry(figure, area)
        # Where nobody is paid nothing is withheld.
        return self.value(figure, area) if entry else self._from_entry(figure, area, entry)

    def _own(self, figure: Figure, area: str) -> FigureValue:
        if isinstance(figure.measure, RatioOf):
            return self._quotient(figure, area, self._own)
        entry = self.reading.entry(figure, area)
        own = entry.get("own", {})
        if own and isinstance(figure.measure, MeanOf):
            hidden = area in self.reading.gaps_of(figure)[area]
            if hidden or self._is_withheld(figure, area):
                return FigureValue(figure, area, self.as_of, None, State.WITHHELD)
        return self._from_entry(figure, area, own)

    def _is_withheld(self, figure: Figure, area: str) -> bool:
        if not isinstance(figure.measure, MeanOf):
            return False
        return privacy.is_withheld(area, self.reading.gaps_of(figure))

    def _quotient(self, figure: Figure, area: str, part) -> FigureValue:
        above, below = (part(one, area).value for one in figures.parts(figure))
        return self._of(figure, area, quotient(above, below))

    def _standard(self, figure: Figure, area: str, entry: Entry) -> FigureValue:
        if not entry:
            return FigureValue(figure, area, self.as_of, None, figure.nothing)
        standing, previous = entry["value"], entry.get("previous")
        return FigureValue(figure, area, self.as_of, standing, State.KNOWN, previous=previous)

    def _from_entry(self, figure: Figure, area: str, entry: Entry) -> FigureValue:
        return self._of(figure, area, amount(figure, entry), entry.get("people"))

    def _of(
        self, figure: Figure, area: str, made: Amount, people: int | None = None
    ) -> FigureValue:
        return FigureValue(
            figure, area, self.as_of, made.value, made.state, made.numerator, made.denominator,
            people=people,
        )  # fmt: skip
