"""What a ledger's file says of a record: as a cell of an export, and as what a row is compared with."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.imports.registry import AREA, Ledger


class Written:
    """The cells of a ledger's records, masked for whoever asks as on their pages."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self.masked = {*getattr(ledger.model, "masked", {})} & {*ledger.fields}
        self.joins = [field.name for field in ledger.columns if field.is_relation]
        self.joins += [
            f"{field.name}__{ledger.name_of(field).rpartition('__')[0]}"
            for field in ledger.columns
            if field.is_relation and field.name != AREA and "__" in ledger.name_of(field)
        ]

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
        value = getattr(record, field.name)
        if value is None:
            return ""
        if isinstance(value, Area):
            return (
                value.pk if value.name in self._shared[field.name] or value.valid_to else value.name
            )
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
        name: Any = value
        for step in self._ledger.name_of(field).split("__"):
            name = getattr(name, step)
        return f"{name}#{value.pk}" if str(name) in self._shared[field.name] else str(name)


def _shared_names(ledger: Ledger, field: Any) -> set[str]:
    """What several records that the relation may lead to are called."""
    by = "name" if field.name == AREA else ledger.name_of(field)
    named = field.related_model._default_manager.order_by().values(by).annotate(count=Count("pk"))
    return {str(one[by]) for one in named.filter(count__gt=1)}
