"""Visits that the portal treats alike, by the same code for the same reason; one of each is walked.

A page of a record is decided by what the role may do to such records, by how an owner's are found, and
by the methods of its admin that decide; any other address by what its view asks of the person.
"""

import re
from collections import Counter, defaultdict
from functools import cache

from django.contrib import admin

from suzhou_portal.accounts.roles import OWNERS
from tests.accounts.addresses import ADDRESSES, model_of
from tests.accounts.expected import Visit, rule_of
from tests.accounts.world import WHO, Staff

EVERYBODY = [Staff("anonymous"), *WHO]
METHODS = ("get", "post")
ACTIONS = ("view", "add", "change", "delete", "reveal")
# The methods of an admin that decide who gets what.
DECIDING = re.compile(
    r"get_(queryset|object|urls|inlines|deleted_objects|readonly_fields)|has_\w+_permission|is_kept"
    r"|\w+_view|save_\w+|response_\w+|render_change_form|lookup_allowed"
)


@cache
def visits():
    """Everybody at every address, in both ways."""
    return [
        Visit(who, name, method, **rule_of(name)[1])
        for who in EVERYBODY
        for name in dict.fromkeys(name for name, _ in ADDRESSES)
        for method in METHODS
    ]


def expected(visit):
    """The numbers of the answers that may come."""
    return frozenset(rule_of(visit.name)[0](visit))


def behaviour(visit):
    """What decides how the visit ends."""
    if visit.who.label == "anonymous":
        return "anonymous", visit.page or visit.name, visit.method, rule_of(visit.name)[0].__name__
    if not visit.page:
        return visit.name, visit.method, expected(visit)
    granted = frozenset(action for action in ACTIONS if visit.may(action))
    return visit.page, visit.method, expected(visit), granted, *_reached_by(visit, granted)


def _reached_by(visit, granted):
    model = model_of(visit.name)
    own = OWNERS.get(visit.who.role) if granted else None
    hidden = bool(getattr(model, "masked", ())), bool(getattr(model, "withheld", ()))
    return (
        deciding(model),
        own,
        getattr(model, "owned_by", {}).get(own),
        hidden if granted else None,
    )


@cache
def deciding(model):
    """Our own methods that decide in the model's admin."""
    kept = admin.site._registry[model]
    methods = [getattr(kept, name) for name in dir(type(kept)) if DECIDING.fullmatch(name)]
    return frozenset(
        f"{method.__module__}.{method.__qualname__}"
        for method in filter(callable, methods)
        if not method.__module__.startswith("django.")
    )


@cache
def walked():
    """A visit for each behaviour; among those alike the one whose role and record were met least, and
    then whoever meets the records that are still missing.
    """
    alike = defaultdict(list)
    for visit in visits():
        alike[behaviour(visit)].append(visit)
    met, chosen = Counter(), []
    for group in sorted(alike.values(), key=len):
        visit = min(group, key=lambda one: (met[one.name], met[one.who.label]))
        met.update([visit.name, visit.who.label])
        chosen.append(visit)
    return chosen + [one for one in visits() if not met[one.name] and not met.update([one.name])]
