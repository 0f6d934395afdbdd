"""The date figures are as of, and counting months back from it."""

import datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal.figures.dates import default_as_of
from suzhou_portal.months import months_before
from tests.factories.figures import DemonstrationFactory

date = datetime.date


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 4, 30), 0, date(2023, 4, 30)),
        (date(2023, 4, 30), 12, date(2022, 4, 30)),
        (date(2023, 4, 30), 24, date(2021, 4, 30)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2024, 2, 29), 48, date(2020, 2, 29)),
        (date(2023, 3, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2022, 12, 31)),
        (date(2023, 12, 31), 1, date(2023, 11, 30)),
        (date(2023, 1, 1), 13, date(2021, 12, 1)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected


@given(st.dates(date(1950, 1, 1), date(9998, 12, 31)), st.integers(0, 500))
def test_months_before_is_that_many_months_and_at_most_three_days_short(day, months):
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == day.day or (before + datetime.timedelta(days=1)).day == 1
    assert 0 <= day.day - before.day <= 3


class TestDefaultAsOf:
    DEMONSTRATION = DemonstrationFactory.build(area=None, as_of=date(2023, 4, 30))

    def test_the_site_chooses(self, settings):
        settings.PORTAL_AS_OF = date(2020, 1, 1)
        assert default_as_of(self.DEMONSTRATION) == date(2020, 1, 1)

    def test_else_the_demonstrations_own(self):
        assert default_as_of(self.DEMONSTRATION) == date(2023, 4, 30)

    @time_machine.travel("2024-05-31T16:30:00+00:00", tick=False)
    def test_else_today_in_shanghai(self):
        assert default_as_of(None) == date(2024, 6, 1)
