"""Working days: weekdays off and weekend days worked count as the State Council arranged them."""

import datetime
import io

import pytest
from django.core.management import call_command

from suzhou_portal.calendars import workdays
from suzhou_portal.calendars.models import SpecialDay

pytestmark = pytest.mark.django_db

D = datetime.date


@pytest.fixture
def arrangement():
    """Those of the reference data."""
    call_command("load_reference", stdout=io.StringIO())


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (D(2023, 4, 28), 1, D(2023, 5, 4)),  # Labour Day, from the 29th to the 3rd
        (D(2023, 4, 21), 1, D(2023, 4, 23)),  # a Sunday worked in exchange
        (D(2023, 1, 20), 1, D(2023, 1, 28)),  # Spring Festival, and a Saturday worked
        (D(2023, 9, 28), 2, D(2023, 10, 8)),
        (D(2026, 2, 13), 2, D(2026, 2, 24)),
        (D(2023, 3, 1), 5, D(2023, 3, 8)),
        (D(2023, 3, 1), 0, D(2023, 3, 1)),
    ],
)
def test_a_deadline_skips_holidays_and_counts_exchanged_days(arrangement, day, count, expected):
    assert workdays.after(day, count) == expected
    assert workdays.between(day, expected) == count


def test_a_year_without_an_arrangement_goes_by_the_week(arrangement):
    assert not workdays.arranged(2031)
    assert workdays.after(D(2031, 9, 30), 1) == D(2031, 10, 1)
    assert workdays.arranged(2023)


def test_nothing_lies_between_a_day_and_an_earlier_one(arrangement):
    assert workdays.between(D(2023, 3, 8), D(2023, 3, 1)) == 0


def test_loading_again_leaves_what_somebody_edited(arrangement):
    SpecialDay.objects.filter(date__year=2023).exclude(date=D(2023, 1, 2)).delete()
    call_command("load_reference", stdout=io.StringIO())
    assert SpecialDay.objects.filter(date__year=2023).count() == 1
