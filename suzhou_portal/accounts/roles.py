"""The roles of people with an account, and what each may do.

A permission is named as Django names it, `app.action_model`. What a role may do is code and not rows, so
that it is reviewed, tested and released like everything else, and cannot drift on a site. Each kind of
record says it of itself (`Kind.roles`, or a call of `grant` beside its model); `docs/roles.md` shows all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from suzhou_portal.areas.codes import Level


class Role(models.TextChoices):
    """The roles of people with an account; residents and the public need none."""

    TEAM = "team", "志愿队伍"
    ORGANIZATION = "organization", "社会组织"
    EVALUATOR = "evaluator", "第三方评估"
    GRID_WORKER = "grid_worker", "网格员"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    DISTRICT = "district", "区级"
    HR = "hr", "区级人事"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


# The levels at which a role is held; others are held anywhere.
LEVELS: dict[str, tuple[Level, ...]] = {
    Role.GRID_WORKER: (Level.GRID, Level.COMMUNITY),
    Role.COMMUNITY: (Level.COMMUNITY,),
    Role.STREET: (Level.STREET,),
    **dict.fromkeys(
        (Role.DISTRICT, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR),
        (Level.DISTRICT, Level.CITY, Level.PROVINCE, Level.COUNTRY),
    ),
}
# Roles that see only what is their own, told by a key of `owned_by` on each model.
OWNERS = {Role.TEAM: "team", Role.ORGANIZATION: "organization", Role.EVALUATOR: "evaluator"}

# Actions that go together. ENTER is for what is kept as a file: nobody deletes it.
VIEW = frozenset({"view"})
CHANGE = VIEW | {"change"}
ENTER = CHANGE | {"add"}
KEEP = ENTER | {"delete"}


def offices(actions: frozenset[str]) -> dict[Role, frozenset[str]]:
    """The same actions for the offices of communities, of streets and of districts."""
    return dict.fromkeys((Role.COMMUNITY, Role.STREET, Role.DISTRICT), actions)


# What each role may do, filled by `grant` while the portal starts.
PERMISSIONS: dict[str, set[str]] = {role: set() for role in Role}


def permission(action: str, model: Any) -> str:
    """The name of a permission on a kind of record, or on the kind a record is of."""
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def grant(model: Any, granted: Mapping[Role, Iterable[str]]) -> None:
    """Let each role do these actions with the records of a model, where it reaches them."""
    for role, actions in granted.items():
        PERMISSIONS[role] |= {permission(action, model) for action in actions}
