"""Published beside computed: neither overwrites the other, and a difference is named."""

from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal import formats
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import Agreement, Exactness
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import Figure


@dataclass(frozen=True)
class Comparison:
    """How a computed value stands to a published one; `difference` is computed less published."""

    agreement: Agreement
    difference: Decimal | None = None


def compare(computed: FigureValue, published: PublishedValue | None) -> Comparison:
    """Compare values of the same figure and area. What was published of a day says nothing of another,
    and what a flow is as of a day nothing of a period.
    """
    if published is None:
        return Comparison(Agreement.UNPUBLISHED)
    if published.exactness == Exactness.QUALITATIVE or published.value is None:
        return Comparison(Agreement.QUALITATIVE)
    if computed.as_of != published.as_of or computed.figure.counted_from:
        return Comparison(Agreement.OTHER_TIME)
    if computed.value is None:
        return Comparison(Agreement.NOT_COMPARABLE)
    difference = computed.value - published.value
    if published.exactness == Exactness.LOWER_BOUND:
        agreement = Agreement.WITHIN if difference >= 0 else Agreement.BELOW
        return Comparison(agreement, difference)
    same = is_nothing(difference, computed.figure)
    return Comparison(Agreement.SAME if same else Agreement.DIFFERENT, difference)


def is_nothing(difference: Decimal, figure: Figure) -> bool:
    """Whether a difference is less than what is published: a computed mean or ratio has more decimals
    than anybody publishes, or than a snapshot keeps.
    """
    return formats.is_nothing(difference, figure.unit)
