"""Values, changes and differences as pages say them."""

from collections.abc import Callable
from decimal import Decimal

from suzhou_portal import formats
from suzhou_portal.figures.cards import shown_in
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.trends import ChangeOverTime

SAME = "持平"


def amount_text(amount: Amount, figure: Figure) -> str:
    """An amount in the figure's unit; the reason where there is none."""
    return "".join(shown_in(amount, figure.unit))


def change_text(change: ChangeOverTime | None, figure: Figure) -> str:
    """How much more or less, in the unit and as a share; a dash where nothing can be compared."""
    if change is None:
        return formats.DASH
    if formats.is_nothing(change.difference, figure.unit):
        return SAME
    share = "" if change.share is None or figure.unit == formats.PERCENT else _share(change.share)
    return difference_text(change.difference, figure.unit) + share


def difference_text(difference: Decimal | int, unit: str) -> str:
    """A difference with its sign; of percentages in 百分点."""
    if formats.is_nothing(difference, unit):
        return SAME
    sign = "+" if difference > 0 else "−"
    return sign + formats.distance(abs(Decimal(difference)), unit)


def _share(share: Decimal) -> str:
    return f"（{'+' if share > 0 else '−'}{share_text(share)}）" if share else ""


def share_text(share: Decimal) -> str:
    """A share without its sign, in percent."""
    return f"{formats.number(abs(share) * 100, 1)}%"


def parts_text(amount: Amount, over: str, worded: Callable[[Decimal | int], str]) -> str:
    """Of a ratio or mean its numerator over its denominator; blank where these are not known."""
    if amount.numerator is None or amount.denominator is None:
        return ""
    return f"{worded(amount.numerator)}{over}{worded(amount.denominator)}"
