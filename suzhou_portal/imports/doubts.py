"""待核对的数据: what was kept before the rules of its field, and only people can put right."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from suzhou_portal import formats
from suzhou_portal.accounts.reminders import Found, reminding
from suzhou_portal.areas.codes import inside
from suzhou_portal.areas.rules import CheckAt
from suzhou_portal.imports.models import Doubt
from suzhou_portal.imports.stored import problem
from suzhou_portal.lists import page_of
from suzhou_portal.methods import require_safe
from suzhou_portal.nightly import nightly

PAGE = 50


def open_to(user: Any) -> Q:
    """The doubts about records of kinds that the person may change somewhere."""
    labels = Doubt.objects.order_by("model").values_list("model", flat=True).distinct()
    found = Q(pk__in=[])
    for label in labels:
        if model := _model(label):
            found |= Q(model=label) & inside("area_code", user.roots(model, "change"))
    return found


@reminding
def put_right(user: Any, day: datetime.date) -> Found:
    """How many values the person is to look at, each until it is put right."""
    waiting = Doubt.objects.filter(open_to(user))
    if waiting and (count := len(_rows(user, list(waiting)))):
        yield "待核对的数据", count, reverse("doubts")


@nightly
def forget_what_was_put_right(day: datetime.date) -> None:
    """Drop doubts about values that fields would take now, and about records that are gone."""
    for label in Doubt.objects.order_by().values_list("model", flat=True).distinct():
        about = Doubt.objects.filter(model=label)
        model = _model(label)
        keys = {doubt.object_id for doubt in about}
        records = (
            {str(one.pk): one for one in model._base_manager.filter(pk__in=keys)} if model else {}
        )
        broken = _broken(model, about) if model else set()
        solved = [
            doubt.pk for doubt in about if not _stands(doubt, records.get(doubt.object_id), broken)
        ]
        Doubt.objects.filter(pk__in=solved).delete()


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
    broken = {
        label: _broken(_model(label), [one for one in doubts if one.model == label])
        for label in records
    }
    return [
        _row(doubt, record)
        for doubt in doubts
        if (record := records[doubt.model].get(doubt.object_id))
        and _stands(doubt, record, broken[doubt.model])
    ]


def _stands(doubt: Doubt, record: Any, broken: set[tuple[str, str]]) -> bool:
    """Whether the field, or the rule, would still refuse what the record holds."""
    if record is None:
        return False
    refused = problem(record._meta.get_field(doubt.field), getattr(record, doubt.field))
    return bool(refused) or (doubt.object_id, doubt.why) in broken


def _broken(model: Any, doubts: Iterable[Doubt]) -> set[tuple[str, str]]:
    """The keys of the records that still break a rule, with what it says: one question for each rule."""
    keys: dict[str, list[str]] = {}
    for doubt in doubts:
        keys.setdefault(doubt.why, []).append(doubt.object_id)
    rules: dict[str, Any] = {
        str(rule.violation_error_message): rule
        for rule in model._meta.constraints
        if isinstance(rule, CheckAt)
    }
    return {
        (str(key), why)
        for why in keys.keys() & rules.keys()
        for key in model._base_manager.filter(~rules[why].condition, pk__in=keys[why]).values_list(
            "pk", flat=True
        )
    }


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
