"""What is shown of a snapshot: of a mean, only what the records of today show too.

A snapshot never changes, the records do, and so did the rule by which means are withheld. Beside a mean
of today one that was kept from other records could be subtracted.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from suzhou_portal import formats
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import WITHHELD, Amount
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import amounts

PLACES = Decimal(1).scaleb(-6)
# As measures are written down with a definition.
_MEAN = "MeanOf"
CONCEALED = "当时的值不公布"


class Disclosed:
    """A snapshot as pages may show it; until `disclosed` has looked, of a mean nothing."""

    # What a snapshot says by itself, and its definition.
    value: Any
    numerator: Any
    denominator: Any
    value_state: Any
    definition: Any
    may_be_read = False

    @property
    def corrected(self) -> list[Any]:
        """The corrections published of it, earliest first."""
        return getattr(self, "published", [])

    @property
    def is_mean(self) -> bool:
        """Whether it is a mean, as its own definition has it, with a value."""
        return self.value is not None and self.definition.measure.startswith(_MEAN)

    @property
    def is_concealed(self) -> bool:
        """Whether its value, and what corrections say it should be, is shown to nobody."""
        return self.is_mean and not self.may_be_read

    @property
    def amount(self) -> Amount:
        """What may be shown of it."""
        if self.is_concealed:
            return WITHHELD
        return Amount(self.value, State(self.value_state), self.numerator, self.denominator)

    @property
    def text(self) -> str:
        """The value as people read it, in the unit of its own definition."""
        return self.worded(self.value)

    def worded(self, value: Decimal | None) -> str:
        """A value in this snapshot's unit; without one, the snapshot's own reason."""
        if self.is_concealed:
            return CONCEALED
        if value is None:
            return State(self.value_state).label
        return "".join(formats.quantity(value, self.definition.unit))


def disclosed(snapshots: Iterable[Any]) -> list[Any]:
    """The snapshots, each told whether it may be shown: two statements for each mean of an area."""
    snapshots = list(snapshots)
    means: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for snapshot in snapshots:
        if snapshot.is_mean:
            means[snapshot.area_id, snapshot.figure].append(snapshot)
    known = {figure.key: figure for figure in figures.all()}
    for (area, key), kept in means.items():
        if key not in known:  # nothing can be computed beside it any more
            continue
        over = [Span.whole(one.report.span) for one in kept]
        for snapshot, now in zip(kept, amounts(known[key], over, area), strict=True):
            snapshot.may_be_read = _parts(snapshot) == _parts(now)
    return snapshots


def rounded(value: Decimal | int | None) -> Decimal | None:
    """A value as snapshots keep it."""
    return None if value is None else Decimal(value).quantize(PLACES)


def _parts(amount: Any) -> list[Decimal | None]:
    return [rounded(one) for one in (amount.value, amount.numerator, amount.denominator)]
