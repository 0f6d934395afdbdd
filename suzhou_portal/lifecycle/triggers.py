"""The database's own check of every change of state, and of what is final, made from the tables."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from suzhou_portal.lifecycle.models import Staged, Step
from suzhou_portal.triggers import Declared, Trigger, each_row

_NOTED = ("state", "updated_at", "entered_by_id")


def staged_models() -> Iterator[type[Staged]]:
    """Every kind of record with a lifecycle."""
    for model in apps.get_models():
        if issubclass(model, Staged):
            yield model


def _triggers() -> Iterator[Trigger]:
    yield each_row(Step._meta.db_table, "portal_step_kept", "BEFORE UPDATE OR DELETE")
    for model in staged_models():
        pairs = (f"{before}>{after}" for before, after in sorted(model.lifecycle.pairs))
        yield before_step(model, "portal_lifecycle", *pairs)
        if model.lifecycle.final:
            yield _final(model)


def before_step(model: type[Staged], function: str, *arguments: str) -> Trigger:
    """Calls the function before a record's state changes. On the way back through migrations a table
    may be there and its state gone.
    """
    changes = "OLD.state IS DISTINCT FROM NEW.state"
    table = model._meta.db_table
    return each_row(table, function, "BEFORE UPDATE", *arguments, when=changes, column="state")


def _final(model: type[Staged]) -> Trigger:
    table = model.lifecycle
    filled = [str(model._meta.get_field(name).column) for name in table.filled_in_final]  # type: ignore[union-attr]
    left = (*_NOTED, *filled, *getattr(model, "masked", {}))
    states = ", ".join(f"'{state}'" for state in table.final)
    return each_row(
        model._meta.db_table, "portal_final", "BEFORE UPDATE", *left,
        when=f"OLD.state IN ({states})", column="state",
    )  # fmt: skip


DECLARED = Declared(Path(__file__).with_suffix(".sql"), _triggers)
