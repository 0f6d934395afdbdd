"""The ways a figure's value follows from its records: each is a few SQL aggregates over them.

The same aggregates give the value of one area and, grouped by code prefix, those of all areas in it.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, BigIntegerField, Count, Q, Sum

MINIMUM_PEOPLE = 5  # a mean over fewer people would tell what one of them earns


@dataclass(frozen=True)
class Measure:
    """How to aggregate. `name` is public (data endpoints and docs)."""

    name = ""
    additive = False

    def aggregates(self, only: Q | None = None) -> dict[str, Any]:
        """Named SQL aggregates over the records, or over those alone that meet a condition."""
        raise NotImplementedError

    def value(self, row: dict[str, Any]) -> Decimal | None:
        """The value from one row of aggregates; None where there is nothing to compute from."""
        return _decimal(row["value"])


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
        f"CASE WHEN count(DISTINCT %(expressions)s) < {MINIMUM_PEOPLE}"
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

    def aggregates(self, only=None):
        return {
            "numerator": Sum(self.column, filter=only),
            "denominator": Count("pk", filter=only),
            "people": Count(self.people, distinct=True, filter=only),
            "rows": Count("pk", filter=only),
        }

    def value(self, row):
        return ratio(row["numerator"], row["denominator"])

    def people_counted(self) -> dict[str, Any]:
        """Aggregates that say who stands behind it, as `privacy.gaps` wants to know."""
        return {"people": Count(self.people, distinct=True), "few": _Few(self.people)}


@dataclass(frozen=True)
class CurrentOf(Measure):
    """The column of the one record in force: of the closest area around, the latest."""

    column: str
    since: str
    name = "current"


@dataclass(frozen=True)
class RatioOf(Measure):
    """One figure divided by another; both are shown."""

    numerator: str
    denominator: str
    name = "ratio"


def ratio(numerator: Decimal | int | None, denominator: Decimal | int | None) -> Decimal | None:
    """The quotient; None where either is missing or the denominator is zero."""
    if numerator is None or not denominator:
        return None
    return Decimal(numerator) / Decimal(denominator)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
