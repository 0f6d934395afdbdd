"""What of public records is news, and what of them happens at a time: for feeds and calendars of a division."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.admin.utils import get_fields_from_path
from django.db import models
from django.urls import reverse

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.kept.sources import kinds_in
from suzhou_portal.records.columns import joins, text, texts
from suzhou_portal.records.kinds import Kind, kinds

SHOWN_SINCE = datetime.timedelta(days=90)  # what was held before stands on pages only
MOST_EVENTS = 500
_ANY_DAY = datetime.date(2000, 1, 1)


@dataclass(frozen=True)
class Entry:
    """A public record as a reader or a calendar shows it; `day` is that of its news, or on which it happens."""

    kind: Kind
    record: Any
    title: str
    text: str
    day: datetime.date

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("public_record", args=[self.kind.name, self.record.pk])


def newest(code: str, day: datetime.date, most: int) -> list[Entry]:
    """So many of what became public last in the division, newest first. A query for each kind."""
    return _last(most, lambda kind, _: _of(kind, code, day))


def latest(code: str, day: datetime.date, most: int) -> list[Entry]:
    """So many of what was news last in the division by the day, newest first, without texts."""

    def by_then(kind: Kind, column: str) -> Any:
        return _brief(kind, code, day).filter(**{f"{column}__lte": day})

    return _last(most, by_then, brief=True)


def events(code: str, day: datetime.date) -> list[Entry]:
    """What is held in the division around that day and later, the last ones first. A query for each kind."""
    found: list[Entry] = []
    for kind in kinds.public():
        if kind.public and (held := kind.public.held):
            since = {f"{held.day}__gte": day - SHOWN_SINCE}
            records = _of(kind, code, day).filter(**since).order_by(f"-{held.day}", "-pk")
            found += _entries(kind, records[:MOST_EVENTS], held.day)
    return found


def _last(most: int, among: Callable[[Kind, str], Any], *, brief: bool = False) -> list[Entry]:
    """So many of the records that are news, newest first, by the column that says since when each is."""
    found: list[Entry] = []
    for kind in kinds.public():
        if kind.public and (column := kind.public.news):
            records = among(kind, column).order_by(f"-{column}", "-pk")[:most]
            found += _entries(kind, records, column, brief=brief)
    return sorted(found, key=lambda one: one.day, reverse=True)[:most]


def _of(kind: Kind, code: str, day: datetime.date) -> Any:
    public: Any = kind.public
    return kind.with_related(public.records(day).found_in(code))


def _brief(kind: Kind, code: str, day: datetime.date) -> Any:
    """With no more than what names them."""
    public: Any = kind.public
    return public.records(day).found_in(code).select_related(*_named(kind))


def _named(kind: Kind) -> tuple[str, ...]:
    public: Any = kind.public
    return joins(kind.model, public.columns[:1])


@cache
def rest_on() -> frozenset[type[models.Model]]:
    """The kinds of record that what is latest and coming depends on: divisions, those that are asked, those
    by which these are named.
    """
    found: set[Any] = {Area}
    for kind in kinds.public():
        if kind.public and (kind.public.news or kind.public.held):
            found |= kinds_in(kind.public.records(_ANY_DAY))
            ways = (get_fields_from_path(kind.model, way)[-1] for way in _named(kind))
            found |= {field.related_model for field in ways}
    return frozenset(found)


def _entries(kind: Kind, records: Any, column: str, *, brief: bool = False) -> Iterator[Entry]:
    """Named as on public pages: a record's own text may name a person."""
    public: Any = kind.public
    shown = list(records)
    columns = () if brief else public.columns
    for one, told in zip(shown, texts(columns, shown), strict=True):
        said = [f"{c.label}：{value}" for c, value in zip(columns, told, strict=True)]
        day = getattr(one, column)
        yield Entry(kind, one, text(one, public.columns[0]), "；".join(said[1:]), day)


def coming(code: str, day: datetime.date, most: int) -> list[Entry]:
    """So many of what is held in the division on that day or later, the next ones first, without texts."""
    found: list[Entry] = []
    for kind in kinds.public():
        if kind.public and (held := kind.public.held):
            ahead = _brief(kind, code, day).filter(**{f"{held.day}__gte": day})
            if held.called_off:
                ahead = ahead.exclude(state__in=held.called_off)
            next_ones = ahead.order_by(held.day, "pk")[:most]
            found += _entries(kind, next_ones, held.day, brief=True)
    return sorted(found, key=lambda one: one.day)[:most]
