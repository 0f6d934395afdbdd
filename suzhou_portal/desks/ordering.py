"""In which order the list of a desk stands: overdue first, then the latest; or by one of its columns."""

import datetime
import functools
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db.models import (
    Case,
    CharField,
    Exists,
    ForeignKey,
    IntegerField,
    OuterRef,
    Value,
    When,
)
from django.http import HttpRequest

from suzhou_portal.accounts.hidden import is_hidden
from suzhou_portal.areas.models import Area
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Kind

STATE = Column("状态", "state")


@dataclass(frozen=True)
class Head:
    """The heading of a column: by what a click sorts, if by anything, and how the list is sorted by it now."""

    label: str
    by: str = ""
    sorted: str = ""  # as `aria-sort` has it


def ordered(desk: Kind, records: Any, by: str, day: datetime.date) -> Any:
    """The records in the order asked for; by default those overdue first, where that is few to compare.

    Raises BadRequest.
    """
    records = records.annotate(is_overdue=_late(desk, day))
    if not by:
        late_first = ("-is_overdue", "-pk") if overdue(desk) else ("-pk",)
        return records.order_by("-pk").if_few(*late_first)
    lookups = {sort_of(desk, column) for column in (*desk.columns, STATE)} - {""}
    if by.removeprefix("-") not in lookups:
        raise BadRequest("不能按这一列排序。")
    return records.order_by(by, "-pk")


def heads(desk: Kind, request: HttpRequest) -> list[Head]:
    """The headings of the list as it is sorted now."""
    by = request.GET.get("by", "")
    shown = (*desk.columns, STATE) if desk.staged else desk.columns
    return [_head(column.label, sort_of(desk, column), by) for column in shown]


def _head(label: str, lookup: str, by: str) -> Head:
    if not lookup or by.removeprefix("-") != lookup:
        return Head(label, lookup)
    return (
        Head(label, lookup, "descending")
        if by == f"-{lookup}"
        else Head(label, f"-{lookup}", "ascending")
    )


def overdue(desk: Kind) -> list[Any]:
    """The to-dos of which a day is over."""
    return [todo for todo in desk.todos if todo.past]


def late_by(desk: Kind, record: Any, day: datetime.date) -> str:
    """For how long something is overdue; blank where nothing is."""
    if not getattr(record, "is_overdue", 0):
        return ""
    passed = [getattr(record, todo.past) for todo in overdue(desk)]
    days = [(day - one).days for one in passed if one is not None and one < day]
    return f"超期{max(days)}天" if days else ""


def _late(desk: Kind, day: datetime.date) -> Any:
    same = desk.model._default_manager.filter(pk=OuterRef("pk"))
    whens = [When(Exists(todo.among(same, day)), then=Value(1)) for todo in overdue(desk)]
    return (
        Case(*whens, default=Value(0), output_field=IntegerField())
        if whens
        else Value(0, IntegerField())
    )


@functools.cache
def sort_of(desk: Kind, column: Column) -> str:
    """The lookup by which a click on a column sorts; blank where it shows what no column of the database is,
    or what not everybody may read.
    """
    way = column.order or column.path.replace(".", "__")
    try:
        lookup = _sorted_by(desk.model, way.split("__"))
    except FieldDoesNotExist:
        return ""
    return "" if is_hidden(desk.model, lookup) else lookup


def _sorted_by(model: Any, way: list[str]) -> str:
    """Raises FieldDoesNotExist."""
    *above, last = way
    for name in above:
        model = getattr(model._meta.get_field(name), "related_model", None)
        if model is None:
            raise FieldDoesNotExist(name)
    field = model._meta.get_field(last)
    if isinstance(field, ForeignKey) and field.related_model is not Area:
        other: Any = field.related_model
        named = other._meta.get_field(getattr(other, "called", "name"))
        way = [*way, named.name]
        field = named if isinstance(named, CharField) else None
    if field is None or not getattr(field, "concrete", False) or field.many_to_many:
        raise FieldDoesNotExist(last)
    return "__".join(way)
