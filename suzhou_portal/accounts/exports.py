"""Records as a file: the columns of their list, masked as there, and the export written down."""

from typing import Any
from urllib.parse import unquote_plus

from django.contrib import admin, messages
from django.contrib.admin.utils import label_for_field, lookup_field
from django.db.models import Manager, Model

from suzhou_portal import spreadsheets
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action

MOST = 50_000


@admin.action(description="导出所选记录（CSV）", permissions=["view"])
def export_records(modeladmin: Any, request: Any, queryset: Any) -> Any:
    """A file of the selected records; `queryset` holds only what the person sees."""
    columns = modeladmin.get_list_display(request)
    options = modeladmin.opts
    records = queryset[: MOST + 1]
    if len(records) > MOST:
        modeladmin.message_user(request, spreadsheets.too_many(MOST), messages.ERROR)
        return None
    filters = f"；筛选：{unquote_plus(request.GET.urlencode())}" if request.GET else ""
    trail.record(Action.EXPORT, model=options.label_lower, note=f"{len(records)}条{filters}")
    header = [str(label_for_field(name, modeladmin.model, modeladmin)) for name in columns]
    rows = ([one.pk, *(_cell(one, name, modeladmin) for name in columns)] for one in records)
    return spreadsheets.csv_response(str(options.verbose_name), ["编号", *header], rows)


def _cell(record: Model, name: Any, modeladmin: Any) -> Any:
    field, _, value = lookup_field(name, record, modeladmin)
    if field is not None and field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, Model | Manager) else value
