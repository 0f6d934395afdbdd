"""Histories made in memory and stored at once: hundreds of records, each carried through its steps.

One by one by the workflow they would take minutes. The table says what a step dates, fills in and blanks, the
workflow's own functions check and complete the record before it, and the database holds the rules of both.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from seeds.demo.world import World
from suzhou_portal.lifecycle.changed import Values, differing, values
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import before_step, fill_in


@dataclass(frozen=True)
class Walked:
    """A step to be taken: when, by whom, and what is filled in with it."""

    verb: str
    on: datetime.date
    note: str = ""
    by: str = ""
    filled: dict[str, Any] = field(default_factory=dict)


def walk(world: World, courses: Sequence[tuple[Any, Sequence[Walked]]]) -> None:
    """Store new records of one kind with their histories.

    What a step changes in other records does not follow. Raises ValidationError for a step that the table
    or the workflow does not allow.
    """
    histories = [[_take(record, taken) for taken in course] for record, course in courses]
    records = world.save(type(courses[0][0]), [record for record, _ in courses])
    steps = []
    for record, history in zip(records, histories, strict=True):
        for step in history:
            step.object_id, step.area_id = record.pk, record.area_id
            steps.append(step)
    world.save(Step, steps)


def _take(record: Any, taken: Walked) -> Step:
    move, came_from = record.lifecycle.move(taken.verb), record.state
    if came_from not in move.sources:
        raise ValidationError(f"{taken.verb} is no step from {came_from}")
    lists = {one.name for one in record._meta.many_to_many}
    names = [name for name in move.columns if name not in lists]
    was: Values = values(record, names)
    for name, value in taken.filled.items():
        setattr(record, name, value)
    fill_in(record, move, None, taken.on)
    record.state = move.leads_to(came_from)
    for effect in before_step[type(record), taken.verb]:
        effect(record, None, taken.on)
    return Step(
        model=record._meta.label_lower, verb=taken.verb, label=move.label, before=came_from,
        after=record.state, note=taken.note, taken_on=taken.on, taken_at=timezone.now(),
        by_name=taken.by, changes=differing(record, was, values(record, names)),
    )  # fmt: skip
