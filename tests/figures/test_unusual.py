"""When a value is unlike those before it, and when too little is known to say so."""

from decimal import Decimal

import pytest

from suzhou_portal.figures.unusual import FACTOR, FEWEST, unusual


def of(value, *before):
    return unusual(
        None if value is None else Decimal(value),
        [None if one is None else Decimal(one) for one in before],
    )


def test_what_is_far_from_the_median_is_told_with_it():
    found = of(18, 3, 2, 4, 3, 5, 3, 2, 4)
    assert (found.value, found.median, found.of, found.word) == (18, 3, 8, "偏多")
    assert found.z == 15 * FACTOR  # the MAD is 1
    assert of(2, 9, 9, 10, 6, 4, 8, 10, 14).word == "偏少"


def test_one_odd_quarter_before_does_not_hide_another():
    """With mean and standard deviation, 900 would make anything usual."""
    assert of(40, 3, 2, 4, 900, 3, 5, 3, 2)


@pytest.mark.parametrize(
    ("value", "before"),
    [
        (5, [3, 2, 4, 3, 5, 3, 2, 4]),  # like the others
        (18, [3, 2, 4, 3, 5]),  # too few
        (18, [3, 2, 4, 3, 5, None, None]),  # too few are known
        (None, [3, 2, 4, 3, 5, 3, 2, 4]),  # nothing to judge
        (18, [3] * 8),  # nobody knows how far they vary
        (0, [0] * 8),
        (1, [0, 0, 1, 0, 0, 0, 0, 1]),  # half are the same
        (800, [0, 65, 0, 0, 0, 83, 0, 0]),
        (18, []),
    ],
)
def test_nothing_is_said_of(value, before):
    assert of(value, *before) is None


def test_what_is_not_known_takes_no_part():
    known = [3, 2, 4, 3, 5, 3]
    assert len(known) == FEWEST
    assert of(18, *known) == of(18, None, *known, None)


def test_just_below_the_limit_is_usual():
    # The median is 4 and the MAD 1, so that the limit of 3.5 is 5.19 away.
    before = [3, 3, 4, 4, 4, 5, 5, 3]
    assert of("9.1", *before) is None
    assert of("9.2", *before)
