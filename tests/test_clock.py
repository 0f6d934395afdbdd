"""From hour to hour: past midnight, until 24:00, and what no span is."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from suzhou_portal import clock

DAY = datetime.date(2022, 12, 3)


def at(hour, minute=0):
    return datetime.time(hour, minute)


@pytest.mark.parametrize(
    ("begin", "end", "minutes", "text"),
    [
        (at(9), at(11, 30), 150, "2022年12月3日 09:00–11:30"),
        (at(22), at(2), 240, "2022年12月3日 22:00–次日02:00"),
        (at(18), at(0), 360, "2022年12月3日 18:00–24:00"),
        (at(0), at(6), 360, "2022年12月3日 00:00–06:00"),
        (at(23, 59), at(0, 1), 2, "2022年12月3日 23:59–次日00:01"),
    ],
)
def test_a_span_ends_at_the_first_such_time(begin, end, minutes, text):
    assert clock.minutes(begin, end) == minutes
    assert clock.text(DAY, begin, end) == text
    begun = datetime.datetime.combine(DAY, begin)
    assert clock.moment(DAY, begin, end) == begun + datetime.timedelta(minutes=minutes)


def test_what_is_not_known_is_not_said():
    assert clock.text(DAY, None, None) == "2022年12月3日"
    assert clock.text(DAY, at(9), None) == "2022年12月3日 09:00"
    assert clock.text(None, None, None) == "—"


@pytest.mark.parametrize("typed", ["24:00", "24：00", "00:00", " 24:00 "])
def test_midnight_is_typed_as_people_write_it(typed):
    field = clock.EndTime().formfield()
    assert field.clean(typed) == at(0)
    assert clock.EndTime().to_python(typed.strip()) == at(0)
    assert field.widget.format_value(at(0)) == "24:00"
    assert field.widget.format_value(at(9, 5)) == "09:05"


@pytest.mark.parametrize("typed", ["24:01", "25:00", "晚上"])
def test_no_other_time_is_past_24(typed):
    with pytest.raises(ValidationError):
        clock.EndTime().formfield().clean(typed)
