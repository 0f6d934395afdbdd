"""The desk and the record that a page is about, where they are the person's."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.kinds import Kind, kinds


def desk_for(request: HttpRequest, name: str, action: str = "") -> Kind:
    """The desk of that name, where the person works at it and may do that to some of its records.

    Raises Http404 or PermissionDenied.
    """
    try:
        desk = kinds.desk(name)
    except KeyError:
        raise Http404("没有这个工作页面。") from None
    if not desk.open_to(request.user):
        raise PermissionDenied
    if action and not request.user.has_perm(desk.permission(action)):
        raise PermissionDenied
    return desk


def record_for(request: HttpRequest, desk: Kind, pk: int, action: str = "", *, lock: bool = False):
    """One of the records that the person sees, and may do that to; for writing it is locked.

    Raises Http404 or PermissionDenied.
    """
    records = desk.records(request.user)
    record = get_object_or_404(records.select_for_update(of=("self",)) if lock else records, pk=pk)
    if action and not request.user.has_perm(desk.permission(action), record):
        raise PermissionDenied
    return record


def is_open(record: Any) -> bool:
    """Whether its content may be corrected."""
    return not isinstance(record, Staged) or record.may_change
