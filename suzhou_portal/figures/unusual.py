"""Whether a value is unlike those before it.

The modified z-score of Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): what a value is away
from the median, in median absolute deviations (MAD), times 0.6745, which makes it one standard deviation
where values are normal; from 3.5 on it is unusual. Neither median nor MAD is moved by a few odd quarters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

FEWEST = 6  # earlier values of which a median says anything
FACTOR, UNUSUAL = Decimal("0.6745"), Decimal("3.5")


@dataclass(frozen=True)
class Unusual:
    """A value, the median of so many before it, and its robust z, below 0 where it is less."""

    value: Decimal
    median: Decimal
    of: int
    z: Decimal

    @property
    def word(self) -> str:
        return "偏多" if self.z > 0 else "偏少"


def unusual(value: Decimal | None, before: Iterable[Decimal | None]) -> Unusual | None:
    """What is said of the value, None where it is like those before it, or they say too little: fewer than
    FEWEST are known, or half of them are the same, so that nothing tells how far they vary (a MAD of 0).
    """
    known = [one for one in before if one is not None]
    if value is None or len(known) < FEWEST:
        return None
    middle = median(known)
    mad = median(abs(one - middle) for one in known)
    if not mad:
        return None
    z = FACTOR * (value - middle) / mad
    return Unusual(value, middle, len(known), z) if abs(z) >= UNUSUAL else None
