"""Lines the size of a word: what has no value is a gap that says which, and never a zero."""

import re
from decimal import Decimal

from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.sparklines import sparkline


def of(*values):
    amounts = [
        Amount(None, State(one)) if isinstance(one, str) else Amount(Decimal(one), State.KNOWN)
        for one in values
    ]
    return sparkline(amounts, "支", "近期")


def lines(drawn):
    return re.findall(r'spark-line" d="M([^"]+)"', drawn)


def test_highest_at_the_top_and_lowest_at_the_foot():
    [line] = lines(of(551, 617, 968))
    heights = [float(y) for y in line.split()[1::2]]
    assert heights == sorted(heights, reverse=True)
    assert (heights[0], heights[-1]) == (24, 4)


def test_its_title_says_all_of_it():
    assert "<title>近期：551支、未报、968支</title>" in of(551, "not_reported", 968)


def test_each_gap_has_its_own_mark_and_a_zero_none():
    marks = {}
    for state in ("not_reported", "unknown", "withheld"):
        drawn = of(5, 6, state, 8, 9)
        assert len(lines(drawn)) == 2
        [marks[state]] = re.findall(rf'class="spark-{state}" d="M[\d.]+ \d+([^"]+)"', drawn)
    assert len(set(marks.values())) == 3
    assert len(lines(of(5, 6, 0, 8, 9))) == 1
    assert "spark-unknown" not in of(5, 6, 0, 8, 9)


def test_one_value_between_gaps_is_a_dot():
    drawn = of("unknown", 5, "unknown", 7, 8)
    assert 'r="1.5"' in drawn
    assert len(lines(drawn)) == 1


def test_where_all_are_the_same_the_line_is_flat_and_zeros_lie_at_the_foot():
    [same], [zeros] = lines(of(4, 4, 4)), lines(of(0, 0, 0))
    assert {float(y) for y in same.split()[1::2]} == {14}
    assert {float(y) for y in zeros.split()[1::2]} == {24}


def test_of_nothing_known_only_marks_are_drawn():
    drawn = of("not_reported", "not_reported")
    assert "<circle" not in drawn
    assert "近期：未报、未报</title>" in drawn
