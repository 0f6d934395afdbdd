"""How places stand to each other: who may be compared, quarters, the average, and what is said of it."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.standing import average, comparable, quarters, said

DAY, HERE = datetime.date(2023, 4, 30), "620902"


def value(area, number, key="organizations", state=State.KNOWN, **parts):
    number = None if number is None else Decimal(str(number))
    return FigureValue(figures.get(key), area, DAY, number, state, **parts)


def places(*numbers, **kind):
    """Streets with these values, none for None, and the district's own level."""
    found = [
        value(
            f"62090200{n}",
            one,
            state=State.KNOWN if one is not None else State.NOT_REPORTED,
            **kind,
        )
        for n, one in enumerate(numbers, 1)
    ]
    return [*found, value(HERE, 99, **kind)]


def names():
    return {f"62090200{n}": f"街道{n}" for n in range(1, 9)}


def test_zero_is_compared_and_neither_gaps_nor_the_own_level():
    assert comparable(places(3, 0, None), HERE) == {"620902001": 3, "620902002": 0}


def test_a_ratio_of_few_is_compared_with_nobody(settings):
    settings.RANKING_MINIMUM = 10
    ratios = [
        value("620902001", 0.5, "certified_ratio", numerator=Decimal(1), denominator=Decimal(2)),
        value("620902002", 0.5, "certified_ratio", numerator=Decimal(5), denominator=Decimal(10)),
    ]
    assert list(comparable(ratios, HERE)) == ["620902002"]


def test_a_mean_of_few_people_is_compared_with_nobody(settings):
    settings.RANKING_MINIMUM = 10
    mean = value("620902001", 3420, "average_monthly_pay", numerator=1, denominator=120, people=9)
    assert comparable([mean], HERE) == {}


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([1, 2, 3], []),
        ([5, 5, 5, 5], []),
        ([1, 2, 3, 4], [1, 2, 3, 4]),
        ([4, 1, 1, 9], [3, 1, 1, 4]),
        ([0, 0, 0, 7], [2, 2, 2, 4]),
        # Most of a long tie is neither the lowest nor the highest quarter.
        ([0, 1, 1, 1, 1, 1, 1], [1, 3, 3, 3, 3, 3, 3]),
        ([1, 5, 5, 5], [1, 3, 3, 3]),
    ],
)
def test_quarters(numbers, found):
    rivals = {str(n): Decimal(one) for n, one in enumerate(numbers)}
    assert list(quarters(rivals).values()) == found


@given(st.lists(st.integers(0, 30), min_size=4, max_size=40))
def test_equals_share_a_quarter_and_more_is_never_in_a_lower_one(numbers):
    rivals = {str(n): Decimal(one) for n, one in enumerate(numbers)}
    found = quarters(rivals)
    for one in found:
        for other in found:
            if rivals[one] <= rivals[other]:
                assert found[one] <= found[other]
    assert not found or set(found.values()) <= {1, 2, 3, 4}


def test_the_average_is_of_those_that_have_a_value():
    assert average(places(3, 0, None), value(HERE, 102)) == Decimal("1.5")
    assert average(places(None, None), value(HERE, 99)) is None


def test_of_a_ratio_the_average_is_the_whole_and_no_mean_of_ratios():
    whole = value(HERE, 0.3, "certified_ratio")
    assert average(places(0.1, 0.9, key="certified_ratio"), whole) == Decimal("0.3")


WITHOUT = "另有1个地区没有可比的数值。"


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((3, 1, 2), "最高的是街道1（3个），最低的是街道2（1个），平均2个。"),
        ((3, 3, 1), "最高的是街道1等2个地区（3个），最低的是街道3（1个），平均2.33个。"),
        ((3, 1, None), f"最高的是街道1（3个），最低的是街道2（1个），平均2个。{WITHOUT}"),
        ((2, 2), "各地区都是2个。"),
        ((2, None), f"街道1（2个）。{WITHOUT}"),
        ((None,), "还没有可以比较的地区。"),
    ],
)
def test_what_is_said(numbers, sentence):
    whole, found = value(HERE, 102), places(*numbers)
    told = said(found, whole, names(), average(found, whole))
    assert told == f"引入和培育社会组织{sentence}"
