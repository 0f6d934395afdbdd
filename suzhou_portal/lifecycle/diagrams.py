"""The page `docs/lifecycles.md`, made from the tables and from what is registered for their steps."""

from collections.abc import Iterable, Iterator

from suzhou_portal.accounts.roles import permission
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lifecycle.moves import Effect, after_step, before_step
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.lifecycle.triggers import staged_models

HEAD = """# Lifecycles

Made from the transition tables by `make docs`; a test compares them.

Of each step: the permission it takes, what it asks for (in brackets what may stay blank), and which
columns it fills or blanks. *By another* may not be taken by whoever wrote any part of the record, *from
above* only by an office of a division around the record's; *with a reason* asks for a note; what is
*proposed by* somebody is taken once somebody else accepts it. Below stand the functions that check or
change more, before and after the step is stored.

In states that are not open only steps change a record, each only the columns it names; the database holds
that. What is personal may be blanked at any time.
"""
TABLE = "| step | permission | asks for | fills in |\n| --- | --- | --- | --- |"


def document() -> str:
    """The whole page."""
    models = sorted(staged_models(), key=lambda model: model._meta.label)
    return HEAD + "".join(_section(model) for model in models)


def _section(model: type[Staged]) -> str:
    table = model.lifecycle
    parts = [
        f"## {model._meta.verbose_name} `{model._meta.label}`",
        "```mermaid\nstateDiagram-v2\n" + "\n".join(_diagram(model)) + "\n```",
        f"Content is open in {', '.join(f'`{state}`' for state in table.open_in) or 'no state'}.",
        "\n".join([TABLE, *(_row(model, move) for move in table.moves)]),
        "\n".join(line for move in table.moves for line in _effects(model, move)),
    ]
    return "".join(f"\n{part}\n" for part in parts if part)


def _diagram(model: type[Staged]) -> Iterator[str]:
    table = model.lifecycle
    yield f"    [*] --> {table.start}"
    for state, label in table.states.choices:
        yield f"    {state}: {label}"
    for before, after, move in table.changes():
        yield f"    {before} --> {after}: {move.label}"
    for state in table.closed:
        yield f"    {state} --> [*]"


def _row(model: type[Staged], move: Move) -> str:
    """One step, as a row of the table."""
    conditions = {
        "by another": move.by_another, "from above": move.from_above, "with a reason": move.reason,
    }  # fmt: skip
    met = [name for name, yes in conditions.items() if yes]
    met += [f"not by who took `{verb}`" for verb in move.not_by]
    if move.proposed_by:
        met.append(f"proposed by `{permission(move.proposed_by, model)}`")
    taken = [f"`{permission(move.action, model)}`", *met]
    asked = [f"(`{name}`)" if name in move.optional else f"`{name}`" for name in move.fields]
    signed = (move.signed,) if move.signed else ()
    filled = [
        *(f"`{name}`" for name in (*move.dated, *signed, *move.sets)),
        *(f"blanks `{name}`" for name in move.blanks),
    ]
    cells = (f"{move.label} `{move.verb}`", *map(", ".join, (taken, asked, filled)))
    return f"| {' | '.join(cells)} |"


def _effects(model: type[Staged], move: Move) -> Iterator[str]:
    """What runs with one step, a line each: what must be there first, then the functions."""
    at = f"- {move.label} `{move.verb}`"
    if move.needs:
        yield f"{at} needs a row of `{move.needs[0]}`"
    if move.settled:
        yield f"{at} needs `{move.settled[0]}` without an open one"
    yield from (f"{at}, before: {text}" for text in _named(before_step[model, move.verb]))
    yield from (f"{at}, after: {text}" for text in _named(after_step[model, move.verb]))


def _named(effects: Iterable[Effect]) -> Iterator[str]:
    for effect in effects:
        code, [purpose, *_] = effect.__code__, (effect.__doc__ or "").splitlines()
        file = f"{effect.__module__.replace('.', '/')}.py"
        yield f"`{file}:{code.co_firstlineno} {effect.__name__}`. {purpose}"
