"""Columns that not everybody may read are no way to find a record, nor to learn of one elsewhere."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.codes import NOTHING
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action, Mask

ELSEWHERE = Secret("accounts.user", "填写的内容与看不到的记录相同")
# What a value of the kind can look like; another text is not looked for in such a column.
_LIKE = {Mask.PHONE: re.compile(r"[0-9][0-9\-转]{2,19}"), Mask.NAME: re.compile(r".{2,}")}


def is_hidden(model: type[models.Model], path: str) -> bool:
    """Whether a search field (`=phone`, `person__phone`) leads to or through a hidden column."""
    for name in path.lstrip("=^@").split("__"):
        if name in {*getattr(model, "masked", {}), *getattr(model, "withheld", ())}:
            return True
        known = {field.name: field for field in model._meta.get_fields()}
        model = getattr(known.get(name), "related_model", None) or model
    return False


def found_in_full(user: Any, model: type[models.Model], paths: Iterable[str], term: str) -> Q:
    """Records that have exactly the term in one of their own hidden columns among the paths, or as a
    contact's number, where the person may see these in full. It is as good as a look, so the trail has it.

    Nobody else: a mask shows seven digits of eleven, so that who only sees it would guess the others.
    """
    masks, asked, called = getattr(model, "masked", {}), NOTHING, _called(user, model)
    named = {path.lstrip("=^@") for path in paths}
    if not user.has_perm(permission("reveal", model)):
        if called is NOTHING:
            return asked
        named = set()
    contacts = {name for name in getattr(model, "contact_columns", ()) if masks[name] is Mask.PHONE}
    for name in sorted(named | contacts):
        if masks.get(name) not in _LIKE:
            continue
        field: Any = model._meta.get_field(name)
        spelt = field.to_python(term.strip())
        if _LIKE[masks[name]].fullmatch(spelt):
            note = f"按{field.verbose_name}查找"
            trail.record(Action.REVEAL, model=model._meta.label_lower, note=note)
            asked |= Q(**{name: spelt})
    return asked & (user.scope(model, "reveal") | called)


def _called(user: Any, model: type[models.Model]) -> Q:
    """The records whose contacts the person reads in full, as `opens_contacts_to` says of one."""
    if not getattr(model, "contact_columns", ()):
        return NOTHING
    found = user.scope(model, "contact") if user.has_perm(permission("contact", model)) else NOTHING
    if user.roots(model, "change", owners=False):
        own = Q(entered_by=user.pk) | Q(area__in=user.own_areas)
        found |= own & user.scope(model, "change")
    return found


def compared(model: type[models.Model]) -> list[models.UniqueConstraint]:
    """The rules by which something hidden may stand only once."""
    hidden = {*getattr(model, "masked", {})}
    return [
        rule
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and hidden & {*rule.fields}
    ]


def unseen_twin(user: Any, record: Any) -> bool:
    """Whether another record that the person may not see in full has the same by one of those rules."""
    model = type(record)
    return any(
        model._base_manager.filter(
            rule.condition or Q(), **{name: getattr(record, name) for name in rule.fields}
        )
        .exclude(pk=record.pk)
        .exclude(user.scope(model, "reveal"))
        .exists()
        for rule in compared(model)
    )
