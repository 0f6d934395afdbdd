"""Records that may be one: of the same kind, and alike as their model says (`alike`)."""

from typing import Any

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.codes import NOTHING

SHOWN = 3  # twins that a form names

Rule = tuple[
    str, ...
]  # columns in which two records agree that may be one, where all are filled in


def rules_of(model: type[models.Model]) -> tuple[Rule, ...]:
    """By what two of its records may be one; none where nobody asks."""
    return tuple(
        tuple(str(model._meta.get_field(name).attname) for name in rule)  # type: ignore[union-attr]
        for rule in getattr(model, "alike", ())
    )


def alike_to(record: Any) -> Q:
    """The condition of the records that may be the same one as this, itself among them."""
    asked = NOTHING
    for rule in rules_of(type(record)):
        values = {name: getattr(record, name) for name in rule}
        if all(value not in (None, "") for value in values.values()):
            asked |= Q(**values)
    return asked


def are_alike(one: Any, other: Any) -> bool:
    """Whether the two records agree by any of the rules."""
    return any(
        all(getattr(one, name) == getattr(other, name) != "" for name in rule)
        for rule in rules_of(type(one))
    )


def told(record: Any, user: Any) -> str:
    """What a form says of a new record that may be there already; blank where none is in the person's
    sight. Who could be told of a hidden value so reads it in full anyway.
    """
    model = type(record)
    if user is None or not rules_of(model):
        return ""
    seen = model._default_manager.filter(user.scope(model, "reveal"), alike_to(record))
    named = [f"{one}（{one.area}）" for one in seen.select_related("area")[:SHOWN]]
    return f"可能已有：{'、'.join(named)}。" if named else ""
