"""Bringing a file's rows into their table: all of them, or none and what is wrong with which.

The short way is one COPY of what the columns make of the file, refused by the first thing that is
not right. Only then every row is looked at: its form, and the table's rules, say what is wrong.
"""

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, connection, transaction

from suzhou_portal.accounts.alike import rules_of
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.imports.copying import LedgerTable
from suzhou_portal.imports.explaining import Explainer
from suzhou_portal.imports.lines import Lines, RefusedError
from suzhou_portal.imports.models import Outcome, Problem
from suzhou_portal.imports.reading import LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.merging.finding import suspected

NAMED = 10  # rows that may be there twice, by name
OVERTAKEN = "别人刚刚登记的记录与这个文件冲突，没有导入。请再试一次。"


class _NothingStaysError(Exception):
    """Ends a transaction whose rows shall not stay."""


def bring(
    ledger: Ledger, data: bytes, user: Any, *, name: str, skip: bool = False, trial: bool = False
) -> Outcome:
    """Import a file of that name as the person, who must be the actor of the trail.

    `skip` leaves out rows whose key is there already; a `trial` only tells what would come of it.
    Raises ValidationError for what is no such file, PermissionDenied.
    """
    if not ledger.open_to(user):
        raise PermissionDenied(f"{user.username} may not import {ledger.name}")
    file = LedgerFile(data, ledger.headings, ledger.needed)
    outcome = Outcome()
    with suppress(_NothingStaysError), transaction.atomic():
        _in_turn(ledger)
        lines = Lines(ledger, user)
        outcome = _brought(ledger, file, lines, user, skip=skip)
        _note_twins(outcome, ledger, lines, user)
        if outcome.problems or trial:
            raise _NothingStaysError
        skipped = f"，跳过{outcome.skipped}条" if skip else ""
        note = f"{name}：{outcome.imported}条{skipped}{outcome.merged}"
        trail.record(Action.IMPORT, model=ledger.model._meta.label_lower, note=note)
    if outcome.known and set(ledger.key) & {*getattr(ledger.model, "masked", {})}:
        # To be told that a phone is here is as good as a look at it.
        note = f"{name}：{outcome.known}行与已有的记录相同"
        trail.record(Action.REVEAL, model=ledger.model._meta.label_lower, note=note)
    return outcome


def _brought(ledger: Ledger, file: LedgerFile, lines: Lines, user: Any, *, skip: bool) -> Outcome:
    table = LedgerTable(ledger, lines.columns)
    try:
        # Looking names up takes the connection, so before COPY does.
        blocks = [lines.of(chunk.rows) for chunk in file.chunks()]
        with transaction.atomic():
            return Outcome(imported=table.copy(blocks))
    except (RefusedError, IntegrityError, DataError):
        return _one_by_one(Explainer(ledger, file, lines, user), table, skip=skip)


def _note_twins(outcome: Outcome, ledger: Ledger, lines: Lines, user: Any) -> None:
    """Name the rows now in that may be one with another record, of a kind that asks."""
    if outcome.imported and rules_of(ledger.model):
        new = suspected(user, ledger.model).filter(entered_by=user, created_at=lines.now)
        outcome.doubles = new.count()
        outcome.doubled = (
            [str(one) for one in new.order_by("pk")[:NAMED]] if outcome.doubles else []
        )


def _in_turn(ledger: Ledger) -> None:
    """Two who import the same kind wait for each other, so that the second sees the first's rows."""
    with connection.cursor() as cursor:
        name = f"portal_import {ledger.name}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _one_by_one(explainer: Explainer, table: LedgerTable, *, skip: bool) -> Outcome:
    table.stage(list(explainer.right_rows()))  # which asks the connection, too
    taken = table.taken(table.key)
    if skip:
        table.drop(taken)
    explainer.ask(table, set() if skip else taken)
    if problems := explainer.problems:
        known = 0 if skip else len(taken)
        return Outcome(problems=problems, cut_short=explainer.cut_short, known=known)
    try:
        with transaction.atomic():
            return Outcome(
                imported=table.move(),
                skipped=len(taken),
                known=len(taken),
                respelt=explainer.respelt,
            )
    except IntegrityError:
        return Outcome(problems=[Problem(0, "", "", OVERTAKEN)])
