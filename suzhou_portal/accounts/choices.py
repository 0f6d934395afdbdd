"""What a person may choose in a form: one answer for the form's check and for its search field."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area, AreaRecord

_TODAY = AreaRecord.placed_on


def choices_for(
    user: Any, model: type[models.Model], field: models.Field, *, unfit: bool = False
) -> QuerySet | None:
    """The records that may stand in a relation of `model`; None where everything may.

    Where a record stands is limited to where the person may write, and to divisions that exist today,
    unless it is about a day of its own, which its rules then ask about. Other records are those the
    person sees, and, of a kind marked `shared`, those of the divisions around: a district's course
    is open to its communities. Owners choose among what they see. `offered` of the model says which of
    them a new record may name; what it named keeps whatever becomes of that. Accounts are offered
    where `offered` says by which roles: those who hold one there today. With `unfit` also those that a new
    record may not name, which a search shows with the reason (`offered_because`).
    """
    target = field.related_model
    if not isinstance(target, type):
        return None
    if issubclass(target, Area):
        if field.name == "area":
            reach = Area.objects.filter(user.areas_for(model, "add", "change"))
        else:
            reach = Area.objects.inside(settings.PORTAL_AREA)
        about_another_day = getattr(model, "placed_on", _TODAY) is not _TODAY
        return reach if about_another_day else reach.in_force(timezone.localdate())
    offered = getattr(model, "offered", {}).get(field.name, Q())
    if issubclass(target, User) and offered:
        there = codes.inside("area__code", user.roots(model, "add", "change"))
        held = Assignment.objects.in_force(timezone.localdate()).filter(there, offered)
        return User.objects.filter(is_active=True, pk__in=held.values("user"))
    if not issubclass(target, AreaRecord):
        return None
    reached, roots = user.scope(target), user.roots(model, "add", "change")
    if not issubclass(model, AreaRecord):  # an account: what it is given lies where it is given
        reached |= codes.inside("area__code", roots)
    elif getattr(target, "shared", False):
        around = user.roots(model, "add", "change", owners=False)
        reached |= Q(area__in={code for root in around for code in codes.lineage(root)})
    return target.objects.filter(reached, Q() if unfit else offered)


def told_why(model: type[models.Model], field: models.Field) -> dict[str, str]:
    """What a form says of a record that a relation of `model` may not name (`error_messages`), where the model
    gives a reason.
    """
    because = getattr(model, "offered_because", {}).get(field.name)
    said = f"不能选这一项：{because}，或者不在您可以选择的范围内。"
    return {"invalid_choice": said} if because else {}
