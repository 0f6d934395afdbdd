"""What the address of an admin list may ask of the database: what the list offers, and nothing else."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db import models

# How Django's own filters ask of a field, after its name.
_FILTERS = ("", "__exact", "__isnull", "__isempty", "__gte", "__lt")
_DATES = {
    "year": re.compile(r"(19|2\d)\d\d", re.ASCII),
    "month": re.compile(r"0?[1-9]|1[0-2]", re.ASCII),
    "day": re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII),
}


class DeclaredLookups(admin.options.BaseModelAdmin):
    """An admin whose list is asked only what `list_filter` and `date_hierarchy` declare."""

    def lookup_allowed(self, lookup: str, value: Any, request: Any) -> bool:
        """Whether the list offers it. What is no column at all is left to Django, which leaves it out."""
        name, _, part = lookup.rpartition("__")
        if part in _DATES and name == getattr(self, "date_hierarchy", None):
            return bool(_DATES[part].fullmatch(value))
        if not _is_column(self.model, lookup.split("__")[0]):
            return super().lookup_allowed(lookup, value, request)
        return any(lookup in _asked(self.model, path) for path in self.filtered(request))

    def filtered(self, request: Any) -> list[str]:
        """The paths of the filters that are about a column."""
        kept: Any = self
        filters = kept.get_list_filter(request)
        declared = [one[0] if isinstance(one, list | tuple) else one for one in filters]
        return [path for path in declared if isinstance(path, str)]


def _is_column(model: type[models.Model], name: str) -> bool:
    try:
        return name == "pk" or bool(model._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def _asked(model: type[models.Model], path: str) -> set[str]:
    """The parameters in which the filter of that path asks."""
    *_, field = get_fields_from_path(model, path)
    key = field.target_field.name if isinstance(field, models.ForeignKey) else "pk"
    related = {f"{path}__{key}__exact"} if field.is_relation else set()
    return related | {f"{path}{one}" for one in _FILTERS}
