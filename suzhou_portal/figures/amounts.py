"""What a figure comes to: from a row of its measure's aggregates, or from its two parts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from suzhou_portal.figures.enums import State
from suzhou_portal.figures.measures import ratio
from suzhou_portal.figures.registry import Figure


@dataclass(frozen=True)
class Amount:
    """What a figure comes to in one area; `value` is None where `state` says why. Ratios and means
    carry numerator and denominator.
    """

    value: Decimal | None
    state: State
    numerator: Decimal | int | None = None
    denominator: Decimal | int | None = None


WITHHELD = Amount(None, State.WITHHELD)


def amount(figure: Figure, row: dict[str, Any] | None) -> Amount:
    """What a row of the measure's aggregates says; none is a place without records."""
    if not row or not row["rows"]:
        state = figure.nothing
        return Amount(Decimal(0) if state is State.KNOWN else None, state)
    value = figure.measure.value(row)
    state = State.UNKNOWN if value is None else State.KNOWN
    return Amount(value, state, row.get("numerator"), row.get("denominator"))


def quotient(above: Decimal | int | None, below: Decimal | int | None) -> Amount:
    """One value divided by another, both kept."""
    value = ratio(above, below)
    state = State.UNKNOWN if value is None else State.KNOWN
    return Amount(value, state, above, below)
