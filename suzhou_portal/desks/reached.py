"""The desk and the record that a page is about, where they are the person's, and addresses about them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lists import key_of
from suzhou_portal.records.kinds import Kind, PageLink, kinds


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


def model_for(request: HttpRequest, desk: Kind) -> Any:
    """The record that a new one is to be like (`?like=`), which the person sees; None where none is named.

    Raises Http404.
    """
    if not desk.copied or "like" not in request.GET:
        return None
    if (pk := key_of(request.GET["like"])) is None:
        raise Http404("没有这条记录。")
    return record_for(request, desk, pk)


def is_open(record: Any) -> bool:
    """Whether its content may be corrected."""
    return not isinstance(record, Staged) or record.may_change


def leading_from(record: Any, page: PageLink) -> str:
    """The address of one of its kind's pages about the record."""
    if page.fills:
        return new_address(page.of, **{page.fills: record})
    return reverse(page.route, args=[record.pk])


def new_address(model: Any, **given: Any) -> str:
    """The form in which a new record is entered, with what is given, records or texts, filled in; below the
    record that one of those given stands below too.
    """
    desk: Any = kinds.desk_of(model)
    above = f"{desk.parent}_id" if desk.parent else ""
    named = {name: getattr(one, "pk", one) for name, one in given.items()}
    for one in given.values():
        if above and hasattr(one, above):
            named["of"] = getattr(one, above)
    return f"{reverse('desk_new', args=[desk.name])}?{urlencode(named)}"


def begun_with(desk: Kind) -> set[str]:
    """The fields of a kind that pages of other records fill in, from which a new one is begun."""
    links = [(one.fills, one.model) for other in kinds for one in other.beside]
    links += [(one.fills, one.of) for other in kinds for one in other.record_pages if one.of]
    return {fills for fills, model in links if fills and model is desk.model}


def record_above(request: HttpRequest, desk: Kind) -> Any:
    """The record that `?of=` names, below which the desk's stand; None where none is named and the form asks
    for it, as of what is entered daily or begun from another record's page. Raises Http404.
    """
    if not desk.parent:
        return None
    field: Any = desk.model._meta.get_field(desk.parent)
    above = kinds.desk_of(field.related_model)
    key = request.GET.get("of", "")
    if not key and (desk.entry or any(name in request.GET for name in begun_with(desk))):
        return None
    if above is None or (pk := key_of(key)) is None:
        raise Http404("请从上一级记录的页面添加。")
    return record_for(request, above, pk)


def place(parent: Any) -> dict[str, Any]:
    """The record above, and its desk, for breadcrumbs."""
    return {"parent": parent, "above": kinds.desk_of(type(parent)) if parent else None}
