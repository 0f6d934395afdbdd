"""What a person entered lately, as the trail tells: so a page offers first what they do most."""

from collections import Counter
from typing import Any

from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import Kind, kinds

LOOKED_AT = 200  # entries of the trail
SHOWN = 8

Entered = list[tuple[Kind, int]]  # a kind, and the key of a record, latest first


def entered_lately(user: Any) -> Entered:
    """The records that the person entered last, on desks. One statement."""
    desks = {kind.model._meta.label_lower: kind for kind in kinds.desks()}
    entries = AuditEntry.objects.filter(actor_id=user.pk, action=Action.CREATE).order_by("-pk")
    told = entries.values_list("model", "object_id")[:LOOKED_AT]
    return [(desks[model], int(key)) for model, key in told if model in desks and key.isdecimal()]


def most_entered(entered: Entered) -> list[Kind]:
    """The kinds of these records, most entered first."""
    return [kind for kind, _ in Counter(kind for kind, _ in entered).most_common()]
