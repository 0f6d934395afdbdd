"""The one door for every change of state: pages, admin actions and seeds all enter here."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from suzhou_portal.accounts.guard import refuse_from_within, vouched
from suzhou_portal.accounts.roles import permission
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.authors import refuse_own, wrote
from suzhou_portal.lifecycle.models import Staged, Step
from suzhou_portal.lifecycle.table import Move

Record = TypeVar("Record", bound=Staged)
Effect = Callable[[Any, Any, datetime.date], None]

# By kind of record and verb, in the order in which they run.
before_step: dict[tuple[type[Staged], str], list[Effect]] = defaultdict(list)
after_step: dict[tuple[type[Staged], str], list[Effect]] = defaultdict(list)


def before(model: type[Staged], *verbs: str) -> Callable[[Effect], Effect]:
    """Have `effect(record, by, on)` check or complete the record before the step is stored.

    It may raise ValidationError, keyed by field where it can say which.
    """
    return _registering(before_step, model, verbs)


def after(model: type[Staged], *verbs: str) -> Callable[[Effect], Effect]:
    """Have `effect(record, by, on)` change other records once the step is stored, all or nothing."""
    return _registering(after_step, model, verbs)


@transaction.atomic
def take(
    record: Record,
    verb: str,
    *,
    by: Any = None,
    on: datetime.date | None = None,
    note: str = "",
    **values: Any,
) -> Record:
    """Take a step, in this order: lock the record, check the table and the person, fill in what the
    step fills in, check all rules, store record and history, change what follows from it.

    `by` is an account; None for a command or seed, which may do everything. Returns the stored
    record. Raises PermissionDenied, or ValidationError where the step is not possible (any more).
    """
    move, day = record.lifecycle.move(verb), on or timezone.localdate()
    stored = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    _check_person(stored, move, by)
    _check_step(stored, move, note)
    for name, value in values.items():
        setattr(stored, name, value)
    _fill_in(stored, move, by, day)
    _check_below(stored, move)
    came_from, stored.state = stored.state, move.target
    for effect in before_step[type(record), verb]:
        effect(stored, by, day)
    _check_filled(stored, move)
    stored.check_rules()
    with vouched(stored):
        stored.save()
        _write_down(stored, move, came_from, by, day, note)
        for effect in after_step[type(record), verb]:
            effect(stored, by, day)
    return stored


def may_take(user: Any, record: Staged, move: Move) -> bool:
    """Whether the person may take the step, as far as permission goes."""
    try:
        _check_person(record, move, user)
    except PermissionDenied:
        return False
    return True


def for_another(user: Any, record: Staged) -> list[Move]:
    """The steps open now that are the person's to take, but for what they wrote of the record."""
    theirs = [
        move
        for move in record.moves
        if move.by_another and user.has_perm(permission(move.action, record), record)
    ]
    return theirs if theirs and wrote(user, record) else []


def lost_by_writing(user: Any, record: Staged) -> list[Move]:
    """The steps open now that the person may take, and no longer once they have written the record."""
    return [move for move in record.moves if move.by_another and may_take(user, record, move)]


def _check_person(record: Staged, move: Move, by: Any) -> None:
    if by is None:
        return
    if not by.has_perm(permission(move.action, record), record):
        raise PermissionDenied(
            f"{by.username} may not {move.verb} {record._meta.label} {record.pk}"
        )
    if move.by_another:
        refuse_own(by, record)
    if move.from_above:
        refuse_from_within(by, record, move.action)


def _check_step(record: Staged, move: Move, note: str) -> None:
    if record.state not in move.sources:
        latest = record.steps().first()
        said = f"“{record}”现在是“{record.get_state_display()}”"
        if latest:
            said += f"，{latest.by_name or '系统'}已于{date(latest.taken_on)}办理“{latest.label}”"
        raise ValidationError(f"{said}，不能“{move.label}”。")
    if move.reason and not note.strip():
        raise ValidationError({"note": "请写明理由。"})
    try:
        Step._meta.get_field("note").clean(note, None)
    except ValidationError as error:
        raise ValidationError({"note": error.messages}) from error


def _fill_in(record: Staged, move: Move, by: Any, day: datetime.date) -> None:
    for name in move.dated:
        setattr(record, name, day)
    if move.signed:
        setattr(record, move.signed, by)
    for name in move.blanks:
        setattr(record, name, None if record._meta.get_field(name).null else "")


def _check_below(record: Staged, move: Move) -> None:
    if move.needs and not getattr(record, move.needs[0]).exists():
        raise ValidationError(move.needs[1])
    if move.settled and (left := getattr(record, move.settled[0]).open().count()):
        raise ValidationError(move.settled[1].format(left))


def _check_filled(record: Staged, move: Move) -> None:
    blank = [name for name in move.required if getattr(record, name) in (None, "")]
    if blank:
        raise ValidationError(dict.fromkeys(blank, f"“{move.label}”时须填写。"))


def _write_down(
    record: Staged, move: Move, came_from: str, by: Any, day: datetime.date, note: str
) -> None:
    Step.objects.create(
        model=record._meta.label_lower,
        object_id=record.pk,
        area=record.area,
        verb=move.verb,
        label=move.label,
        before=came_from,
        after=move.target,
        note=note,
        taken_on=day,
        by=by,
        by_name=by.get_short_name() if by else "",
        is_demo=record.is_demo,
    )


def _registering(effects: dict, model: type[Staged], verbs: tuple[str, ...]) -> Callable:
    def register(effect: Effect) -> Effect:
        for verb in verbs:
            model.lifecycle.move(verb)  # a verb nobody declared is a mistake of ours
            effects[model, verb].append(effect)
        return effect

    return register
