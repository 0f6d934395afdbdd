"""The past of figures as units reported it: what was published of the periods that are over.

A snapshot never changes, so nothing is computed, at any level of the tree: a few statements for any
number of figures and areas. What nobody has reported is a gap, whatever the records would say.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from suzhou_portal.areas.codes import level_of
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.kept.sources import kinds_of_means
from suzhou_portal.figures.kernel import WITHHELD, Amount
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.sparklines import sparkline
from suzhou_portal.figures.unusual import Unusual, unusual
from suzhou_portal.reporting import duties
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.enums import CorrectionState, ReturnState
from suzhou_portal.reporting.models import Correction, FigureDefinition, Return, Snapshot

JUDGED = 8  # periods that the last one is compared with
READ = JUDGED + 2  # of a stock the changes between them count, one fewer
NOT_REPORTED = Amount(None, State.NOT_REPORTED)
_MEAN = "MeanOf"
KINDS = (Return, Snapshot, Correction, FigureDefinition)
_COLUMNS = (
    "pk", "area_id", "figure", "report__period", "value", "value_state",
    "definition__unit", "definition__measure", "definition__kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Of a past the last period of which a value was published, that value and the one of the period
    before; and the last periods as a line. Without any value, `amount` has none.
    """

    period: Period
    amount: Amount
    before: Amount
    spark: SafeString | str


@dataclass(frozen=True)
class Past:
    """What was published of a figure in an area, of each of the last periods that are over, earliest first."""

    figure: Figure
    periods: tuple[Period, ...]
    amounts: tuple[Amount, ...]

    @property
    def told(self) -> Told:
        """What a row says of it."""
        known = [number for number, one in enumerate(self.amounts) if one.value is not None]
        last = known[-1] if known else 0
        return Told(
            self.periods[last],
            self.amounts[last],
            self.amounts[last - 1] if last else NOT_REPORTED,
            self._spark,
        )

    @property
    def _spark(self) -> SafeString | str:
        """Blank where nothing was published of any of these periods, not even that it is unknown."""
        shown = self.amounts[-JUDGED:]
        if all(amount.state is State.NOT_REPORTED for amount in shown):
            return ""
        first, last = self.periods[-JUDGED], self.periods[-1]
        when = f"{first.label}至{last.label}上报的{self.figure.label}"
        return sparkline(shown, self.figure.unit, when)

    @property
    def unusual(self) -> Unusual | None:
        """What is said of the last period: of a flow its value, of any other figure its change."""
        values = [amount.value for amount in self.amounts]
        if self.figure.kind is not FigureKind.FLOW:
            values = [
                None if before is None or after is None else after - before
                for before, after in pairwise(values)
            ]
        return unusual(values[-1], values[-1 - JUDGED : -1])


Pasts = Mapping[tuple[str, str], Past]  # by area and figure


def reported_kind(area: str) -> PeriodKind | None:
    """The shortest kind of period that the unit of the area reports; None where it reports none."""
    level = level_of(area)
    return next((kind for kind in duties.kinds() if level in duties.levels(kind)), None)


Published = dict[tuple[str, str, str], Amount]  # by area, figure and period


def pasts(chosen: Iterable[Figure], areas: Iterable[str], day: datetime.date) -> Pasts:
    """The past of each figure in each area whose unit reports, by the day."""
    chosen = [figure for figure in chosen if figure.reported]
    kinds = {area: kind for area in areas if (kind := reported_kind(area))}
    periods = {kind: tuple(Period.last_over(day, kind).back(READ)) for kind in set(kinds.values())}
    wanted = sorted({str(period) for every in periods.values() for period in every})
    known = _published(kinds, {figure.key: figure for figure in chosen}, wanted) if kinds else {}
    return {
        (area, figure.key): Past(
            figure,
            periods[kind],
            tuple(known.get((area, figure.key, str(one)), NOT_REPORTED) for one in periods[kind]),
        )
        for area, kind in kinds.items()
        for figure in chosen
    }


def told_in(chosen: Iterable[Figure], area: str, day: datetime.date) -> dict[str, Told]:
    """What the past of these figures in an area tells, by figure. Kept until a return is written."""
    chosen = [figure for figure in chosen if figure.reported]

    def told() -> dict[str, Told]:
        return {key: past.told for (_, key), past in pasts(chosen, [area], day).items()}

    keys = (f"{figure.key} {figure.label}" for figure in chosen)
    return remembered(("told", area, day, *keys), rests_on(chosen), told)


def unusual_in(
    chosen: Sequence[Figure], areas: Sequence[str], day: datetime.date
) -> list[tuple[str, Figure, Period, Unusual]]:
    """What is unusual of the last period in these areas, the furthest from its past first: where, of what,
    when. Kept until a return is written.
    """

    def found() -> list[tuple[str, Figure, Period, Unusual]]:
        every = pasts(chosen, areas, day).items()
        odd = [
            (area, past.figure, past.periods[-1], one)
            for (area, _), past in every
            if (one := past.unusual)
        ]
        return sorted(odd, key=lambda one: -abs(one[-1].z))

    name = ("unusual", day, *areas, *(figure.key for figure in chosen))
    return remembered(name, rests_on(chosen), found)


def rests_on(chosen: Iterable[Figure] | None = None) -> list[Any]:
    """The kinds of record that the past of these figures, or of all, rests on: of a mean also those that say
    whether it may still be shown.
    """
    means = chosen is None or any(figure.measure.withholds for figure in chosen)
    return [*KINDS, *(kinds_of_means() if means else ())]


def _published(
    areas: Collection[str], chosen: Mapping[str, Figure], periods: Collection[str]
) -> Published:
    """What was published, corrected where that was, by area, figure and period: two statements, and for
    a mean what it takes to tell whether it may be shown.
    """
    where = {
        "report__state": ReturnState.APPROVED, "report__period__in": periods, "area__in": areas,
    }  # fmt: skip
    rows = list(Snapshot.objects.filter(**where, figure__in=chosen).values_list(*_COLUMNS))
    published = Correction.objects.filter(**where, state=CorrectionState.APPROVED)
    corrected = dict(published.exclude(value=None).order_by("pk").values_list("snapshot", "value"))
    means = [row[0] for row in rows if row[4] is not None and row[7].startswith(_MEAN)]
    readable = _readable(means) if means else frozenset()
    return {
        (area, key, period): WITHHELD
        if pk in means and pk not in readable
        else _amount(chosen[key], corrected.get(pk, value), state, meant)
        for pk, area, key, period, value, state, *meant in rows
    }


def _amount(figure: Figure, value: Decimal | None, state: str, meant: list[Any]) -> Amount:
    """The value, unless the figure meant something else then, beside which it says nothing."""
    if meant != [figure.unit, repr(figure.measure), figure.kind]:
        return Amount(None, State.UNKNOWN)
    return Amount(value, State(state) if value is None else State.KNOWN)


def _readable(means: list[int]) -> frozenset[int]:
    """Of these snapshots of means those that may be shown."""
    found = Snapshot.objects.filter(pk__in=means).select_related("report", "definition")
    return frozenset(one.pk for one in disclosed(found) if one.may_be_read)
