"""An act about divisions that was entered by mistake is withdrawn, by its own person on the same day, while
nothing followed from it: divisions and accounts are again what they were.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers import deserialize
from django.db.models import ProtectedError, Q
from django.utils import timezone

from suzhou_portal.accounts.acts import kept_rows, records_in
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import inside
from suzhou_portal.areas.enums import FOUNDING
from suzhou_portal.areas.models import Area

_AREA, _HELD = Area._meta.label_lower, Assignment._meta.label_lower


def offered(user: Any, change: DivisionChange) -> bool:
    """Whether the person is asked, at this row of an act, to withdraw it: it is their own of today."""
    today = timezone.localdate(change.recorded_at) == timezone.localdate()
    own = change.decided_by_id == user.pk and change.changed is not None
    return own and today and change.withdrawn_at is None


def in_the_way(change: DivisionChange) -> list[str]:
    """What followed from the act, or why it can be withdrawn no more; a fixed number of queries."""
    if change.withdrawn_at is not None:
        return ["这次办理已经撤回。"]
    if timezone.localdate(change.recorded_at) != timezone.localdate():
        return ["只能在办理的当日撤回；以后的变化请办理新的变更。"]
    return [*_later(change), *_changed_since(change), *_in_founded(change)]


def withdraw(change: DivisionChange, user: User) -> None:
    """Put back what the act, of which this is the first row, changed. In a transaction that holds the lock
    of the portal's division.

    Raises ValidationError with what stands in the way.
    """
    if problems := in_the_way(change):
        raise ValidationError(problems)
    before, after = _kept(change)
    made = set(_keys(after, _HELD)) - set(_keys(before, _HELD))
    accounts = Assignment.objects.filter(pk__in=made)
    accounts._raw_delete(accounts.db)  # past the last door, as they were sent
    for one in deserialize("python", before):
        one.save()
    rows = _rows(change)
    rows.update(withdrawn_at=timezone.now(), withdrawn_by=user)
    rows.filter(kind__in=FOUNDING).update(area=None)
    try:
        Area.objects.filter(pk__in=_founded(change)).delete()
    except ProtectedError as error:
        kinds = {one._meta.verbose_name for one in error.protected_objects}
        raise ValidationError(f"新设的区划已有{'、'.join(sorted(map(str, kinds)))}。") from error


def _rows(change: DivisionChange) -> Any:
    return DivisionChange.objects.filter(act=change.act)


def _kept(change: DivisionChange) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What it changed, as it was before and as it was after."""
    changed: Any = change.changed
    return changed["before"], changed["after"]


def _keys(rows: list[dict[str, Any]], model: str) -> list[Any]:
    return [row["pk"] for row in rows if row["model"] == model]


def _founded(change: DivisionChange) -> list[str]:
    before, after = _kept(change)
    known = _keys(before, _AREA)
    return [code for code in _keys(after, _AREA) if code not in known]


def _later(change: DivisionChange) -> list[str]:
    """Acts after it about its divisions or what lies in them."""
    pairs = _rows(change).values_list("area", "other")
    about = {code for pair in pairs for code in pair if code}
    near = inside("area__code", about) | inside("other__code", about)
    acts = DivisionChange.objects.upheld().filter(near, pk__gt=change.pk)
    acts = acts.exclude(act=change.act).select_related("area", "other").order_by("pk")
    return [f"之后又办理了“{one.said}”，请先撤回它。" for one in acts]


def _changed_since(change: DivisionChange) -> list[str]:
    """Divisions and accounts that are no more as the act left them."""
    before, after = _kept(change)
    both = before + after
    now = kept_rows(_keys(both, _AREA), _keys(both, _HELD))
    other = [row for row in after if row not in now] + [row for row in now if row not in after]
    areas = {row["fields"]["name"] for row in other if row["model"] == _AREA}
    users = {row["fields"]["user"] for row in other if row["model"] == _HELD}
    names = [str(one) for one in User.objects.filter(pk__in=users)] if users else []
    said = [f"区划“{name}”后来又有改动。" for name in sorted(areas)]
    return said + [f"账号“{name}”的任职后来又有改动。" for name in sorted(names)]


def _in_founded(change: DivisionChange) -> list[str]:
    """What stands in the divisions that it founded, but for the accounts that it sent there."""
    founded = _founded(change)
    if not founded:
        return []
    sent = _keys(_kept(change)[1], _HELD)
    accounts = Assignment.objects.filter(inside("area__code", founded)).exclude(pk__in=sent)
    below = Area.objects.filter(inside("code", founded) & ~Q(pk__in=founded))
    said = [f"新设的区划里已有{row['of']}{row['count']}条。" for row in records_in(founded)]
    said += [f"账号“{one.user}”已在新设的区划任职。" for one in accounts.select_related("user")]
    return said + [f"新设的区划里已有“{one}”。" for one in below]
