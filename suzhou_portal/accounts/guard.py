"""The last door: whatever a form forgot, nobody writes a record outside what they are entrusted with.

Acts on what a signed-in request saves or deletes; commands and migrations act for nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.audit import trail

GUARDED = (Area, AreaRecord, Assignment)
# Where, besides what the person may write, writing has been checked already: codes of divisions.
_vouched: ContextVar[frozenset[str]] = ContextVar("vouched", default=frozenset())


@contextmanager
def vouched(declaring: AreaRecord, *, beyond: str = "") -> Iterator[None]:
    """What is written inside, of records that stand where `declaring` does or below, has been checked
    already: a step of a workflow has a permission of its own, and what follows from it may be what the
    person writes nowhere else. Whatever stands elsewhere the person must be entitled to write.

    Within another, only for what that one vouches for too, or the person may change: else a record
    that somebody may only see would open what lies beside it. `beyond` is the code of another division,
    for what a step by its nature leaves there. Raises PermissionDenied.
    """
    around = _vouched.get()
    if around and trail.current().user is not None and not may_follow(declaring):
        raise PermissionDenied(f"{declaring._meta.label} {declaring.pk} stands elsewhere")
    token = _vouched.set(around | {declaring.area_id, beyond} - {""})
    try:
        yield
    finally:
        _vouched.reset(token)


def may_follow(record: AreaRecord) -> bool:
    """Whether a step's effect may change the record: it is vouched for, or the person's to change."""
    return _stands_in(_vouched.get(), record) or may("change", record)


def _stands_in(places: frozenset[str], record: Model) -> bool:
    return isinstance(record, AreaRecord) and any(
        contains(place, record.area_id or "") for place in places
    )


def _continues(record: AreaRecord) -> bool:
    """Whether it follows from a record that stands there already, as what an ended division left."""
    return any(contains(record.area_id or "", place) for place in _vouched.get())


def may(action: str, record: Model) -> bool:
    """Whether the person who acts may do it to the record as it stands in memory."""
    user = trail.current().user
    return user is None or user.has_perm(permission(action, record), record)


@receiver(pre_save)
def before_save(sender: type[Model], instance: Model, raw: bool, **kwargs: Any) -> None:
    """Refuse a new record, or a move, outside the person's scope; note who entered a new one, and that
    a role which opens pay waits for those who see it.

    Raises PermissionDenied; ValidationError for what would begin in a division that has ended.
    """
    user = trail.current().user
    if raw or user is None or not isinstance(instance, GUARDED):
        return
    if isinstance(instance, Assignment) and instance.role in Assignment.CONFIRMED:
        instance.awaits |= not user.is_superuser
    if instance._state.adding:
        if isinstance(instance, AreaRecord):
            instance.entered_by = user
            if not _continues(instance):
                instance.require_standing()
        _require(user, "add", instance)
        return
    stored = sender._default_manager.filter(pk=instance.pk).first()
    for version in (stored, instance):
        if version is not None:
            _require(user, "change", version)


@receiver(pre_delete)
def before_delete(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Refuse to delete what is outside the person's scope. Raises PermissionDenied."""
    user = trail.current().user
    if user is not None and isinstance(instance, GUARDED):
        _require(user, "delete", instance)


def _require(user: Any, action: str, record: Model) -> None:
    if _stands_in(_vouched.get(), record):
        return
    if isinstance(record, Assignment) and record.user_id == user.pk and not user.is_superuser:
        raise PermissionDenied(f"{user.username} may not {action} an own assignment")
    if not may(action, record):
        raise PermissionDenied(f"{user.username} may not {action} {record._meta.label} {record.pk}")


def refuse_from_within(user: Any, record: AreaRecord, action: str) -> None:
    """An office of a division around the record's acts, not its own. Above the portal's own
    division there is none, so there its own does. Raises PermissionDenied.
    """
    own = record.area_id
    above = any(code != own and contains(code, own) for code in user.roots(type(record), action))
    if own != settings.PORTAL_AREA and not above:
        raise PermissionDenied(f"{user.username} is not above {record._meta.label} {record.pk}")
