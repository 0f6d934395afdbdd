"""Months, quarters and years: written, read, counted back."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal.figures.periods import Period, PeriodKind

KINDS = st.sampled_from(PeriodKind)
DAYS = st.dates(datetime.date(1951, 1, 1), datetime.date(9990, 1, 1))
ONE = datetime.timedelta(days=1)


@given(DAYS, KINDS)
def test_what_is_written_is_read_back(day, kind):
    period = Period.of(day, kind)
    assert Period.parse(str(period)) == period
    assert period.first <= day <= period.last


@given(DAYS, KINDS)
def test_the_one_before_ends_the_day_before(day, kind):
    period = Period.of(day, kind)
    assert period.previous().last + ONE == period.first
    assert period.previous().moved(1) == period
    assert period.previous().kind is kind


@given(DAYS, KINDS)
def test_a_year_before_is_the_same_one_of_that_year(day, kind):
    period = Period.of(day, kind)
    before = period.year_before()
    assert (before.year, before.number) == (period.year - 1, period.number)
    assert before.first == period.first.replace(year=period.year - 1)


@given(DAYS, KINDS, st.integers(1, 40))
def test_the_last_so_many_follow_each_other(day, kind, count):
    periods = list(Period.of(day, kind).moved(40).back(count))
    assert len(periods) == count
    assert all(one.moved(1) == two for one, two in pairwise(periods))
    assert periods == sorted(periods)


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("2024-02", "2024年2月", "2024-02-01", "2024-02-29"),
        ("2023-Q2", "2023年第二季度", "2023-04-01", "2023-06-30"),
        ("2023", "2023年", "2023-01-01", "2023-12-31"),
    ],
)
def test_days_and_label(text, label, first, last):
    period = Period.parse(text)
    assert (period.label, period.first.isoformat(), period.last.isoformat()) == (label, first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2023-13", "2023-00", "2023-4", "2023-Q5", "2023-q1", "23", "2023-01-01", "0000", "1948",
     "２０２３", "2023-Q1\n", "2023\n"],
)  # fmt: skip
def test_what_does_not_exist_is_refused_with_a_reason(text):
    with pytest.raises(ValueError, match="没有这一时期"):
        Period.parse(text)


def test_a_period_runs_until_its_last_day():
    april = Period.parse("2023-04")
    assert not april.ended_by(datetime.date(2023, 4, 29))
    assert april.ended_by(datetime.date(2023, 4, 30))
    assert april.until(datetime.date(2023, 4, 29)) == datetime.date(2023, 4, 29)
    april.require_begun(datetime.date(2023, 4, 1))
    with pytest.raises(ValueError, match="2023年4月还没有开始（统计截至2023年3月31日）"):
        april.require_begun(datetime.date(2023, 3, 31))


def test_an_unknown_kind():
    assert PeriodKind.named("quarter") is PeriodKind.QUARTER
    with pytest.raises(ValueError, match="三种"):
        PeriodKind.named("week")


def test_the_last_one_that_is_over():
    for day, text in (
        ("2023-03-30", "2022-Q4"),
        ("2023-03-31", "2023-Q1"),
        ("2023-04-01", "2023-Q1"),
    ):
        over = Period.last_over(datetime.date.fromisoformat(day), PeriodKind.QUARTER)
        assert str(over) == text
