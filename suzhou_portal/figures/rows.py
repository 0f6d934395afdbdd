"""The rows behind a figure, as a page and a file show them: public columns only."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, Q, QuerySet, TextField

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.registry import Column, Figure
from suzhou_portal.search import contained

_NOWHERE = Q(pk__in=[])


def listed(figure: Figure, queryset: QuerySet) -> QuerySet:
    """The figure's records in a stable order, with what their columns need."""
    return queryset.select_related(*figure.select_related).order_by("area_id", "pk")


def matching(figure: Figure, queryset: QuerySet, keywords: str) -> QuerySet:
    """The records of which each word stands in some public column that is kept as text, a choice or
    a name.
    """
    for word in keywords.split():
        found = (_holds(queryset.model, column.path, word) for column in figure.columns)
        queryset = queryset.filter(reduce(or_, found, _NOWHERE))
    return queryset


def _holds(model: Any, path: str, word: str) -> Q:
    *above, last = path.split(".")
    try:
        for name in above:
            model = model._meta.get_field(name).related_model
        field = model._meta.get_field(last)
    except FieldDoesNotExist:
        return _NOWHERE
    where = path.replace(".", "__")
    if last in getattr(model, "masked", {}):
        return _NOWHERE
    if field.related_model is Area:
        return contained(word, [f"{where}__name"])
    if field.choices:
        return Q(
            **{f"{where}__in": [one for one, label in field.flatchoices if word in str(label)]}
        )
    if isinstance(field, CharField | TextField):
        return contained(word, [where])
    return _NOWHERE


def for_page(figure: Figure, records: Iterable[Model]) -> list[list[str]]:
    """Cells as people read them."""
    return [[text(record, column) for column in figure.columns] for record in records]


def for_file(figure: Figure, records: Iterable[Model]) -> Iterator[list[Any]]:
    """Cells as a ledger keeps them, each row led by its division code."""
    for record in records:
        yield [record.area_id, *(_cell(record, column) for column in figure.columns)]  # type: ignore[attr-defined]


def text(record: Any, column: Column) -> str:
    """A record's column as people read it."""
    return _text(_cell(record, column))


def _cell(record: Any, column: Column) -> Any:
    *path, last = column.path.split(".")
    owner = reduce(_follow, path, record)
    if owner is None:
        return None
    if last in getattr(owner, "masked", {}):  # personal data never leaves by a list
        return formats.masked(owner, last)
    if display := getattr(owner, f"get_{last}_display", None):
        return display()
    value = getattr(owner, last)
    if callable(value):
        value = value()
    return str(value) if isinstance(value, Model) else value


def _follow(owner: Any, name: str) -> Any:
    return None if owner is None else getattr(owner, name)


def _text(value: Any) -> str:
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
