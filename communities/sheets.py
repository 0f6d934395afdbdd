"""A sheet: many records of one kind entered on one page, as on the paper list they replace.

Each row is a record's own form: rules are told at its field, and of two people saving the same row
the second is told. Rows are saved all or none, and kept as a draft until they are. It works without
JavaScript.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.desks import drafts
from suzhou_portal.formats import DASH
from suzhou_portal.lists import page_of
from suzhou_portal.records.kinds import kinds

ROWS = 100  # with a few fields each, well below the number of fields a request may have


class RowForm(RecordForm):
    """One row. `told` are columns that only tell which record it is; fields not of the model say
    how they read.
    """

    told: tuple[str, ...] = ()
    own: dict[str, Callable[[Any], str]] = {}

    def clean(self):
        """The row is one of the page's."""
        if self.instance.pk is None:
            raise forms.ValidationError("这一行的记录已不在表中，请重新打开本页。")
        return super().clean()

    def _shown(self, name: str) -> str:
        return self.own[name](self.instance) if name in self.own else super()._shown(name)


@dataclass(frozen=True, kw_only=True)
class EntrySheet:
    """What a sheet asks: for which records, with which form, under which headings.

    `shortcuts` are further buttons: name and label, and what each does to what was sent.
    """

    title: str
    lead: str
    form: type[RowForm]
    headings: tuple[str, ...]
    shortcuts: dict[str, tuple[str, Callable[[QueryDict, Iterable[str]], None]]]
    saved: str
    unit: str = "人"


def fill(
    request: HttpRequest, sheet: EntrySheet, records: QuerySet, **context: Any
) -> HttpResponse:
    """Show the sheet, or save it and return to it.

    `records` are those the person may change; `about`, in the context, is the record they stand
    below, if they do.
    """
    model = sheet.form._meta.model
    formset_class = forms.modelformset_factory(model, form=sheet.form, extra=0, edit_only=True)
    with transaction.atomic():
        page = page_of(request, records, ROWS)
        rows = _held(request, records.filter(pk__in=[record.pk for record in page]))
        formset = formset_class(_sent(request, sheet), queryset=rows)
        if formset.is_valid():
            changed = len(formset.save())
            messages.success(request, f"{sheet.saved}{changed}{sheet.unit}。")
            return redirect(drafts.address_of(request))
    drafts.fill_rows(formset, request)
    about = context.get("about")
    context |= {
        "sheet": sheet,
        "formset": formset,
        "rows": [_row(form) for form in formset],
        "page": page,
        "desk": kinds.desk_of(type(about) if about else model),
    }
    context |= drafts.context(request, f"{sheet.title}：{about or context['period_name']}")
    return render(request, "communities/sheet.html", context)


def yes_or_no(value: object) -> str:
    """A box as text."""
    return "已勾选" if value else "未勾选"


def _held(request: HttpRequest, records: QuerySet) -> QuerySet:
    return records.select_for_update(of=("self",)) if request.method == "POST" else records


def _sent(request: HttpRequest, sheet: EntrySheet) -> QueryDict | None:
    if (sent := drafts.sent(request)) is None:
        return None
    data = sent.copy()
    for name, (_, change) in sheet.shortcuts.items():
        if name in data:
            change(data, sorted({key.rsplit("-", 1)[0] for key in data if key.endswith("-id")}))
    return data


def _row(form: Any) -> dict[str, Any]:
    told = [getattr(form.instance, name) or DASH for name in form.told] if form.instance.pk else []
    return {"form": form, "told": told}
