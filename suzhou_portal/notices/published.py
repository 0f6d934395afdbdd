"""What of public records is news, and what of them happens at a time: for feeds and calendars of a division."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from suzhou_portal.records.columns import joins, text, texts
from suzhou_portal.records.kinds import Kind, kinds

SHOWN_SINCE = datetime.timedelta(days=90)  # what was held before stands on pages only
MOST_EVENTS = 500


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


def newest(
    code: str,
    day: datetime.date,
    most: int,
    *,
    until: datetime.date | None = None,
    brief: bool = False,
) -> list[Entry]:
    """So many of what became public last in the division, newest first, `brief` without their texts; only
    what is news `until` a day, where one is given. A query for each kind.
    """
    found: list[Entry] = []
    for kind in kinds.public():
        if kind.public and (column := kind.public.news):
            records = _of(kind, code, day, brief=brief).order_by(f"-{column}", "-pk")
            if until:
                records = records.filter(**{f"{column}__lte": until})
            found += _entries(kind, records[:most], column, brief=brief)
    return sorted(found, key=lambda one: one.day, reverse=True)[:most]


def events(code: str, day: datetime.date) -> list[Entry]:
    """What is held in the division around that day and later, the last ones first. A query for each kind."""
    found: list[Entry] = []
    for kind in kinds.public():
        if kind.public and (held := kind.public.held):
            since = {f"{held.day}__gte": day - SHOWN_SINCE}
            records = _of(kind, code, day).filter(**since).order_by(f"-{held.day}", "-pk")
            found += _entries(kind, records[:MOST_EVENTS], held.day)
    return found


def _of(kind: Kind, code: str, day: datetime.date, *, brief: bool = False) -> Any:
    public: Any = kind.public
    found = public.records(day).found_in(code)
    if not brief:
        return kind.with_related(found)
    named = joins(kind.model, public.columns[:1])
    return found.select_related(*named) if named else found


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
            ahead = _of(kind, code, day, brief=True).filter(**{f"{held.day}__gte": day})
            if held.called_off:
                ahead = ahead.exclude(state__in=held.called_off)
            next_ones = ahead.order_by(held.day, "pk")[:most]
            found += _entries(kind, next_ones, held.day, brief=True)
    return sorted(found, key=lambda one: one.day)[:most]
