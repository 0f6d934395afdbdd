"""Telling people: of a record that came back to them, and of what waits for them."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from suzhou_portal.lifecycle.models import Amendment, Staged, Step
from suzhou_portal.notices.models import Notice


def tell(users: Iterable[int], text: str, **subject: Any) -> None:
    """Tell each of these accounts, in one statement: a subject told before is told again."""
    rows = [Notice(user_id=one, text=text, at=timezone.now(), **subject) for one in sorted(users)]
    if rows:
        Notice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["user", "model", "object_id", "todo"],
            update_fields=["area", "text", "at", "read_at", "mailed_at"],
        )


def came_back(step: Step, model: type[Staged]) -> bool:
    """Tell whoever entered the record, took a step on it or asked for one before, but for who took this one.

    Returns whether there was anybody. Two statements.
    """
    about = {"model": step.model, "object_id": step.object_id}
    took = Step.objects.filter(**about).order_by().values_list("by")
    asked = Amendment.objects.filter(**about).order_by().values_list("entered_by")
    entered = model._base_manager.filter(pk=step.object_id).values_list("entered_by")
    concerned = took.union(asked, entered.order_by())
    users = {user for (user,) in concerned} - {None, step.by_id}
    tell_of(step, model, users)
    return bool(users)


def tell_of(step: Step, model: type[Staged], users: Iterable[int]) -> None:
    """Tell these accounts of a step of a record."""
    state = dict(model.lifecycle.states.choices).get(step.after, step.after)
    about = {"model": step.model, "object_id": step.object_id, "area_id": step.area_id}
    tell(users, f"已办理“{step.label}”，现在是“{state}”。", **about)
