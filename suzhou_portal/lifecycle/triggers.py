"""The database's own check of every change of a record with a lifecycle, made from the tables."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.lifecycle.models import MERGED, UNDO, Staged, Step
from suzhou_portal.lifecycle.table import Lifecycle
from suzhou_portal.triggers import Declared, Trigger, each_row

# What the portal notes beside the content, or computes from it.
_NOTED = {"state", "updated_at", "entered_by"}


def staged_models() -> Iterator[type[Staged]]:
    """Every kind of record with a lifecycle."""
    for model in apps.get_models():
        if issubclass(model, Staged):
            yield model


def shut(model: type[Staged]) -> list[str]:
    """The columns that only steps fill in, in no state a form; those that nothing changes are among them."""
    noted = {*_NOTED, *model.derived}
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.editable and field.name not in noted and not _computed(field)
    ]


def _triggers() -> Iterator[Trigger]:
    yield each_row(Step._meta.db_table, "portal_step_kept", "BEFORE UPDATE OR DELETE")
    for model in staged_models():
        yield _content(model)
        yield each_row(
            model._meta.db_table, "portal_decided", "BEFORE DELETE", *model.lifecycle.open_in,
            column="state",
        )  # fmt: skip
        yield from _lists(model)
    for part in apps.get_models():
        if issubclass(part, AreaRecord) and part.written_while:
            yield _part(part)


def _content(model: type[Staged]) -> Trigger:
    fields = model._meta.concrete_fields
    noted = [
        one.column for one in fields if one.name in {*_NOTED, *model.derived} or _computed(one)
    ]
    told = {
        "model": model._meta.label_lower,
        "noted": [*noted, "state"],
        "masked": list(getattr(model, "masked", {})),
        "open_in": list(model.lifecycle.open_in),
        "settled_by": [_resting(model, name) for name in model.settled_by],
        "shut": shut(model),
        "merged": _merged(model),
        "steps": _steps(model, model.lifecycle),
    }
    return each_row(
        model._meta.db_table, "portal_content", "BEFORE UPDATE", json.dumps(told), column="state"
    )


def _resting(model: type[Staged], relation: str) -> dict[str, Any]:
    resting: Any = model._meta.get_field(relation)
    return {
        "table": resting.related_model._meta.db_table,
        "key": resting.field.column,
        "nothing": list(model.came_to_nothing(relation)),
    }


def _merged(model: type[AreaRecord]) -> list[str]:
    """The columns that name what may be merged into another record (`alike`), and, where it stands with
    that, where it stands.
    """
    named = [one for one in model._meta.concrete_fields if hasattr(one.related_model, "alike")]
    stands = ["area_id"] if model.stands_with in {one.name for one in named} else []
    return [*(str(one.column) for one in named), *stands]


def _steps(model: type[Staged], table: Lifecycle) -> dict[str, dict[str, Any]]:
    """Of each change of state, by verb: the columns that change with it, and who may not take it."""
    known: dict[str, dict[str, Any]] = {}
    for before, after, move in table.changes():
        known.setdefault(f"{before}>{after}", {})[move.verb] = {
            "columns": [_column(model, name) for name in move.columns],
            "by_another": move.by_another,
            "not_by": list(move.not_by),
        }
    return known


def _column(model: type[Staged], name: str) -> str:
    """A relation to many has none, and stands for itself."""
    return str(getattr(model._meta.get_field(name), "column", None) or name)


def _computed(field: Any) -> bool:
    return field.generated or isinstance(field, SearchVectorField)


def _lists(model: type[Staged]) -> Iterator[Trigger]:
    """What a record refers to many of changes as its own columns do."""
    for field in model._meta.many_to_many:
        verbs = [move.verb for move in model.lifecycle.moves if field.name in move.columns]
        verbs += [UNDO] if verbs else []
        verbs += [MERGED] if hasattr(field.related_model, "alike") else []
        told = {
            "above": model._meta.db_table,
            "key": field.m2m_column_name(),
            "states": list(model.lifecycle.open_in),
            "left": [],
            "model": model._meta.label_lower,
            "verbs": verbs,
        }
        yield each_row(
            field.m2m_db_table(),
            "portal_part",
            "BEFORE INSERT OR UPDATE OR DELETE",
            json.dumps(told),
        )


def _part(model: type[AreaRecord]) -> Trigger:
    """What stands with a record is written while that one is in one of some states. What has steps of
    its own is carried through by these; what is `written_later` is not asked.
    """
    above: Any = model._meta.get_field(model.stands_with or getattr(model, "part_of", ""))
    events = (
        "BEFORE INSERT OR DELETE"
        if issubclass(model, Staged)
        else "BEFORE INSERT OR UPDATE OR DELETE"
    )
    left = [_column(model, name) for name in ("updated_at", "entered_by", *model.written_later)]  # type: ignore[arg-type]
    told = {
        "above": above.related_model._meta.db_table,
        "key": above.column,
        "states": list(model.written_while),
        "left": [*left, *getattr(model, "masked", {})],
        "model": above.related_model._meta.label_lower,
        "verbs": [MERGED] if _merged(model) else [],
    }
    return each_row(
        model._meta.db_table, "portal_part", events, json.dumps(told), column=above.column
    )


DECLARED = Declared(Path(__file__).with_suffix(".sql"), _triggers)
