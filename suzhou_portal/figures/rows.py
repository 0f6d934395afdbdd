"""The rows behind a figure, as a page and a file show them: public columns only."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db.models import Model, QuerySet

from suzhou_portal import formats
from suzhou_portal.figures.registry import Column, Figure


def listed(figure: Figure, queryset: QuerySet) -> QuerySet:
    """The figure's records in a stable order, with what their columns need."""
    return queryset.select_related(*figure.select_related).order_by("area_id", "pk")


def for_page(figure: Figure, records: Iterable[Model]) -> list[list[str]]:
    """Cells as people read them."""
    return [[_text(_cell(record, column)) for column in figure.columns] for record in records]


def for_file(figure: Figure, records: Iterable[Model]) -> Iterator[list[Any]]:
    """Cells as a ledger keeps them, each row led by its division code."""
    for record in records:
        yield [record.area_id, *(_cell(record, column) for column in figure.columns)]  # type: ignore[attr-defined]


def _cell(record: Any, column: Column) -> Any:
    *path, last = column.path.split(".")
    owner = reduce(getattr, path, record)
    if display := getattr(owner, f"get_{last}_display", None):
        return display()
    value = getattr(owner, last)
    return str(value) if isinstance(value, Model) else value


def _text(value: Any) -> str:
    if value is None or value == "":
        return formats.DASH
    if isinstance(value, datetime.date):
        return formats.date(value)
    if isinstance(value, Decimal):
        return formats.number(value, 2)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 10_000:
        return formats.number(value)
    return str(value)
