"""The state diagrams of `docs/lifecycles.md`, made from the tables."""

from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lifecycle.triggers import staged_models

HEAD = """# Lifecycles

Made from the transition tables by `python manage.py state_diagrams`; a test compares them.
"""


def document() -> str:
    """The whole page."""
    models = sorted(staged_models(), key=lambda model: model._meta.label)
    return HEAD + "".join(_section(model) for model in models)


def _section(model: type[Staged]) -> str:
    table = model.lifecycle
    labels = dict(table.states.choices)
    lines = [f"    [*] --> {table.start}"]
    lines += [f"    {state}: {labels[state]}" for state in table.states.values]
    lines += [
        f"    {source} --> {move.target}: {move.label}"
        for move in table.moves
        for source in move.sources
    ]
    lines += [f"    {state} --> [*]" for state in table.closed]
    body = "\n".join(lines)
    return f"\n## {table.name} `{model._meta.label}`\n\n```mermaid\nstateDiagram-v2\n{body}\n```\n"
