"""待核对的数据: what was kept before the rules of its field, and only people can put right."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suzhou_portal import formats
from suzhou_portal.areas.codes import inside
from suzhou_portal.imports.models import Doubt
from suzhou_portal.imports.stored import problem
from suzhou_portal.lists import page_of
from suzhou_portal.methods import require_safe

PAGE = 50


def open_to(user: Any) -> Q:
    """The doubts about records of kinds that the person may change somewhere."""
    labels = Doubt.objects.order_by("model").values_list("model", flat=True).distinct()
    found = Q(pk__in=[])
    for label in labels:
        if model := _model(label):
            found |= Q(model=label) & inside("area_code", user.roots(model, "change"))
    return found


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The doubts about records that the person may change; one that was put right is no more there."""
    page = page_of(request, Doubt.objects.filter(open_to(request.user)), PAGE)
    rows = _rows(request.user, page.object_list)
    return render(request, "imports/doubts.html", {"page": page, "rows": rows})


def _rows(user: Any, doubts: list[Doubt]) -> list[dict[str, Any]]:
    """What the page says of each, with one question for each kind of record."""
    records = {
        label: _reached(user, label, {one.object_id for one in doubts if one.model == label})
        for label in {one.model for one in doubts}
    }
    return [
        _row(doubt, record)
        for doubt in doubts
        if (record := records[doubt.model].get(doubt.object_id))
        and problem(type(record)._meta.get_field(doubt.field), getattr(record, doubt.field))
    ]


def _reached(user: Any, label: str, keys: set[str]) -> dict[str, Any]:
    model: Any = _model(label)
    named = getattr(model, "named_with", ())
    records = model._base_manager.filter(user.scope(model, "change"), pk__in=keys)
    return {str(record.pk): record for record in records.select_related(*named)}


def _row(doubt: Doubt, record: Any) -> dict[str, Any]:
    options, field = record._meta, record._meta.get_field(doubt.field)
    hidden = doubt.field in getattr(record, "masked", {})
    value = formats.masked(record, doubt.field) if hidden else getattr(record, doubt.field)
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])
    return {
        "kind": options.verbose_name, "record": record, "address": address,
        "field": field.verbose_name, "value": value, "why": doubt.why,
    }  # fmt: skip


def _model(label: str) -> Any:
    try:
        return apps.get_model(label)
    except LookupError:  # a kind that is no more
        return None
