"""What a lifecycle is: its states, and the steps from one to another. One table for each lifecycle.

The buttons of a page, the workflow's check, the database's own check and `docs/lifecycles.md` are made
from it. What a table can't say is a function that a party's `workflow` registers for a step.
"""

from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from django.db import models

STAYS = ""  # the target of a step that leaves the record in the state in which it stands


@dataclass(frozen=True)
class Move:
    """A step: a verb, from which states, to which one.

    `action` is the permission it takes, as in `app.<action>_<model>`; left out, it is the table's.
    `by_another` says that whoever wrote any part of the record may not take it; `not_by`, that nobody may
    who took one of these steps before; `from_above`, that only an office of a division around the record's
    may; `reason`, that it needs a note. With `proposed_by`, the permission of whoever asks for it, a step
    is written down as an amendment first, and taken once somebody else accepts that.

    The columns it changes: `fields` are asked for, and but for those in `optional` must not stay blank;
    `dated` keep the step's own day; `signed` keeps the account of who takes it; `blanks` are emptied;
    `sets` are filled in by functions of the party's workflow.

    What must be there, as a relation and what is said where it isn't: of `needs`, at least one row; of
    `settled`, no open one (`{}` stands for how many there are).

    `follows` tells whoever is about to take it what happens then beyond this record. Who took a step by
    mistake may take it back on the same day, unless it is `binding`.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    _: KW_ONLY
    action: str = ""
    by_another: bool = False
    not_by: tuple[str, ...] = ()
    proposed_by: str = ""
    from_above: bool = False
    fields: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    signed: str = ""
    blanks: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    reason: bool = False
    needs: tuple[str, str] | None = None
    settled: tuple[str, str] | None = None
    follows: str = ""
    binding: bool = False

    def leads_to(self, state: str) -> str:
        """The state in which a record stands after it, that stood in this one before."""
        return str(self.target or state)

    @property
    def asks(self) -> bool:
        """Whether it takes more than a click."""
        return bool(self.fields or self.reason)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that must not stay blank."""
        return tuple(name for name in self.fields if name not in self.optional)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all fields that the step may change, beside the state."""
        signed = (self.signed,) if self.signed else ()
        return (*self.fields, *self.sets, *self.dated, *signed, *self.blanks)


def amend(label: str, sources: tuple[str, ...], *fields: str, **more: Any) -> Move:
    """A step that changes what was decided, with a reason, and leaves the record in its state."""
    return Move("amend", label, sources, STAYS, fields=fields, optional=fields, reason=True, **more)


class Lifecycle:
    """All states and steps of one kind of record. A new one stands in the first state.

    `name` is what the kind is called in its constraint, `<name>_state`. `action` is the permission
    of steps that name none. `closed` are the states in which nothing more is expected; `good` and `bad`
    colour the pill.

    `open_in` are the states in which content may be corrected by whoever may change the record: the first
    one, where none is named. In any other only a step changes a column, and only those that it names.
    `begins` is the field that says since when there is anything to take a step on.
    """

    def __init__(
        self,
        name: str,
        states: type[models.TextChoices],
        *moves: Move,
        action: str = "change",
        closed: tuple[str, ...],
        open_in: tuple[str, ...] | None = None,
        begins: str = "",
        good: tuple[str, ...] = (),
        bad: tuple[str, ...] = (),
    ) -> None:
        self.name, self.states = name, states
        self.moves = tuple(replace(move, action=move.action or action) for move in moves)
        self.closed, self.good, self.bad, self.begins = closed, good, bad, begins
        self.open_in = (self.start,) if open_in is None else open_in

    @property
    def start(self) -> str:
        """The state in which a new record stands."""
        return self.states.values[0]

    def changes(self) -> list[tuple[str, str, Move]]:
        """Every step with a state in which it may be taken and the state that follows, in their order."""
        return [
            (str(source), move.leads_to(source), move)
            for move in self.moves
            for source in move.sources
        ]

    @property
    def approves(self) -> bool:
        """Whether any of its steps is only for somebody who wrote no part of the record."""
        return any(move.by_another for move in self.moves)

    def move(self, verb: str) -> Move:
        """The step of that verb. Raises KeyError."""
        for move in self.moves:
            if move.verb == verb:
                return move
        raise KeyError(verb)

    def moves_from(self, state: str) -> list[Move]:
        """The steps that may be taken in a state."""
        return [move for move in self.moves if state in move.sources]

    @property
    def filled_by_steps(self) -> tuple[str, ...]:
        """The names of all fields that a step asks for, fills in or blanks."""
        return tuple(dict.fromkeys(name for move in self.moves for name in move.columns))

    @property
    def open(self) -> tuple[str, ...]:
        """The states in which something is still expected."""
        return tuple(state for state in self.states.values if state not in self.closed)

    def tone(self, state: str) -> str:
        """How the state's pill is coloured."""
        return "good" if state in self.good else "bad" if state in self.bad else "quiet"


class StateField(models.CharField):
    """The column that keeps where a record stands; only steps change it.

    The record's table says which states there are, in which one a new record stands, and what the
    constraint is called by which the database knows no other. To migrations it is a plain column.
    """

    def contribute_to_class(self, cls, name, private_only=False):
        """Take states and constraint from the table of the record, which an abstract one has not."""
        table: Lifecycle | None = getattr(cls, "lifecycle", None)
        if table:
            self.choices, self.default = table.states.choices, table.start
            # Columns stand in the order in which they were made: this one after the record's own.
            self.creation_counter = models.Field.creation_counter
            models.Field.creation_counter += 1
            known = models.CheckConstraint(
                name=f"{table.name}_state",
                condition=models.Q(state__in=table.states.values),
                violation_error_message="没有这一状态。",
            )
            cls._meta.constraints = [known, *cls._meta.constraints]
            cls._meta.original_attrs["constraints"] = cls._meta.constraints
            # By which lists of what waits are read: one district's in one state, of a country's.
            there = models.Index(fields=["state", "area"], name=f"{table.name}_standing")
            cls._meta.indexes = [there, *cls._meta.indexes]
            cls._meta.original_attrs["indexes"] = cls._meta.indexes
        super().contribute_to_class(cls, name, private_only)

    def deconstruct(self):
        """Return what migrations keep: the name, and a plain CharField with its arguments."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


def having(*states: str, filled: tuple[str, ...] = (), blank: tuple[str, ...] = ()) -> models.Q:
    """That a record is in one of the states, with these dates, numbers or relations filled and blank."""
    known = {f"{name}__isnull": False for name in filled}
    known |= {f"{name}__isnull": True for name in blank}
    among = {"state": states[0]} if len(states) == 1 else {"state__in": [*states]}
    return models.Q(**known, **among)
