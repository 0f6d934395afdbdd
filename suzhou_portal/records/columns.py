"""What of a record is shown: its columns by name, their headings, and their values as people read them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.calendars.workdays import Calendar


@dataclass(frozen=True)
class Column:
    """A heading, and where a record keeps what stands below it: names of fields, properties or methods,
    joined by dots. Where all that is said is a field's own `verbose_name`, its name alone will do. `order`
    is the lookup by which a list of the admin may be sorted by it; `rows` is the relation to many rows from
    which it is made.
    """

    label: str
    path: str
    order: str = ""
    rows: str = ""


Columns = tuple[Any, ...]  # names, or Columns; once declared, Columns only


def columns(model: type[models.Model], declared: Iterable[str | Column]) -> tuple[Column, ...]:
    """The columns of a model as declared, with the heading of those that are given by name.

    Raises FieldDoesNotExist for a name that is no field: what is none has no heading of its own.
    """
    return tuple(
        one if isinstance(one, Column) else Column(str(field_at(model, one).verbose_name), one)
        for one in declared
    )


def field_at(model: Any, path: str) -> Any:
    """The field to which a column's path, or a lookup, leads. Raises FieldDoesNotExist."""
    *above, last = path.replace("__", ".").split(".")
    for name in above:
        model = getattr(model._meta.get_field(name), "related_model", None)
        if model is None:
            raise FieldDoesNotExist(path)
    return model._meta.get_field(last)


def joins(model: type[models.Model], shown: Iterable[Column]) -> tuple[str, ...]:
    """The relations to be read with the records, for `select_related`: those the columns lead through,
    and those by which the records at their ends are named.
    """
    found = {"area"}
    for column in shown:
        at: Any = model
        way: list[str] = []
        for name in column.path.split("."):
            if name not in _relations(at):
                break
            way.append(name)
            found.add("__".join(way))
            at = _relations(at)[name]
        if column.path in ("__str__", ".".join(way)):
            found |= {"__".join((*way, name)) for name in named_with(at)}
    return tuple(sorted(found))


def rows_read(shown: Iterable[Any]) -> list[str]:
    """The relations to many rows that these columns are made from, for `prefetch_related`."""
    return sorted({column.rows for column in shown if getattr(column, "rows", "")})


def named_with(model: Any) -> list[str]:
    """The relations that a record's own text needs, as its model says (`named_with`), and those that the
    texts of these need.
    """
    related = {name: _relations(model)[name] for name in getattr(model, "named_with", ())}
    further = [f"{name}__{more}" for name, other in related.items() for more in named_with(other)]
    return [*related, *further]


def _relations(model: type[models.Model]) -> dict[str, Any]:
    return {
        field.name: field.related_model
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
    }


def texts(shown: Iterable[Column], records: Iterable[Any]) -> list[list[str]]:
    """The columns of records of one kind as the person who asks reads them: contacts of records they work
    with in full, and beside a deadline what is to be known of the days it counts. Who is shown what
    others are not is written down. One query at most, however many records.
    """
    columns, records, user = list(shown), list(records), trail.current().user
    calls = {column.path for column in columns}
    calls &= {*getattr(records[0], "contact_columns", ())} if records else set()
    opened = {id(one): one for one in records if calls and one.opens_contacts_to(user)}
    trail.look(one for one in records if id(one) not in opened)
    trail.shown_in_full([*opened.values()])
    counted = [_counted(one, column) for one in records for column in columns]
    calendar = Calendar(
        year for deadline, *kept in counted if deadline for year in deadline.years(*kept)
    )
    return [
        [
            str(getattr(one, column.path)) or formats.DASH
            if id(one) in opened and column.path in calls
            else _remarked(one, column, calendar)
            for column in columns
        ]
        for one in records
    ]


def _counted(record: Any, column: Column) -> tuple[Any, Any, Any]:
    """What the column counts in working days, if so, with its record and its value."""
    *path, last = column.path.split(".")
    owner = reduce(_follow, path, record)
    deadline = getattr(owner, "deadlines", {}).get(last)
    return deadline, owner, getattr(owner, last) if deadline else None


def _remarked(record: Any, column: Column, calendar: Calendar) -> str:
    deadline, owner, kept = _counted(record, column)
    remark = deadline.remark(owner, kept, calendar) if deadline else ""
    return f"{text(record, column)}（{remark}）" if remark else text(record, column)


def text(record: Any, column: Column) -> str:
    """A record's column as people read it; a dash where there is nothing."""
    value = _value(record, column)
    return value.shown_name if isinstance(value, Area) else written(value)


def cell(record: Any, column: Column) -> Any:
    """A record's column as a ledger keeps it: a choice by its label, another record by its name, what is
    personal masked; None where the way leads through nothing.
    """
    value = _value(record, column)
    return str(value) if isinstance(value, models.Model) else value


def _value(record: Any, column: Column) -> Any:
    *path, last = column.path.split(".")
    owner = reduce(_follow, path, record)
    if owner is None:
        return None
    if last in getattr(owner, "masked", {}):  # personal data never leaves by a list
        return formats.masked(owner, last)
    if display := getattr(owner, f"get_{last}_display", None):
        return display()
    value = getattr(owner, last)
    return value() if callable(value) else value


def _follow(owner: Any, name: str) -> Any:
    return None if owner is None else getattr(owner, name)


def written(value: Any) -> str:
    """A value as people read it; a dash where there is none."""
    if value is None or value == "":
        return formats.DASH
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.datetime):
        return formats.moment(value)
    if isinstance(value, datetime.date):
        return formats.date(value)
    if isinstance(value, Decimal):
        return formats.number(value, 2)
    if isinstance(value, int) and value >= 10_000:
        return formats.number(value)
    return str(value)
