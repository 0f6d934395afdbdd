"""Somebody who knows who was paid where and when, and reads every mean that is published.

What can be had from published sums by adding and subtracting, with any factors, gives the same factor
to all cells (a place in a month) that stand in the same sums. So nobody learns a sum over fewer than
five people where each class of cells that no published sum tells apart is of five people or more. That
covers differences of two dates, of a period and its months, of a place and what lies inside it, and
whatever else linear algebra finds.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from communities.models import PayMonth
from suzhou_portal.analysis.asking import Asked, Axis
from suzhou_portal.analysis.pivot import pivot
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.privacy import MINIMUM_PEOPLE
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.trends import series
from suzhou_portal.months import months_before
from suzhou_portal.reporting.capture import capture
from suzhou_portal.reporting.disclosure import disclosed, rounded
from suzhou_portal.reporting.models import Snapshot

KEY = "average_monthly_pay"
WINDOW = 12  # months the mean looks back
Cell = tuple[str, datetime.date]


class Attacker:
    """Takes down what is published of some places and what lies one level down in them, or of all;
    `broken` says what follows from it.
    """

    def __init__(self, places=None):
        self.people: dict[Cell, set[int]] = defaultdict(set)
        self.gross: dict[Cell, int] = defaultdict(int)
        pay = PayMonth.objects.filter(post__full_time=True).order_by()
        for area, month, person, gross in pay.values_list("area", "month", "post__person", "gross"):
            self.people[area, month].add(person)
            self.gross[area, month] += gross
        self.sums: dict[frozenset[Cell], str] = {}
        self.told: dict[tuple, object] = {}
        self.months = sorted({month for _, month in self.people})
        self.places = places or sorted(
            {code for area, _ in self.people for code in codes.lineage(area)}
        )

    def sees(self, amount, where, first, last, named, *, own=False):
        """A mean of a place, or of its own level, from one day to another, the same by every way."""
        asked = (where, own, first, last)
        value = rounded(amount.value)
        assert self.told.setdefault(asked, value) == value, named
        if amount.value is None:
            return
        cells = frozenset(
            (area, month)
            for area, month in self.people
            if first <= month <= last and (area == where if own else codes.contains(where, area))
        )
        # What is published is what the attacker takes it for.
        assert sum(self.gross[cell] for cell in cells) == amount.numerator, named
        self.sums.setdefault(cells, named)

    def broken(self) -> list[str]:
        """Each group of fewer than five people that published sums set apart, and which these are."""
        classes: dict[frozenset[str], set[Cell]] = defaultdict(set)
        for cell in self.people:
            classes[frozenset(name for cells, name in self.sums.items() if cell in cells)].add(cell)
        classes.pop(frozenset(), None)
        return [
            f"{sorted(cells)} in {sorted(names)}"
            for names, cells in classes.items()
            if len(set().union(*(self.people[cell] for cell in cells))) < MINIMUM_PEOPLE
        ]

    def reads_everything(self):
        """Each date on which a value may be another, each period, each place, by every way to a value."""
        if self.months:
            for day in self._days():
                self._reads(day, None, f"as of {day}")
            for kind in PeriodKind:
                periods = list(dict.fromkeys(Period.of(month, kind) for month in self.months))
                for period in periods:
                    self._reads(period.last, period.first, str(period))
                    self._reads_what_is_kept(period)
                self._reads_trends(periods)
                self._reads_analysis(periods)
            self._reads_returns()

    def _days(self) -> Iterator[datetime.date]:
        """One for each set of months that the window ever holds."""
        day, held = months_before(self.months[0], 1), None
        while day <= months_before(self.months[-1], -WINDOW - 1):
            first = _first(day)
            holds = [month for month in self.months if first <= month <= day]
            if holds != held:
                yield day
            day, held = months_before(day, -1), holds

    def _reads(self, last, since, named):
        """The pages of all places: headline, break-down, the place's own level."""
        first = since or _first(last)
        figure = figures.get(KEY)
        for place in self.places:
            inside = codes.child_length(place) is not None
            here = door.opened([figure], place, last, since=since, inside=inside)
            self.sees(here.value(figure), place, first, last, f"{place} {named}")
            for part in here.parts(figure) if inside else ():
                own = part.area == place
                said = f"{part.area} {named}, own" if own else f"{part.area} {named}, part"
                self.sees(part, part.area, first, last, said, own=own)

    def _reads_trends(self, periods):
        for place in self.places:
            for one in series(KEY, place, periods, periods[-1].last):
                period = one.period
                self.sees(one.amount, place, period.first, period.last, f"{place} {period} trend")

    def _reads_analysis(self, periods):
        """The table of all places and periods at once, as the analysis desk makes it; and of the last day."""
        places = tuple(Area.objects.filter(code__in=self.places))
        for chosen in (tuple(periods), ()):
            scope = Scope(places[0], periods[-1].last, True, chosen[-1] if chosen else None)
            asked = Asked(scope, (figures.get(KEY),), (), (), places, chosen, Axis.PLACE)
            for (_, place, period), one in pivot(asked).values.items():
                first, last = (
                    (period.first, period.last) if period else (_first(scope.as_of), scope.as_of)
                )
                self.sees(one, place, first, last, f"{place} {period or last} analysis")

    def _reads_what_is_kept(self, period):
        for (place, _), one in capture(self.places, period, [KEY]).items():
            self.sees(one.amount, place, period.first, period.last, f"{place} {period} kept")

    def _reads_returns(self):
        kept = Snapshot.objects.filter(figure=KEY, area__in=self.places).with_proof()
        for one in disclosed(kept):
            period = one.report.span
            if one.amount.value is not None:
                said = f"{one.area_id} {period} returned"
                self.sees(one.amount, one.area_id, period.first, period.last, said)


def _first(last: datetime.date) -> datetime.date:
    return months_before(last, WINDOW) + datetime.timedelta(days=1)
