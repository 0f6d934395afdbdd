"""A sheet to hang up: a service or an activity in large type, with the code that leads a phone to its page."""

from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from organizations.models import ServiceItem
from suzhou_portal.desks import cells
from suzhou_portal.desks.public import public_record
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.links import public_address
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.columns import columns, text

OF_A_SERVICE = columns(ServiceItem, ("audience", "place", "schedule", "how_to", "what_to_bring"))


@for_anybody
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a service that is offered."""
    offered = ServiceItem.objects.within(settings.PORTAL_AREA).listed(site_as_of(request))
    item = get_object_or_404(offered.select_related("area"), pk=pk)
    facts = [*cells.facts(OF_A_SERVICE, item), ("收费", item.fee_note or item.get_fee_display())]
    return _poster(request, item.get_absolute_url(), item.name, facts, item)


@for_anybody
def record(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Of a public record that is held at a time, such as an activity. Raises Http404 for any other."""
    _, public, found = public_record(request, name, pk)
    if public.held is None:
        raise Http404("只有活动和会议有海报。")
    facts = cells.facts(public.facts or public.columns, found)
    path = request.path.removesuffix("poster/")
    return _poster(request, path, text(found, public.columns[0]), facts, found)


def _poster(
    request: HttpRequest, path: str, name: str, facts: list[tuple[str, str]], shown: Any
) -> HttpResponse:
    """Blank facts are left out."""
    address = public_address(request, path)
    code = segno.make(address, error="m").svg_inline(border=4, omitsize=True)
    context = {
        "name": name,
        "facts": [(label, said) for label, said in facts if said],
        "path": path,
        "address": address,
        "code": code,
        "shown": shown,
    }
    return render(request, "dashboards/poster.html", context)
