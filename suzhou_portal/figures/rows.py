"""The rows behind a figure, as a page and a file show them: public columns only."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, Q, QuerySet, TextField

from suzhou_portal.areas.former_names import found_by
from suzhou_portal.areas.models import Area
from suzhou_portal.cleaning import line
from suzhou_portal.figures.registry import Figure
from suzhou_portal.records.columns import cell, text
from suzhou_portal.search import contained

_NOWHERE = Q(pk__in=[])


def listed(figure: Figure, queryset: QuerySet) -> QuerySet:
    """The figure's records in a stable order, with what their columns need."""
    return queryset.select_related(*figure.joins).order_by("area_id", "pk")


def matching(figure: Figure, queryset: QuerySet, keywords: str) -> QuerySet:
    """The records of which each word stands in some public column that is kept as text, a choice or
    a name.
    """
    for word in line(keywords).split():
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
        return contained(word, [f"{where}__name"]) | Q(**{f"{where}__in": found_by(word)})
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
        yield [record.area_id, *(cell(record, column) for column in figure.columns)]  # type: ignore[attr-defined]
