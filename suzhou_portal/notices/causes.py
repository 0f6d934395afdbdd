"""What makes notices: each step, each new record, each change that is asked for.

Every step writes a line of history (`lifecycle.moves.write_down`), whoever takes it and wherever; so who
listens to that misses none. What came back is told in the step's own transaction. Whom something waits for
takes asking about roles and scopes, which the queue's worker does: the step only writes into the queue,
which is committed with it or not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.audit import trail
from suzhou_portal.lifecycle.models import Amendment, Step
from suzhou_portal.notices.tasks import post_due, tell_takers
from suzhou_portal.notices.telling import came_back
from suzhou_portal.records.kinds import kinds

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """What is written inside, such as a demonstration's years, tells nobody."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


@receiver(post_save)
def on_written(
    sender: type[models.Model], instance: Any, created: bool, raw: bool, **kwargs: Any
) -> None:
    """Tell of a new step, record or amendment."""
    if not created or raw or _quiet.get() or not isinstance(instance, Step | AreaRecord):
        return
    if isinstance(instance, Step):
        _on_step(instance)
    elif isinstance(instance, Amendment):
        _waits(apps.get_model(instance.model), instance.object_id, instance.entered_by_id)
    else:
        _waits(sender, instance.pk, instance.entered_by_id)


def _on_step(step: Step) -> None:
    model: Any = apps.get_model(step.model)
    told = came_back(step, model)
    moved = step.before != step.after
    if not _waits(model, step.object_id, step.by_id, moved=moved) and told and settings.SENDS_MAIL:
        post_due.enqueue()


def _waits(model: type[models.Model], pk: int, by: int | None, *, moved: bool = True) -> bool:
    """Have those told for whom the record waits now, if its kind may wait for anybody."""
    kind = kinds.of(model)
    if kind is None or not kind.todos:
        return False
    actor = trail.current().id if by is None else by
    tell_takers.enqueue(model._meta.label_lower, pk, actor, moved)
    return True
