"""What a step changed, as history keeps it: by field, what it was and what it became."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from suzhou_portal.lifecycle.models import Staged

Values = dict[str, Any]


def values(record: Staged, names: Iterable[str]) -> Values:
    """The record's fields as JSON keeps them: of relations the keys, of those to many in their order."""
    found = {name: _value(record, name) for name in dict.fromkeys(names)}
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def _value(record: Staged, name: str) -> Any:
    field: Any = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return getattr(record, field.attname)


def differing(record: Staged, before: Values, after: Values) -> dict[str, Any]:
    """By field, what it was and what it became, where that differs; None of what is personal."""
    hidden = {*getattr(record, "masked", {}), *getattr(record, "withheld", ())}
    return {
        name: None if name in hidden else [before[name], after[name]]
        for name in before
        if before[name] != after[name]
    }


def is_there(model: type[models.Model], name: str, kept: Any) -> bool:
    """Whether all that a kept value names is there still, and was not merged into another record."""
    field: Any = model._meta.get_field(name)
    if not field.is_relation or kept in (None, []):
        return True
    keys = kept if field.many_to_many else [kept]
    return field.related_model._base_manager.filter(pk__in=keys).count() == len(keys)


def restored(model: type[models.Model], name: str, kept: Any) -> Any:
    """A value that was kept, to be given to the field again: of relations the records themselves."""
    field: Any = model._meta.get_field(name)
    if field.many_to_many:
        return list(field.related_model._base_manager.filter(pk__in=kept))
    if field.is_relation:
        return None if kept is None else field.related_model._base_manager.get(pk=kept)
    return field.to_python(kept)
