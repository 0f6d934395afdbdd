"""What a lifecycle is: its states, and the steps from one to another. One table for each lifecycle.

The table is all there is: the buttons of a page, the workflow's check, the database's own check and
the diagram in `docs/` are made from it.
"""

from dataclasses import KW_ONLY, dataclass
from functools import cached_property

from django.db import models


@dataclass(frozen=True)
class Move:
    """A step: a verb, from which states, to which one.

    `action` is the permission it takes, as in `app.<action>_<model>`; `by_another`, that whoever
    wrote any part of the record may not take it; `from_above`, that only an office of a division around the
    record's may. `fields` are filled in with the step, `required` among them must not stay blank;
    `sets` are columns that what follows from the step fills in; `dated` is the column that keeps the
    step's own day; `reason` says that the step needs a note.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    _: KW_ONLY
    action: str = "change"
    by_another: bool = False
    from_above: bool = False
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    dated: str = ""
    reason: bool = False


@dataclass(frozen=True, kw_only=True)
class Lifecycle:
    """All states and steps of one kind of record; `start` is where a new one stands.

    `closed` are the states in which nothing more is expected; `final` those in which the record's
    content can no longer be changed, but for what steps fill in; `good` and `bad` colour the pill.
    """

    name: str
    states: type[models.TextChoices]
    start: str
    moves: tuple[Move, ...]
    closed: tuple[str, ...] = ()
    final: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every legal change of state."""
        return frozenset(
            (str(source), str(move.target)) for move in self.moves for source in move.sources
        )

    @cached_property
    def by_another(self) -> dict[tuple[str, str], Move]:
        """The changes of state that only somebody may make who wrote no part of the record."""
        return {
            (str(source), str(move.target)): move
            for move in self.moves
            if move.by_another
            for source in move.sources
        }

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
    def filled_in_final(self) -> tuple[str, ...]:
        """What the steps from a final state fill in."""
        leaving = [move for move in self.moves if {*move.sources} & {*self.final}]
        named = (
            name for move in leaving for name in (*move.fields, *move.sets, move.dated) if name
        )
        return tuple(dict.fromkeys(named))

    @property
    def open(self) -> tuple[str, ...]:
        """The states in which something is still expected."""
        return tuple(state for state in self.states.values if state not in self.closed)

    def tone(self, state: str) -> str:
        """How the state's pill is coloured."""
        return "good" if state in self.good else "bad" if state in self.bad else "quiet"


def state_field(lifecycle: Lifecycle) -> models.CharField:
    """The column of a record that keeps its state; only steps change it."""
    return models.CharField(
        "状态",
        max_length=20,
        choices=lifecycle.states.choices,
        default=lifecycle.start,
        editable=False,
        db_index=True,
    )


def known_state(name: str, lifecycle: Lifecycle) -> models.CheckConstraint:
    """The state is one of the table's."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(state__in=lifecycle.states.values),
        violation_error_message="没有这一状态。",
    )
