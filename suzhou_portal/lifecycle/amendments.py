"""What was approved changes by a step that one person proposes and another accepts."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.roles import permission
from suzhou_portal.lifecycle.allowed import may_take
from suzhou_portal.lifecycle.changed import differing, restored, values
from suzhou_portal.lifecycle.models import Amendment, Staged
from suzhou_portal.lifecycle.moves import assigned, check_step, take, write_down
from suzhou_portal.lifecycle.table import Move

WAITING = "这条记录还有没有决定的变更申请，决定以后才能再提。"


def open_amendment(record: Staged) -> Amendment | None:
    """What somebody has asked to change of the record, and nobody has decided."""
    return Amendment.objects.filter(
        model=record._meta.label_lower, object_id=record.pk, accepted=None
    ).first()


def with_amendments(records: QuerySet) -> QuerySet:
    """The records of which somebody has asked to change something, and nobody has decided."""
    open_ones = Amendment.objects.filter(model=records.model._meta.label_lower, accepted=None)
    return records.filter(pk__in=open_ones.values("object_id"))


def may_propose(user: Any, record: Staged, move: Move) -> bool:
    """Whether the person may ask for a step that somebody else then takes: what is open is just corrected."""
    asked = move.proposed_by and not record.may_change
    return bool(asked) and user.has_perm(permission(move.proposed_by, record), record)


def may_decide(user: Any, record: Staged, asked: Amendment) -> bool:
    """Whether the person may accept or refuse what somebody else asked for."""
    return asked.entered_by_id != user.pk and may_take(
        user, record, record.lifecycle.move(asked.verb)
    )


@transaction.atomic
def propose(record: Staged, move: Move, *, by: Any, reason: str, **given: Any) -> Amendment:
    """Ask for a step, with what it shall change.

    Raises PermissionDenied, or ValidationError where it is not possible now, changes nothing, or breaks a
    rule of the record.
    """
    stored = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if not may_propose(by, stored, move):
        raise PermissionDenied(f"{by.username} may not propose {move.verb} of {record._meta.label}")
    check_step(stored, move, reason)
    before = values(stored, move.fields)
    assigned(stored, given)
    stored.check_rules()
    changes = differing(stored, before, values(stored, move.fields))
    if not changes:
        raise ValidationError("没有填写要变更的内容。")
    asked = Amendment(
        area_id=record.area_id, model=record._meta.label_lower, object_id=record.pk, verb=move.verb,
        label=move.label, changes=changes, reason=reason, is_demo=record.is_demo,
    )  # fmt: skip
    try:
        with transaction.atomic(), vouched(record):
            asked.save()
    except IntegrityError:
        raise ValidationError(WAITING) from None
    return asked


@transaction.atomic
def decide(
    record: Staged, *, by: Any, accepted: bool, on: datetime.date | None = None, answer: str = ""
) -> Amendment:
    """Accept what was asked for, which takes the step, or refuse it with a reason.

    Raises PermissionDenied for who asked for it, or may not take the step; ValidationError where it was
    decided already, or the record has changed since.
    """
    asked = Amendment.objects.select_for_update().filter(
        model=record._meta.label_lower, object_id=record.pk, accepted=None
    ).first()  # fmt: skip
    if asked is None:
        raise ValidationError("这项变更申请已经有人决定了。")
    if not may_decide(by, record, asked):
        raise PermissionDenied(f"{by.username} may not decide on {asked.pk}")
    if not accepted and not answer.strip():
        raise ValidationError({"answer": "请写明不同意的理由。"})
    if accepted:
        _carry_out(record, asked, by, on)
    else:
        write_down(
            record, record.state, by, verb="declined", label=f"不同意{asked.label}", note=answer,
            changes=asked.changes, taken_on=timezone.localdate(),
        )  # fmt: skip
    asked.decided_by, asked.decided_at = by, timezone.now()
    asked.accepted, asked.answer = accepted, answer
    with vouched(record):
        asked.save()
    return asked


def _carry_out(record: Staged, asked: Amendment, by: Any, on: datetime.date | None) -> None:
    if values(record, asked.changes) != {name: was for name, (was, _) in asked.changes.items()}:
        raise ValidationError("提出以后，这条记录又有变化。请不同意这项申请，由提出人重新提出。")
    given = {name: restored(type(record), name, new) for name, (_, new) in asked.changes.items()}
    who = asked.entered_by.get_short_name() if asked.entered_by else ""
    take(record, asked.verb, by=by, on=on, note=f"{asked.reason}（{who}提出）", **given)
