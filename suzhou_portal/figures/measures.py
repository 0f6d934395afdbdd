"""The ways a figure's value follows from its records: all that differs by measure is said here."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import counted_in
from suzhou_portal.figures import grouping, privacy, proof
from suzhou_portal.figures.grouping import AREA_COLUMN, Entry

Gaps = Mapping[str, set[str]]


@dataclass(frozen=True)
class Measure:
    """How to aggregate. `name` is public (data endpoints and docs).

    `additive`: the value of a whole is the sum of its parts. `divides`: the value is a quotient, and so
    says little where it is of few. `withholds`: some values are of too few people to be shown. `covers`:
    a record counts for all that lies inside its area, so that a figure has no parts.
    """

    name = ""
    additive = divides = withholds = covers = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys of the figures it is made of; none for what has records of its own."""
        return ()

    def nature(self, kind: str, parts: Sequence[str]) -> str:
        """How a figure of that kind stands to time, for people; `parts` says it of its parts."""
        return kind

    def aggregates(self, only: Q | None = None) -> dict[str, Any]:
        """Named SQL aggregates over the records, or over those alone that meet a condition."""
        raise NotImplementedError

    def asked(self, records: QuerySet) -> QuerySet:
        """The records with every column a computation reads."""
        return records.values(AREA_COLUMN).annotate(**self.aggregates())

    def value(self, entry: Entry) -> Decimal | None:
        """The value an entry gives; None where there is nothing to compute from."""
        return None if entry["value"] is None else Decimal(entry["value"])

    def counted(self, entry: Entry) -> int | None:
        """How many records the value counts; None where counting is not what it does."""
        return entry.get("rows", 0)

    def within(self, records: Any, area: str) -> QuerySet:
        """The records, of those given, that count in an area."""
        return records.within(area)

    def entries(
        self,
        counted: Sequence[QuerySet],
        areas: Iterable[str],
        *,
        own: bool = False,
        proven: bool = False,
    ) -> dict[tuple[int, str], Entry]:
        """The entry of each area, by the number of the records counted, in one statement. `own` adds
        what stands in the area itself, `proven` which records were counted.
        """
        return grouping.entries(counted, areas, self.aggregates, own=own, proven=proven)

    def own_entries(self, counted: QuerySet, areas: Iterable[str]) -> dict[str, Entry]:
        """The aggregates over the records that stand in each of the areas itself, where there are any."""
        return grouping.own_entries(counted, areas, self.aggregates)

    def gaps(self, counted: QuerySet, areas: Iterable[str]) -> dict[datetime.date, Gaps]:
        """What is withheld in each month (by its first day) among the parts of each of the areas."""
        return {}


@dataclass(frozen=True)
class CountOf(Measure):
    """How many records."""

    name = "count"
    additive = True

    def aggregates(self, only=None):
        return {"value": Count("pk", filter=only), "rows": Count("pk", filter=only)}


@dataclass(frozen=True)
class SumOf(Measure):
    """The sum of one column of the records."""

    column: str
    name = "sum"
    additive = True

    def aggregates(self, only=None):
        return {
            "value": Sum(self.column, default=0, filter=only),
            "rows": Count("pk", filter=only),
        }


@dataclass(frozen=True)
class DistinctOf(Measure):
    """How many different values one column of the records has. Not a sum over areas."""

    column: str
    name = "distinct"

    def aggregates(self, only=None):
        return {
            "value": Count(self.column, distinct=True, filter=only),
            "rows": Count("pk", filter=only),
        }


class _Few(Aggregate):
    """The different values of a column where they are fewer than five people."""

    template = (
        f"CASE WHEN count(DISTINCT %(expressions)s) < {privacy.MINIMUM_PEOPLE}"
        " THEN array_agg(DISTINCT %(expressions)s) END"
    )
    output_field = ArrayField(BigIntegerField())


@dataclass(frozen=True)
class MeanOf(Measure):
    """The mean of one column, withheld by the rules of `privacy`.

    `people` is whom each record is about, `when` the first day of the month it is of.
    """

    column: str
    people: str
    when: str
    name = "mean"
    divides = withholds = True

    def nature(self, kind, parts):
        return f"平均数（{kind}）"

    def aggregates(self, only=None):
        return {
            "numerator": Sum(self.column, filter=only),
            "denominator": Count("pk", filter=only),
            "people": Count(self.people, distinct=True, filter=only),
            "rows": Count("pk", filter=only),
        }

    def value(self, entry):
        return ratio(entry["numerator"], entry["denominator"])

    def gaps(self, counted, areas):
        """One statement for any number of areas."""
        levels = grouping.by_level(areas)
        people: dict[datetime.date, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        for row in grouping.joined(
            self._people(counted, length, places) for length, places in levels.items()
        ):
            outer = row["in_place"][: row["in_length"]] or codes.COUNTRY
            if codes.length_of(outer) == row["in_length"]:  # a shorter one stands further out
                people[row["in_month"]][outer].append(row)
        every = list(chain.from_iterable(levels.values()))
        return {
            month: {area: privacy.gaps(parts.get(area, ())) for area in every}
            for month, parts in people.items()
        }

    def _people(self, counted: QuerySet, length: int, places: list[str]) -> QuerySet:
        """Who stands behind the mean in each month and each part of these places of one length."""
        return (
            grouping.inside(counted, places)
            .values(
                in_month=TruncMonth(self.when),
                in_length=Value(length),
                in_place=counted_in(codes.child_length(places[0]) or length),
            )
            .annotate(people=Count(self.people, distinct=True), few=_Few(self.people))
        )


@dataclass(frozen=True)
class CurrentOf(Measure):
    """The column of the one record in force: of the closest area around, the latest. Its entry holds
    `value`, and `previous` where another one of the same area was in force before.
    """

    column: str
    since: str
    name = "current"
    covers = True

    def asked(self, records):
        return records.values_list(AREA_COLUMN, self.since, self.column)

    def counted(self, entry):
        return None

    def within(self, records, area):
        return records.covering(area)

    def entries(self, counted, areas, *, own=False, proven=False):
        lines = {area: codes.lineage(area) for area in areas}
        around = set(chain.from_iterable(lines.values()))
        standing: dict[tuple[int, str], list[Entry]] = defaultdict(list)
        rows = grouping.joined(
            records.filter(area__in=around).order_by().values(
                "pk", in_span=Value(number), in_place=F(AREA_COLUMN),
                standing_since=F(self.since), standing=F(self.column),
            )
            for number, records in enumerate(counted)
        )  # fmt: skip
        for row in sorted(rows, key=lambda row: (row["standing_since"], row["pk"]), reverse=True):
            standing[row["in_span"], row["in_place"]].append(row)
        return {
            (number, area): self._standard(
                [standing[number, code] for code in reversed(line) if (number, code) in standing],
                proven,
            )
            for number, _ in enumerate(counted)
            for area, line in lines.items()
        }

    @staticmethod
    def _standard(outwards: list[list[Entry]], proven: bool) -> Entry:
        """From the records in force around an area, of each division the latest first."""
        every = list(chain.from_iterable(outwards))
        if not every:
            return {}
        closest = (row["standing"] for row in outwards[0][:2])
        found: Entry = dict(zip(("value", "previous"), closest, strict=False))
        return (
            found | {"rows": len(every)} | (proof.of(row["pk"] for row in every) if proven else {})
        )


@dataclass(frozen=True)
class RatioOf(Measure):
    """One figure divided by another; both are shown."""

    numerator: str
    denominator: str
    name = "ratio"
    divides = True

    @property
    def parts(self):
        return (self.numerator, self.denominator)

    def nature(self, kind, parts):
        return f"比率（{'÷'.join(parts)}）"

    def counted(self, entry):
        return None


def ratio(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """The quotient; None where either is missing or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return Decimal(numerator) / Decimal(denominator)
