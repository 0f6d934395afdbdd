"""A step taken by mistake is taken back, by its own person, while nothing followed from it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.lifecycle.changed import is_there, restored
from suzhou_portal.lifecycle.models import UNDO, Staged, Step
from suzhou_portal.lifecycle.moves import after_step, assigned, write_down


def undoable(user: Any, record: Staged) -> Step | None:
    """The record's latest step, where the person took it today and may take it back: nothing else
    changed with it, and nothing was written on the record since.
    """
    step = (
        Step.objects.filter(model=record._meta.label_lower, object_id=record.pk)
        .order_by("-pk")
        .first()
    )
    verbs = {move.verb for move in record.lifecycle.moves}
    if step is None or step.verb not in verbs or step.by_id != user.pk:
        return None
    today = timezone.localdate(step.taken_at) == timezone.localdate()
    # What is personal is kept nowhere else, so it could not be restored; steps of former versions kept nothing.
    filled = record.lifecycle.move(step.verb).columns
    known = None not in step.changes.values() and bool(step.changes or not filled)
    if not today or not known or _followed(record, step):
        return None
    there = (is_there(type(record), name, was) for name, (was, _) in step.changes.items())
    return step if all(there) else None


def _followed(record: Staged, step: Step) -> bool:
    move = record.lifecycle.move(step.verb)
    if move.binding or after_step[type(record), step.verb] or step.after != record.state:
        return True
    for relation in record._meta.related_objects:
        model: Any = relation.related_model
        if hasattr(model, "created_at"):
            name = relation.field.name
            if model._base_manager.filter(
                **{name: record.pk}, created_at__gt=step.taken_at
            ).exists():
                return True
    return False


@transaction.atomic
def undo(record: Staged, *, by: Any) -> Staged:
    """Take the latest step back; history keeps both. Raises PermissionDenied where that is not possible."""
    stored = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    step = undoable(by, stored)
    if step is None:
        raise PermissionDenied(
            f"{by.username} may not take back a step of {record._meta.label} {record.pk}"
        )
    came_from, stored.state = stored.state, step.before
    many = assigned(
        stored, {name: restored(type(record), name, was) for name, (was, _) in step.changes.items()}
    )
    changes = {name: [new, was] for name, (was, new) in step.changes.items()}
    with vouched(stored):
        write_down(
            stored, came_from, by, verb=UNDO, label=f"撤销“{step.label}”", changes=changes,
            taken_on=max(timezone.localdate(), step.taken_on),
        )  # fmt: skip
        stored.save()
        for name, value in many.items():
            getattr(stored, name).set(value)
    return stored
