"""From hour to hour: a day, the time at which something begins, and the time at which it ends.

An end is the first such time after the beginning: 22:00 to 02:00 is four hours and ends on the next day.
Midnight as an end is kept as 00:00, and read and written as 24:00. Nothing lasts 24 hours.
"""

import datetime
from typing import Any

from django import forms
from django.db import models
from django.db.models import Func

from suzhou_portal import formats

MIDNIGHT = datetime.time(0)
_ONE_DAY = 24 * 60  # minutes


def minutes(begin: datetime.time, end: datetime.time) -> int:
    """From one time to the next such other one; 0 where they are the same."""
    return ((end.hour - begin.hour) * 60 + end.minute - begin.minute) % _ONE_DAY


def moment(day: datetime.date, begin: datetime.time, time: datetime.time) -> datetime.datetime:
    """When what begins on that day at that time reaches another time; without a time zone, as the
    district has one.
    """
    begun = datetime.datetime.combine(day, begin)
    return begun + datetime.timedelta(minutes=minutes(begin, time))


def text(day: datetime.date | None, begin: datetime.time | None, end: datetime.time | None) -> str:
    """Day and hours, as far as they are known: 2022年12月3日 22:00–次日02:00."""
    if day is None or begin is None:
        return formats.date(day)
    said = f"{formats.date(day)} {begin:%H:%M}"
    if end is None:
        return said
    if end == MIDNIGHT:
        return f"{said}–24:00"
    return f"{said}–{'' if begin < end else '次日'}{end:%H:%M}"


def sql_minutes(begin: Any, end: Any) -> Func:
    """As `minutes`, of columns."""
    return Func(
        end, begin, arg_joiner=" - ", output_field=models.IntegerField(),
        template="mod((extract(epoch from (%(expressions)s)) / 60)::integer + 1440, 1440)",
    )  # fmt: skip


def sql_later(moment: Any, minutes: Func) -> Func:
    """The moment that many minutes later, of columns."""
    return _sum(" + interval '1 minute' * ", moment, minutes)


def sql_moment(day: Any, begin: Any, time: Any) -> Func:
    """As `moment`, of columns."""
    return sql_later(_sum(" + ", day, begin), sql_minutes(begin, time))


def _sum(joiner: str, *parts: Any) -> Func:
    return Func(
        *parts, arg_joiner=joiner, template="(%(expressions)s)", output_field=models.DateTimeField()
    )


class EndTimeInput(forms.TextInput):
    """A time as text, since what phones offer for times knows no 24:00."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"placeholder": "如21:30、24:00", **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        if isinstance(value, datetime.time):
            return "24:00" if value == MIDNIGHT else f"{value:%H:%M}"
        return super().format_value(value)


class EndTimeFormField(forms.TimeField):
    """A time of day up to 24:00."""

    widget = EndTimeInput

    def to_python(self, value: Any) -> Any:
        return super().to_python(_read(value))


class EndTime(models.TimeField):
    """The time at which something ends, after the one at which it begins; midnight is 24:00.

    To migrations it is a plain time.
    """

    def to_python(self, value: Any) -> Any:
        return super().to_python(_read(value))

    def formfield(self, **kwargs: Any) -> Any:
        """A text, whatever widget times have."""
        return super().formfield(
            **{**kwargs, "form_class": EndTimeFormField, "widget": EndTimeInput}
        )

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TimeField", args, kwargs


def _read(value: Any) -> Any:
    """What somebody typed: with the colon of either width, midnight as 24:00."""
    if not isinstance(value, str):
        return value
    typed = value.strip().replace("：", ":")
    return MIDNIGHT if typed in ("24:00", "24:00:00") else typed
