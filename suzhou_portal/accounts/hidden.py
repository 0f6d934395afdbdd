"""Columns that not everybody may read are no way to find a record, nor to learn of one elsewhere."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from suzhou_portal import cleaning, formats
from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.codes import NOTHING, inside
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action, Mask

ELSEWHERE = Secret("accounts.user", "填写的内容与看不到的记录相同")
# A mask hides four digits: at so many misses a day, their 10,000 values take most of a year.
MISSES_A_DAY = 30
NUMBERS = Secret("accounts.user", "按完整号码没有找到", term=datetime.timedelta(days=1))
USED_UP = (
    f"按完整号码查找而没有找到的，一天内已达{MISSES_A_DAY}次，不再按号码查找隐去号码的记录；"
    "请按姓名、单位查找，或明天再试。"
)
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
    contact's number, where the person may see these in full; or, as the whole number of a contact, where
    they see its mask. It is as good as a look, so the trail has it.
    """
    asked, called = NOTHING, _called(user, model)
    full, masked = user.has_perm(permission("reveal", model)), _seen_masked(user, model)
    if not full and called is masked is NOTHING:
        return NOTHING
    contacts = _numbers(model)
    named = {path.lstrip("=^@") for path in paths} if full else set()
    for name in sorted(named | contacts):
        if spelt := _spelt(model, name, term):
            label = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            note = f"按{label}查找"
            trail.record(Action.REVEAL, model=model._meta.label_lower, note=note)
            asked |= Q(**{name: spelt})
    found = asked & (user.scope(model, "reveal") | called)
    if masked is NOTHING or not _is_whole_number(term) or used_up(user, model, term):
        return found
    return found | _looked_up(user, model, asked, masked, called)


def used_up(user: Any, model: type[models.Model], term: str) -> str:
    """What to say to somebody who looks for a number whose mask they see, and missed too often for today;
    else blank.
    """
    asks = _is_whole_number(term) and _seen_masked(user, model) is not NOTHING
    return USED_UP if asks and NUMBERS.noted(user.pk) >= MISSES_A_DAY else ""


def _looked_up(user: Any, model: type[models.Model], asked: Q, masked: Q, called: Q) -> Q:
    """The records asked for among those of which the person sees the mask. A miss is noted: who misses often
    is guessing. Who reads all of them in full has nothing to guess.
    """
    seen = model._default_manager.filter(masked)
    if not seen.filter(asked).exists() and seen.exclude(called).exists():
        NUMBERS.note(user.pk)
    return asked & masked


def _numbers(model: type[models.Model]) -> set[str]:
    """The columns with the number of somebody who may be called about the record."""
    masks = getattr(model, "masked", {})
    return {name for name in getattr(model, "contact_columns", ()) if masks[name] is Mask.PHONE}


def _spelt(model: type[models.Model], name: str, term: str) -> str:
    """The term as that hidden column keeps it; blank for what it can't hold."""
    mask = getattr(model, "masked", {}).get(name)
    if mask not in _LIKE:
        return ""
    like = _LIKE[mask]
    field: Any = model._meta.get_field(name)
    spelt = field.to_python(term.strip())
    return spelt if like.fullmatch(spelt) else ""


def _is_whole_number(term: str) -> bool:
    """Whether it is a number with all its digits, and enough of them that a mask shows some."""
    spelt = cleaning.phone(term)
    digits = sum(character.isdigit() for character in spelt.partition(cleaning.EXTENSION)[0])
    return digits >= formats.PHONE_DIGITS and bool(cleaning.PHONE.fullmatch(spelt))


def _seen_masked(user: Any, model: type[models.Model]) -> Q:
    """The records that an office sees with the numbers of their contacts masked. Whom an order sends to a
    resident learns who that is once it is theirs to call, and donors are no contacts.
    """
    if not _numbers(model) or user.has_perm(permission("reveal", model)):
        return NOTHING
    roots = user.roots(model, "view", owners=False)
    return inside("area__code", roots) & user.scope(model) if roots else NOTHING


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
