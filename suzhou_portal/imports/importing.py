"""Bringing a file's rows into their table: all of them, or none and what is wrong with which.

The short way, of a ledger in bulk, is one COPY of what the columns make of the file, refused by the first
thing that is not right. Only then every row is looked at: its form, and the table's rules, say what is
wrong. Rows of other ledgers, and those whose records are there, are entered one by one (`entering.py`).
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, connection, transaction

from suzhou_portal.accounts.alike import rules_of
from suzhou_portal.accounts.hidden import ELSEWHERE
from suzhou_portal.accounts.roles import permission
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.imports import batches, progress
from suzhou_portal.imports.copying import LedgerTable
from suzhou_portal.imports.entering import Entering
from suzhou_portal.imports.explaining import Explainer
from suzhou_portal.imports.lines import Lines, RefusedError
from suzhou_portal.imports.models import Batch
from suzhou_portal.imports.outcomes import OVERTAKEN, Outcome, Problem
from suzhou_portal.imports.reading import Chunk, LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.row_forms import Problems
from suzhou_portal.merging.finding import suspected

TOGETHER = 100  # rows entered one by one, before it is told how far they are
NAMED = 10  # rows that may be there twice, by name


class _NothingStaysError(Exception):
    """Ends a transaction whose rows shall not stay."""


def bring(
    ledger: Ledger, data: bytes, user: Any, *, name: str, skip: bool = False, update: bool = False,
    trial: bool = False,
) -> Outcome:  # fmt: skip
    """Import a file of that name as the person, who must be the actor of the trail.

    Rows whose record is there already and says the same are left alone; `skip` leaves out the others of
    these, too, and `update` changes their records. A `trial` only tells what would come of it.
    Raises ValidationError for what is no such file, PermissionDenied.
    """
    if not ledger.open_to(user):
        raise PermissionDenied(f"{user.username} may not import {ledger.name}")
    outcome, tries, before = Outcome(), 0, ELSEWHERE.noted(user.pk)
    with suppress(_NothingStaysError), transaction.atomic():
        in_turn(ledger.name)
        file = LedgerFile(data, ledger.headings, ledger.needed)
        bringing = _Bringing(ledger, file, user, skip=skip, update=update, trial=trial)
        outcome = bringing.outcome()
        if outcome.problems or trial:
            tries = ELSEWHERE.noted(user.pk) - before
            raise _NothingStaysError
        _note(outcome, bringing, name, hashlib.sha256(data).hexdigest())
    for _ in range(tries):  # what is hidden was asked about, whether or not the rows stay
        ELSEWHERE.note(user.pk)
    hidden = {*getattr(ledger.model, "masked", {}), *getattr(ledger.model, "withheld", ())}
    if outcome.known and hidden & {*ledger.fields}:
        # To be told that a phone is here is as good as a look at it.
        note = f"{name}：{outcome.known}行与已有的记录相同"
        trail.record(Action.REVEAL, model=ledger.model._meta.label_lower, note=note)
    return outcome


class _Bringing:
    """One file on its way in, for one person."""

    def __init__(
        self, ledger: Ledger, file: LedgerFile, user: Any, *, skip: bool, update: bool, trial: bool
    ):
        self.ledger, self.user = ledger, user
        self._file, self._skip = file, skip
        self._problems = Problems(ledger)
        absent = frozenset(file.absent)
        self.entering = Entering(
            ledger, user, self._problems, absent, update=update, skip=skip, only_told=trial
        )
        self.lines = Lines(ledger, user) if ledger.bulk else None

    def outcome(self) -> Outcome:
        """Put the rows where they belong; or say what is wrong with which."""
        outcome = self._copied() if self.lines else self._entered({})
        if self.lines:
            _note_twins(outcome, self.ledger, self.lines, self.user)
        outcome.left_out, outcome.untold = self._file.left_out, self._file.untold
        outcome.absent = self._file.absent
        return outcome

    def _copied(self) -> Outcome:
        assert self.lines  # noqa: S101 - for types
        table = LedgerTable(self.ledger, self.lines.columns)
        try:
            # Looking names up takes the connection, so before COPY does.
            chunks = progress.counted("read", self._file.chunks())
            blocks = [self.lines.of(_unknown(chunk)) for chunk in chunks]
            progress.tell("copy", sum(map(len, blocks)))
            with transaction.atomic():
                return Outcome(imported=table.copy(blocks))
        except (RefusedError, IntegrityError, DataError):
            return self._one_by_one(table, self.lines)

    def _one_by_one(self, table: LedgerTable, lines: Lines) -> Outcome:
        explainer = Explainer(self.ledger, self._file, lines, self.user, self._problems)
        table.stage(list(explainer.right_rows()))  # which asks the connection, too
        taken = table.taken(table.key)
        same = table.same(self._compared()) if self._may_compare() else set()
        table.drop(taken)
        explainer.ask(table, taken)
        there = set() if self._skip else taken - same
        outcome = self._entered({"only": there})
        outcome.known, outcome.respelt = len(taken), explainer.respelt
        if self._skip:
            outcome.skipped += len(taken)
        else:
            outcome.unchanged += len(same)
        if not outcome.problems:
            try:
                with transaction.atomic():
                    outcome.imported += table.move()
            except IntegrityError:
                outcome.problems = [Problem(0, "", "", OVERTAKEN)]
        return outcome

    def _entered(self, some: dict[str, set[int]]) -> Outcome:
        """Enter the rows that name their record, and those that are asked for: without `only`, all."""
        for chunk in progress.counted("enter", _smaller(self._file.chunks())):
            rows = [
                row
                for row in zip(*chunk, strict=True)
                if "only" not in some or row[2] or row[0] in some["only"]
            ]
            if rows and not self._problems.cut_short:
                numbers, cells, keys = zip(*rows, strict=True)
                self.entering.enter(Chunk(numbers, list(cells), keys))
        done = self.entering
        return Outcome(
            imported=len(done.added), changed=done.differing, unchanged=done.unchanged,
            skipped=done.skipped, changes=done.changes, known=done.unchanged + done.differing,
            problems=self._problems.all, cut_short=self._problems.cut_short,
        )  # fmt: skip

    def _may_compare(self) -> bool:
        """Whether the person may learn that what is hidden says the same."""
        hidden = {*getattr(self.ledger.model, "masked", {})} & {*self.ledger.fields}
        return not hidden or self.user.has_perm(permission("reveal", self.ledger.model))

    def _compared(self) -> list[str]:
        """The columns that the file has."""
        named = zip(self.ledger.columns, self.ledger.headings, strict=True)
        return [str(field.column) for field, one in named if one not in self._file.absent]


def _unknown(chunk: Chunk) -> list[Any]:
    """The rows, of which none says which record it is. Raises RefusedError."""
    if any(chunk.keys):
        raise RefusedError
    return chunk.rows


def _smaller(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same rows, so few together that how far they are is told while they are entered."""
    for chunk in chunks:
        for first in range(0, len(chunk.rows), TOGETHER):
            some = slice(first, first + TOGETHER)
            yield Chunk(chunk.numbers[some], chunk.rows[some], chunk.keys[some])


def _note(outcome: Outcome, bringing: _Bringing, name: str, digest: str) -> None:
    """Keep what came of the file, and write it down in the trail."""
    ledger, done = bringing.ledger, bringing.entering
    note = f"{name}：{outcome.imported}条{outcome.beside}{outcome.merged}"
    trail.record(Action.IMPORT, model=ledger.model._meta.label_lower, note=note)
    if not outcome.imported and not outcome.changed:
        return
    batch = Batch.objects.create(
        user=bringing.user, user_name=str(bringing.user)[:60], ledger=ledger.name, name=name[:255],
        digest=digest, added=outcome.imported, changed=outcome.changed, unchanged=outcome.unchanged,
        copied_at=bringing.lines.now if bringing.lines else None,
    )  # fmt: skip
    batches.note(batch, done.added, done.changed)
    outcome.batch = batch.pk


def _note_twins(outcome: Outcome, ledger: Ledger, lines: Lines, user: Any) -> None:
    """Name the rows now in that may be one with another record, of a kind that asks."""
    if outcome.imported and rules_of(ledger.model):
        new = suspected(user, ledger.model).filter(entered_by=user, created_at=lines.now)
        outcome.doubles = new.count()
        outcome.doubled = (
            [str(one) for one in new.order_by("pk")[:NAMED]] if outcome.doubles else []
        )


def in_turn(name: str) -> None:
    """Two who import the same kind wait for each other, so that the second sees the first's rows."""
    with connection.cursor() as cursor:
        name = f"portal_import {name}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
