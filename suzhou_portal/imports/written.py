"""What a ledger's file says of a record: as a cell of an export, and as what a row is compared with."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.imports.names import AND
from suzhou_portal.imports.registry import Ledger


class Written:
    """The cells of a ledger's records, masked for whoever asks as on their pages."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self.masked = {*getattr(ledger.model, "masked", {})} & {*ledger.fields}
        ways = {
            field.name: f"{field.name}__{ledger.name_of(field)}".rpartition("__")[0]
            for field in ledger.columns
            if field.is_relation
        }
        self._many = [way for name, way in ways.items() if self._is_list(name)]
        self._joins = [way for name, way in ways.items() if not self._is_list(name)]

    def with_related(self, records: QuerySet) -> QuerySet:
        """The records with what their cells name, at one cost for any number."""
        return records.select_related(*self._joins).prefetch_related(*self._many)

    def _is_list(self, name: str) -> bool:
        return bool(self._ledger.model._meta.get_field(name).many_to_many)

    @cached_property
    def _shared(self) -> dict[str, set[str]]:
        """By relation, what several records that it may lead to are called: asked for once a cell needs it."""
        related = [field for field in self._ledger.columns if field.is_relation]
        return {field.name: _shared_names(self._ledger, field) for field in related}

    def cells(self, record: Any) -> list[Any]:
        """The record's row."""
        return [self.cell(record, field) for field in self._ledger.columns]

    def cell(self, record: Any, field: Any) -> Any:
        """What stands in a column: numbers and days as such, anything else as people call it."""
        if field.name in self.masked:
            return formats.masked(record, field.name)
        value = held(record, field)
        if value is None:
            return ""
        if field.many_to_many:
            return AND.join(self._name(field, one) for one in value)
        if isinstance(value, models.Model):
            return self._name(field, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "是" if value else "否"
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value

    def text(self, record: Any, field: Any) -> str:
        """The same as a text, as people read it in a message."""
        value = self.cell(record, field)
        return formats.exact(value) if isinstance(value, Decimal) else str(value)

    def _name(self, field: Any, value: Any) -> str:
        if isinstance(value, Area) and value.valid_to:
            return value.pk
        name: Any = value
        for step in self._ledger.name_of(field).split("__"):
            name = getattr(name, step)
        if str(name) not in self._shared[field.name]:
            return str(name)
        return value.pk if isinstance(value, Area) else f"{name}#{value.pk}"


def held(record: Any, field: Any) -> Any:
    """What a record's column holds; of a list, the records on it in the order they came."""
    value = getattr(record, field.name)
    return sorted(value.all(), key=lambda one: one.pk) if field.many_to_many else value


def _shared_names(ledger: Ledger, field: Any) -> set[str]:
    """What several records that the relation may lead to are called."""
    by = ledger.name_of(field)
    named = field.related_model._default_manager.order_by().values(by).annotate(count=Count("pk"))
    return {str(one[by]) for one in named.filter(count__gt=1)}
