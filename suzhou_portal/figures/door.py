"""The one door: every page, file and report gets a figure's value, rows and break-down here.

On the site's own date values are kept (`kept/`); on another, and of a period, they are computed from
records. What follows from either is said once, in `kernel`.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area, in_force
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures import kernel
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kept.reader import Reading, read
from suzhou_portal.figures.kept.sources import kinds
from suzhou_portal.figures.kernel import Of
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.registry import Figure, figures


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
    """The values of several figures in the area on the date, in the order given."""
    chosen = list(chosen)
    here = opened(chosen, area, as_of)
    return [here.value(figure) for figure in chosen]


def breakdown(key: str, area: str, as_of: datetime.date) -> list[FigureValue]:
    """The parts of a figure in an area; none where nothing lies one level down."""
    figure = figures.get(key)
    return opened([figure], area, as_of, inside=True).parts(figure)


def across(
    chosen: Iterable[Figure],
    areas: Sequence[str],
    as_of: datetime.date,
    *,
    since: datetime.date | None = None,
) -> dict[tuple[str, str], FigureValue]:
    """Figures in any areas of any levels, by key and area, each as a part of those around it: on the date,
    flows in the period `since` a day where it is given.
    """
    chosen = [figure.since(since) for figure in chosen]
    around = {outer for area in areas for outer in codes.lineage(area)[:-1]}
    reading = read(kernel.with_records(chosen), areas, sorted(around), as_of)
    return {
        (figure.key, area): FigureValue(figure, area, as_of, **vars(amount))
        for figure in chosen
        for area in areas
        for amount in [reading.amount(figure, area, Of.PART)]
    }


def records(figure: Figure, area: str, as_of: datetime.date) -> QuerySet:
    """The very records the value is computed from. For a ratio, those of its numerator."""
    return kernel.records(figure, area, Span(figure.counted_from, as_of))


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
    def _reading(self) -> Reading:
        asked = kernel.with_records(self.chosen)
        return read(asked, [*self.children, self.area], self.around, self.as_of)

    @property
    def version(self) -> str | None:
        # Where nothing was written since, it is known without reading them again.
        keys = (figure.key for figure in self.chosen)
        name = ("version", self.area, self.as_of, self.since, bool(self.children), *keys)
        return remembered(name, kinds(), lambda: self._reading.version)

    @property
    def computed_at(self) -> datetime.datetime | None:
        """When what is kept of the area was computed; None where it is computed for this request."""
        return self._reading.computed_at(self.area)

    def counted(self, figure: Figure) -> int | None:
        """How many records the figure counts in the area; None where that is not what it does."""
        figure = self.meant(figure)
        entry = {} if figure.measure.parts else self._reading.entry(figure, self.area)
        return figure.measure.counted(entry)

    def value(self, figure: Figure) -> FigureValue:
        """The figure in the area."""
        return self._valued(self.meant(figure), self.area, Of.WHOLE)

    def parts(self, figure: Figure) -> list[FigureValue]:
        """The figure in the areas one level down, in order of code, then at the area's own level
        （本级）. A standard in force has no parts, since it covers what lies inside its area.
        """
        figure = self.meant(figure)
        if figure.measure.covers or codes.child_length(self.area) is None:
            return []
        counted = kernel.counted_by(figure)
        inside = [
            self._valued(figure, code, Of.PART)
            for code in self.children
            if self._has_part(counted, code)
        ]
        return [*inside, self._valued(figure, self.area, Of.OWN)]

    def part(self, figure: Figure, area: str) -> FigureValue | None:
        """The figure in one of the areas one level down; None where it has no part there."""
        figure = self.meant(figure)
        if figure.measure.covers or not self._has_part(kernel.counted_by(figure), area):
            return None
        return self._valued(figure, area, Of.PART)

    def _has_part(self, counted: Figure, area: str) -> bool:
        """Whether the area, one of those inside, exists or has records all the same."""
        exists = self.children.get(area)
        return bool(exists or (exists is not None and self._reading.entry(counted, area)))

    def meant(self, figure: Figure) -> Figure:
        """The figure with the meaning it has here."""
        meant = figure.since(self.since)
        if meant not in self.chosen:
            raise KeyError(figure.key)
        return meant

    def _valued(self, figure: Figure, area: str, of: Of) -> FigureValue:
        amount = self._reading.amount(figure, area, of)
        return FigureValue(figure, area, self.as_of, **vars(amount))


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
    around = codes.lineage(area)
    if codes.child_length(area) is None or (not inside and len(around) > 1):
        around = around[:-1]
    return Opened(chosen, area, as_of, since, children, around)


def _children(area: str, as_of: datetime.date) -> dict[str, bool]:
    """The areas one level down, and whether they exist on the date."""

    def children() -> dict[str, bool]:
        exists = ExpressionWrapper(in_force(as_of), output_field=BooleanField())
        inside = Area.objects.filter(parent=area).order_by("code")
        return dict(inside.annotate(exists=exists).values_list("code", "exists"))

    return remembered(("children", area, as_of), [Area], children)
