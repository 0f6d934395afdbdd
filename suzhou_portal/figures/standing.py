"""How the parts of a division stand to each other by one figure: which of them may be compared at all,
in which quarter each lies, and what they have on average.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings

from suzhou_portal.figures.cards import together
from suzhou_portal.figures.door import FigureValue

QUARTERS = 4


def comparable(values: Iterable[FigureValue], around: str) -> dict[str, Decimal]:
    """The values that may be compared, by area. A mean or a ratio of few says little of a place and much of
    its people; the own level of the division `around` is no place beside others; what is unknown, not
    reported or withheld is no value.
    """
    return {
        value.area: value.value
        for value in values
        if value.value is not None
        and value.area != around
        and (value.sample is None or value.sample >= settings.RANKING_MINIMUM)
    }


def quarters(rivals: Mapping[str, Decimal]) -> dict[str, int]:
    """The quarter in which each lies, from 1, the lowest, to 4; equals share that of their middle, so that
    most of a long tie is neither low nor high. Of fewer than four, or where all are equal, nothing is said.
    """
    if len(rivals) < QUARTERS or len(set(rivals.values())) == 1:
        return {}
    every = sorted(rivals.values())
    return {
        area: 1
        + QUARTERS * (bisect_left(every, one) + bisect_right(every, one) - 1) // (2 * len(every))
        for area, one in rivals.items()
    }


def average(values: Iterable[FigureValue], whole: FigureValue) -> Decimal | None:
    """What the parts have on average: of a mean or a ratio the division's own value, in which each part
    weighs as much as it is of, of any other figure the mean of the places that have a value. None where
    there is none.
    """
    if whole.figure.measure.divides:
        return whole.value
    known = comparable(values, whole.area)
    return sum(known.values(), Decimal(0)) / len(known) if known else None


def said(
    values: Iterable[FigureValue],
    whole: FigureValue,
    names: Mapping[str, str],
    mean: Decimal | None,
) -> str:
    """How the parts compare, in a sentence or two: who is highest and lowest, the average, and how many have
    no value that may be compared.
    """
    values, figure = list(values), whole.figure
    rivals = comparable(values, whole.area)
    without = sum(value.area != whole.area for value in values) - len(rivals)
    rest = f"另有{without}个地区没有可比的数值。" if without and rivals else ""
    if not rivals:
        return f"{figure.label}还没有可以比较的地区。"
    worded = {area: together(value, figure.unit) for area, value in rivals.items()}
    low, high = min(rivals.values()), max(rivals.values())
    if low == high:
        alike = (
            f"各地区都是{next(iter(worded.values()))}"
            if len(rivals) > 1
            else _who(rivals, high, names, worded)
        )
        return f"{figure.label}{alike}。{rest}"
    told = f"{figure.label}最高的是{_who(rivals, high, names, worded)}，最低的是{_who(rivals, low, names, worded)}"
    around = f"，平均{together(mean, figure.unit)}" if mean is not None else ""
    return f"{told}{around}。{rest}"


def _who(
    rivals: Mapping[str, Decimal],
    value: Decimal,
    names: Mapping[str, str],
    worded: Mapping[str, str],
) -> str:
    """The places with that value: the first by name, and how many where there are more."""
    places = [area for area, one in rivals.items() if one == value]
    first = names.get(places[0], places[0])
    who = first if len(places) == 1 else f"{first}等{len(places)}个地区"
    return f"{who}（{worded[places[0]]}）"
