"""The one door for every change of state: pages, admin actions and seeds all enter here."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.allowed import refuse
from suzhou_portal.lifecycle.changed import Values, differing, values
from suzhou_portal.lifecycle.models import MERGED, UNDO, Staged, Step
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
    said_by: str = "",
    **given: Any,
) -> Record:
    """Take a step, in this order: lock the record, check the table, the person and the day, fill in what
    the step fills in, check all rules, store history and record, change what follows from it.

    `by` is an account; None for a command or seed, which may do everything, and for whoever has no
    account, whom history then calls `said_by`. Returns the stored record. Raises PermissionDenied, or
    ValidationError where the step is not possible (any more).
    """
    move, day = record.lifecycle.move(verb), on or timezone.localdate()
    stored = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    refuse(by, stored, move)
    check_step(stored, move, note)
    _check_day(stored, move, day)
    came_from, was = stored.state, values(stored, move.columns)
    many = assigned(stored, given)
    _complete(stored, move, by, day)
    with vouched(stored):
        changes = differing(stored, was, values(stored, move.columns) | many)
        # History first: the database lets a record change only by a step that stands there.
        said = {"verb": verb, "label": move.label, "taken_on": day, "note": note}
        write_down(stored, came_from, by, said_by=said_by, **said, changes=changes)
        stored.save()
        for name, keys in many.items():
            getattr(stored, name).set(keys)
        for effect in after_step[type(record), verb]:
            effect(stored, by, day)
    return stored


def _complete(record: Staged, move: Move, by: Any, day: datetime.date) -> None:
    """Fill in what the step fills in, and check all rules of the record as it will be."""
    fill_in(record, move, by, day)
    _check_below(record, move, day)
    record.state = move.leads_to(record.state)
    for effect in before_step[type(record), move.verb]:
        effect(record, by, day)
    _check_filled(record, move)
    record.check_rules()


def assigned(record: Staged, given: Values) -> Values:
    """Give the record these values. Returns the keys of relations to many, which are set once it is stored."""
    many = {}
    for name, value in given.items():
        if record._meta.get_field(name).many_to_many:
            many[name] = sorted(one.pk for one in value)
        else:
            setattr(record, name, value)
    return many


def check_step(record: Staged, move: Move, note: str) -> None:
    """Raises ValidationError where the step is not open in the record's state, or the note is missing."""
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


def _check_day(record: Staged, move: Move, day: datetime.date) -> None:
    """A step is taken neither in the future nor before what it follows on."""
    if day > timezone.localdate():
        raise ValidationError({"taken_on": "办理日期不能晚于今天。"})
    latest, begun = standing(record), record.begun_on
    if latest and day < latest.taken_on:
        said = f"办理日期不能早于上一步“{latest.label}”的日期（{date(latest.taken_on)}）。"
        raise ValidationError({"taken_on": said})
    if begun and day < begun:
        field: Any = record._meta.get_field(record.lifecycle.begins)
        said = f"办理日期不能早于{field.verbose_name}（{date(begun)}）。"
        raise ValidationError({"taken_on": said})


def standing(record: Staged) -> Step | None:
    """The latest step that was not taken back."""
    stand: list[Step] = []
    for step in record.steps().exclude(verb=MERGED).order_by("pk"):
        stand = stand[:-1] if step.verb == UNDO else [*stand, step]
    return stand[-1] if stand else None


def fill_in(record: Staged, move: Move, by: Any, day: datetime.date) -> None:
    """Date, sign and blank what the step's table says."""
    for name in move.dated:
        setattr(record, name, day)
    if move.signed:
        setattr(record, move.signed, by)
    for name in move.blanks:
        field: Any = record._meta.get_field(name)
        setattr(record, name, None if field.null else field.get_default())


def _check_below(record: Staged, move: Move, day: datetime.date) -> None:
    if move.needs and not getattr(record, move.needs[0]).exists():
        raise ValidationError(move.needs[1])
    if move.settled:
        below = getattr(record, move.settled[0])
        if left := below.open().count():
            raise ValidationError(move.settled[1].format(left))
        require_after(below.all(), day)


def require_after(records: QuerySet, day: datetime.date) -> None:
    """Raises ValidationError where one of the records took a step after that day."""
    keys = records.values("pk")
    steps = Step.objects.filter(model=records.model._meta.label_lower, object_id__in=keys)
    if later := steps.filter(taken_on__gt=day).first():
        kind = records.model._meta.verbose_name
        said = f"办理日期不能早于{kind}“{later.label}”的日期（{date(later.taken_on)}）。"
        raise ValidationError({"taken_on": said})


def _check_filled(record: Staged, move: Move) -> None:
    blank = [name for name in move.required if getattr(record, name) in (None, "")]
    if blank:
        raise ValidationError(dict.fromkeys(blank, f"“{move.label}”时须填写。"))


def write_down(record: Staged, came_from: str, by: Any, said_by: str = "", **said: Any) -> Step:
    """Add a line to the record's history, which leads from that state to the one it has now."""
    return Step.objects.create(
        model=record._meta.label_lower,
        object_id=record.pk,
        area=record.area,
        before=came_from,
        after=record.state,
        by=by,
        by_name=by.get_short_name() if by else said_by,
        is_demo=record.is_demo,
        **said,
    )


def _registering(effects: dict, model: type[Staged], verbs: tuple[str, ...]) -> Callable:
    def register(effect: Effect) -> Effect:
        for verb in verbs:
            model.lifecycle.move(verb)  # a verb nobody declared is a mistake of ours
            effects[model, verb].append(effect)
        return effect

    return register
