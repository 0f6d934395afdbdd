"""What of a kind of record waits for somebody."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from suzhou_portal.audit import trail
from suzhou_portal.lifecycle.amendments import with_amendments


@dataclass(frozen=True)
class Todo:
    """Records that wait for something: those in one of some states (in none, those still open), or those a
    function finds among others on a day. `action` is the permission it takes to do it.

    Of those in a state, `due` takes only those whose date in that column has come, `past` those whose date
    is over, `own` those that name the account of whoever asks. With `from_above` an office does it for the
    divisions inside its own, and not for its own.

    `by` names the column of the day by which it is to be done: left out, that of `past` or `due`, else `due_on`
    where the kind has it; blank where no day is set. With `steps` false no step of the record answers it.
    """

    key: str
    label: str
    action: str
    which: str | tuple[str, ...] | Callable[[Any, datetime.date], QuerySet] = ()
    from_above: bool = False
    due: str = ""
    past: str = ""
    own: str = ""
    by: str | None = None
    steps: bool = True

    def deadline(self, model: Any) -> str:
        """The column of the day by which it is to be done; blank where none is set."""
        if self.by is not None:
            return self.by
        names = {field.name for field in model._meta.concrete_fields}
        return self.past or self.due or ("due_on" if "due_on" in names else "")

    @property
    def states(self) -> tuple[str, ...]:
        """The states it names; none where a function finds the records."""
        if callable(self.which):
            return ()
        return (self.which,) if isinstance(self.which, str) else self.which

    def among(self, records: Any, day: datetime.date) -> QuerySet:
        """The records among these that wait on that day."""
        if callable(self.which):
            return self.which(records, day)
        waiting = records.in_state(*self.states) if self.states else records.open()
        if self.own:
            waiting = waiting.filter(**{self.own: trail.current().user})
        dates = {f"{self.due}__lte": day} if self.due else {f"{self.past}__lt": day}
        return waiting.filter(**dates) if self.due or self.past else waiting


def amended(model: Any) -> Iterator[Todo]:
    """What somebody asked to change, and those who may take that step decide on."""
    for move in model.lifecycle.moves:
        if move.proposed_by:
            label = f"有人提出{move.label}、等待决定的{model._meta.verbose_name}"
            yield Todo("amended", label, move.action, _undecided, steps=False)


def _undecided(records: QuerySet, _day: datetime.date) -> QuerySet:
    return with_amendments(records)
