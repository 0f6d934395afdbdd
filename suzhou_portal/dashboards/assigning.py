"""M8: from what is free of a resource to its use: the form of the desk on which that is entered, filled in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from suzhou_portal.dashboards.resources import RESOURCES
from suzhou_portal.desks.forms import first_values, record_form
from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.desks.saving import stored
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.records.kinds import kinds

RESOURCE = "resource"  # the field by which what uses a resource names it
ASSIGNED = {resource.key: resource for resource in RESOURCES if resource.assigned}


def assign(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What one resource is used for, said on one form, beside how much of it is left."""
    desk = desk_for(request, ASSIGNED[key].assigned, "add")
    field: Any = desk.model._meta.get_field(RESOURCE)
    kept: Any = kinds.desk_of(field.related_model)
    resource = record_for(request, kept, pk)
    if not resource.free:
        raise Http404("这项资源已经没有可以安排的。")
    above = getattr(resource, desk.parent) if desk.parent else None
    named = {RESOURCE: resource} | ({desk.parent: above} if above else {})
    used = desk.model(area=resource.area, is_demo=demonstration(request) is not None, **named)
    first = first_values(desk, request.user, above) | {RESOURCE: resource.pk}
    form = record_form(desk, request.user, above)(
        request.POST or None, instance=used, initial=first
    )
    form.fields[RESOURCE].help_text = f"“{resource}”尚可安排：{resource.left_text}。"
    if form.is_valid() and (made := stored(form)):
        messages.success(request, f"已登记{desk.noun}：{made}。")
        return redirect("desk_record", desk.name, made.pk)
    context = {"desk": desk, "form": form, "above": kept, "parent": resource}
    return render(request, "desks/form.html", context)
