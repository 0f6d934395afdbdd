"""Who may take which step, and why somebody may not whose role could."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, prefetch_related_objects

from suzhou_portal.accounts.guard import refuse_from_within
from suzhou_portal.accounts.roles import permission
from suzhou_portal.lifecycle.authors import written_by, wrote
from suzhou_portal.lifecycle.models import Author, Staged, Step
from suzhou_portal.lifecycle.table import Move

OWN = "由他人办理：这份记录是您填写的"
EARLIER = "由他人办理：“{}”是您办理的"
ABOVE = "由上级办理"


def refuse(user: Any, record: Staged, move: Move) -> None:
    """Raises PermissionDenied where the step is not the person's to take; None may take all."""
    if user is None:
        return
    reason = hindrance(user, record, move)
    if reason is None:
        raise PermissionDenied(
            f"{user.username} may not {move.verb} {record._meta.label} {record.pk}"
        )
    if reason:
        raise PermissionDenied(f"“{move.label}”须{reason}。")


def may_take(user: Any, record: Staged, move: Move) -> bool:
    """Whether the step is the person's to take, as far as permission goes."""
    return hindrance(user, record, move) == ""


def hindrance(user: Any, record: Staged, move: Move) -> str | None:
    """Why the step is somebody else's; blank where it is the person's, None where no role of theirs has it."""
    if not user.has_perm(permission(move.action, record), record):
        return None
    if move.from_above and _within(user, record, move.action):
        return ABOVE
    if move.by_another and wrote(user, record):
        return OWN
    earlier = record.steps().filter(verb__in=move.not_by, by=user).first() if move.not_by else None
    return EARLIER.format(earlier.label) if earlier else ""


def hindrances(user: Any, record: Staged) -> list[tuple[Move, str | None]]:
    """The steps open now that somebody takes at once, each with why it is not the person's (`hindrance`)."""
    taken = [move for move in record.moves if not move.proposed_by]
    return [(move, hindrance(user, record, move)) for move in taken]


def lost_by_writing(user: Any, record: Staged) -> list[Move]:
    """The steps open now that the person may take, and no longer once they have written the record."""
    return [move for move in record.moves if move.by_another and may_take(user, record, move)]


def theirs(user: Any, records: QuerySet, action: str, states: tuple[str, ...]) -> QuerySet:
    """Of these records in one of the states, those on which the person can take a step of this action:
    not those where each is somebody else's, for what they wrote or did before.
    """
    model: type[Staged] = records.model
    moves = [m for m in model.lifecycle.moves if m.action == action and {*m.sources} & {*states}]
    if moves and all(move.by_another for move in moves):
        records = records.exclude(pk__in=written_by(user, records).values("pk"))
    if moves and all(move.not_by for move in moves):
        verbs = {verb for move in moves for verb in move.not_by}
        done = Step.objects.filter(
            model=model._meta.label_lower, object_id=OuterRef("pk"), verb__in=verbs, by=user.pk
        )
        records = records.exclude(Exists(done))
    return records


def offered(user: Any, waiting: Iterable[tuple[Staged, str]]) -> dict[tuple[str, int], list[Move]]:
    """By kind and key of each record, the steps of an action that the person takes at once where the action
    is theirs to do: not those that are somebody else's (`hindrance`). One statement, however many records.
    """
    pairs = list(waiting)
    beside: dict[type[Staged], list[Staged]] = {}
    for record, _ in pairs:
        beside.setdefault(type(record), []).append(record)
    for model, records in beside.items():
        prefetch_related_objects(records, *model.moves_with)
    did = _done(user, [record for record, _ in pairs])
    return {
        (label := record._meta.label_lower, record.pk): [
            move
            for move in record.moves
            if move.action == action
            and not move.proposed_by
            and not (move.by_another and (label, record.pk, "") in did)
            and not any((label, record.pk, verb) in did for verb in move.not_by)
            and not (move.from_above and _within(user, record, action))
        ]
        for record, action in pairs
    }


def _done(user: Any, records: list[Staged]) -> set[tuple[str, int, str]]:
    """What the person wrote of the records, with a blank, and which steps they took."""
    keys: dict[str, list[int]] = {}
    for one in records:
        keys.setdefault(one._meta.label_lower, []).append(one.pk)
    if not keys:
        return set()
    among = reduce(or_, (Q(model=label, object_id__in=these) for label, these in keys.items()))
    wrote = Author.objects.filter(among, user=user.pk).values_list("model", "object_id", Value(""))
    took = Step.objects.filter(among, by=user.pk).order_by()
    entered = {
        (one._meta.label_lower, one.pk, "") for one in records if one.entered_by_id == user.pk
    }
    return entered | {*wrote.union(took.values_list("model", "object_id", "verb"), all=True)}


def _within(user: Any, record: Staged, action: str) -> bool:
    try:
        refuse_from_within(user, record, action)
    except PermissionDenied:
        return True
    return False
