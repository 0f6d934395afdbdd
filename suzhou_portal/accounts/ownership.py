"""Whose a record is, as it stands in memory."""

from typing import Any

from django.db import models


def stands_in_area(model: type[models.Model]) -> bool:
    """Whether records of the model belong to a division."""
    return any(field.name == "area" for field in model._meta.concrete_fields)


def owner_of(record: Any, path: str, key: int | None) -> bool:
    """Whether following `path` (as a lookup, `a__b_id`) from the record leads to that key."""
    first, _, rest = path.partition("__")
    value: Any = getattr(record, first, None)
    if hasattr(value, "filter"):
        return record.pk is not None and value.filter(**{rest: key}).exists()
    if rest:
        return value is not None and owner_of(value, rest, key)
    return key is not None and value == key
