"""The table of `docs/roles.md`: which role may do what with which kind of record."""

from django.apps import apps

from suzhou_portal.accounts.roles import (
    CHANGE,
    ENTER,
    KEEP,
    LEVELS,
    OWNERS,
    PERMISSIONS,
    VIEW,
    Role,
    permission,
)

HEAD = """# Roles

Made from what each kind of record declares (`Kind.roles`, or `grant` beside its model) by
`make docs`; a test compares them.

A role is held in a division and reaches the records that stand in it. Any other word than these is an action
of the kind's own, such as a step of its lifecycle: **view**; **change** is view and change; **enter** is change
and add; **keep** is enter and delete.

| role | held at | reaches |
|---|---|---|
"""
TOGETHER = {"keep": KEEP, "enter": ENTER, "change": CHANGE, "view": VIEW}


def document() -> str:
    """The whole page."""
    models = [model for model in apps.get_models() if any(_granted(role, model) for role in Role)]
    parts: dict[str, list[str]] = {}
    for model in models:
        parts.setdefault(model._meta.app_label, []).append(_row(model))
    return HEAD + "".join(map(_role, Role)) + "".join(map(_section, parts, parts.values()))


def _role(role: Role) -> str:
    levels = LEVELS.get(role)
    held = "、".join(level.label for level in levels) if levels else "any level"
    reached = f"what is its own (`{OWNERS[role]}`)" if role in OWNERS else "everything inside"
    return f"| {role.label} `{role.name}` | {held} | {reached} |\n"


def _section(name: str, rows: list[str]) -> str:
    heads = " | ".join(role.label for role in Role)
    return f"\n## {name}\n\n| kind | {heads} |\n|---|{'---|' * len(Role)}\n{''.join(rows)}"


def _row(model: type) -> str:
    meta = model._meta  # type: ignore[attr-defined]
    cells = " | ".join(_said(_granted(role, model)) for role in Role)
    return f"| {meta.verbose_name} `{meta.object_name}` | {cells} |\n"


def _granted(role: Role, model: type) -> frozenset[str]:
    granted = PERMISSIONS[role]
    app, suffix = permission("", model).split(".")
    named = (one.split(".") for one in granted)
    return frozenset(
        name.removesuffix(suffix) for label, name in named if label == app and name.endswith(suffix)
    )


def _said(actions: frozenset[str]) -> str:
    for word, together in TOGETHER.items():
        if together <= actions:
            return ", ".join([word, *sorted(actions - together)])
    return ", ".join(sorted(actions))
