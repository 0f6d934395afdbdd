"""The list of a desk as a file: the rows, order and columns shown, masked as there, and written down."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import unquote_plus

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from suzhou_portal import formats, spreadsheets
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.downloads import disposition
from suzhou_portal.imports.exporting import summed, table, unit_of
from suzhou_portal.records.columns import cell, texts
from suzhou_portal.records.kinds import Kind
from suzhou_portal.workbooks import MEDIA_TYPE

FORMATS = ("xlsx", "csv")
MOST = 50_000
TOGETHER = 500  # records that are read and written at a time


def exported(request: HttpRequest, desk: Kind, records: Any, wanted: str) -> HttpResponseBase:
    """The file; where there are too many rows for one, back to the list, which says so."""
    keys = list(records.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, spreadsheets.too_many(MOST))
        query = request.GET.copy()
        del query["format"]
        return redirect(f"{request.path}?{query.urlencode()}")
    asked = unquote_plus(request.GET.urlencode())
    trail.record(Action.EXPORT, model=desk.model._meta.label_lower, note=f"{len(keys)}条；{asked}")
    header = [column.label for column in desk.columns] + (["状态"] if desk.staged else [])
    rows = _rows(desk, records, keys)
    if wanted == "csv":
        return spreadsheets.csv_response(desk.title, header, rows)
    user: Any = request.user
    unit = unit_of(user.roots(desk.model, "view", "change"))
    sums = [_summed(desk, column) for column in desk.columns] + ([None] if desk.staged else [])
    heading = f"{unit}{desk.title}"
    made = table(desk.title, header, rows, sums, heading=heading, unit=unit, user=user)
    named = {"Content-Disposition": disposition(f"{desk.title}.xlsx")}
    return HttpResponse(made, MEDIA_TYPE, headers=named)


def _summed(desk: Kind, column: Any) -> type | None:
    """As what the column is added up; what is another record's stands in many rows, and is not."""
    try:
        return summed(desk.model._meta.get_field(column.path))
    except FieldDoesNotExist:
        return None


def _rows(desk: Kind, records: Any, keys: list[int]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), TOGETHER):
        there = records.in_bulk(keys[start : start + TOGETHER])
        found = [there[key] for key in keys[start : start + TOGETHER] if key in there]
        for record, told in zip(found, texts(desk.columns, found), strict=True):
            row = [_filed(record, *one) for one in zip(desk.columns, told, strict=True)]
            yield row + ([record.get_state_display()] if desk.staged else [])


def _filed(record: Any, column: Any, said: str) -> Any:
    """Numbers and days as such, all else as the page says it."""
    kept = cell(record, column)
    if isinstance(kept, int | Decimal | datetime.date) and not isinstance(kept, bool):
        is_moment = isinstance(kept, datetime.datetime)
        return said if is_moment else kept
    return "" if said == formats.DASH else said
