"""Who wrote any part of what somebody approves: kept by the database, whoever writes and however.

What counts is the content, which is what forms ask for. A step writes what it asks for, unless it is
itself one that only another person may take: who decides is no author of what was decided.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.lifecycle.models import Author, Staged
from suzhou_portal.lifecycle.table import Lifecycle
from suzhou_portal.triggers import Declared, Trigger, each_statement

# These say themselves with which record they are kept.
KEPT_WITH = ("files.attachment", "lifecycle.amendment")


def refuse_own(user: Any, record: AreaRecord) -> None:
    """Nobody approves what they entered, or wrote any part of. Raises PermissionDenied."""
    if wrote(user, record):
        raise PermissionDenied(f"{user.username} wrote {record._meta.label} {record.pk}")


def wrote(user: Any, record: AreaRecord) -> bool:
    """Whether the person entered the record, or changed it or a part of it."""
    return written_by(user, type(record)._base_manager.filter(pk=record.pk)).exists()


def written_by(user: Any, records: models.QuerySet) -> models.QuerySet:
    """Those of the records that the person entered, or changed, or a part of them."""
    label = records.model._meta.label_lower
    written = Author.objects.filter(model=label, user=user.pk).values("object_id")
    return records.filter(models.Q(entered_by=user.pk) | models.Q(pk__in=written))


def approved(model: type[models.Model]) -> bool:
    """Whether others than its authors approve it: in its lifecycle, or elsewhere (`by_another`)."""
    table: Lifecycle | None = getattr(model, "lifecycle", None)
    return getattr(model, "by_another", False) or bool(table and table.approves)


def kinds() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every kind of record that is, or is part of, something approved; and queries that lead from
    rows of it (`%1$s`) to label and key of that.
    """
    for model in apps.get_models():
        if ways := list(_ways(model)):
            yield model, ways


def _ways(model: type[models.Model]) -> Iterator[str]:
    if model._meta.label_lower in KEPT_WITH:
        yield "SELECT r.model, r.object_id FROM %1$s r"
        return
    if approved(model):
        yield _way(model, "r.id", "")
    joined, at = "", "r"
    while field := _above(model):
        model = field.related_model
        if approved(model):
            yield _way(model, f"{at}.{field.column}", joined)
        table = model._meta.db_table
        joined += f' JOIN "{table}" ON "{table}".id = {at}.{field.column}'
        at = f'"{table}"'


def _way(model: type[models.Model], key: str, joined: str) -> str:
    label = model._meta.label_lower
    return f"SELECT '{label}', {key} FROM %1$s r{joined} WHERE {key} IS NOT NULL"  # noqa: S608 - our names


def _above(model: type[models.Model]) -> Any:
    """The relation to the record of which this is a part: `part_of`, else that with which it stands."""
    name = getattr(model, "part_of", getattr(model, "stands_with", ""))
    return model._meta.get_field(name) if name else None


def _triggers() -> Iterator[Trigger]:
    for model, ways in kinds():
        decided = _steps(model.lifecycle) if issubclass(model, Staged) else []
        told = (
            " UNION ".join(ways), _array(_noted(model)), _array(decided), model._meta.label_lower
        )  # fmt: skip
        yield from each_statement(model._meta.db_table, "portal_authors", *told)


def _noted(model: type[models.Model]) -> list[str]:
    """The columns that neither a form nor a step asks for."""
    table: Lifecycle | None = getattr(model, "lifecycle", None)
    asked = {name for move in table.moves for name in move.fields} if table else set()
    return sorted(
        str(field.column)
        for field in model._meta.concrete_fields
        if field.name not in asked and (not field.editable or field.generated)
    )


def _steps(table: Lifecycle) -> list[str]:
    """The changes of state that only another person may make, and may take back, as the triggers compare
    them.
    """
    return [
        f"{one}>{other}"
        for before, after, move in table.changes()
        if move.by_another
        for one, other in ((before, after), (after, before))
    ]


def _array(texts: list[str]) -> str:
    return "{" + ",".join(texts) + "}"


DECLARED = Declared(
    Path(__file__).with_suffix(".sql"), _triggers, into=Author._meta.db_table, closed=True
)
