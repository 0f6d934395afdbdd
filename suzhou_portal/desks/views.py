"""The pages of desks. Each is scoped, asks its form, acts through the workflow, and goes on."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.desks import cells, drafts, printing
from suzhou_portal.desks.forms import FilesForm, copied, first_values, record_form
from suzhou_portal.desks.reached import (
    desk_for,
    is_open,
    leading_from,
    model_for,
    new_address,
    place,
    record_above,
    record_for,
)
from suzhou_portal.desks.saving import keep, stored
from suzhou_portal.desks.steps import answering, staged
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.files.models import Attachment, opens_to
from suzhou_portal.lifecycle.allowed import lost_by_writing
from suzhou_portal.methods import require_POST, require_safe
from suzhou_portal.records.kinds import Kind, kinds

MOST_BELOW = 200  # the list of the desk has them all


def new(request: HttpRequest, name: str) -> HttpResponse:
    """A new record, with what was entered last time at hand, and what the address says filled in."""
    desk = desk_for(request, name, "add")
    parent = record_above(request, desk)
    instance = blank_for(request, desk, parent)
    said = {name: request.GET[name] for name in desk.fields if name in request.GET}
    like, sent = model_for(request, desk), drafts.sent(request)
    first = first_values(desk, request.user, parent) | copied(request.user, desk, like) | said
    form = record_form(desk, request.user, parent)(sent, instance=instance, initial=first)
    files = _files_form(request, instance) if desk.files else None
    valid = form.is_valid() and (files is None or files.is_valid())
    if valid and (record := stored(form, files, like)):
        messages.success(request, f"已登记{desk.noun}：{record}。")
        printing.tell_unprintable(request, form)
        return redirect(_after_new(request, desk, record))
    context = {"desk": desk, "form": drafts.fill(form, request), "files": files, **place(parent)}
    context |= drafts.context(request, f"登记{desk.noun}", files=desk.files)
    return render(request, "desks/form.html", context)


@require_safe
def detail(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One record: what it says, what stands below it, what was done, what can be done."""
    desk = desk_for(request, name)
    record = record_for(request, desk, pk)
    opened = desk.files and opens_to(request.user, record)
    context = {
        "desk": desk,
        "record": record,
        "facts": cells.facts(desk.facts or desk.columns, record),
        "below": [
            *(_below(request, other, record) for other in kinds.below(desk)),
            *_beside(request, desk, record),
        ],
        "attachments": Attachment.objects.of(record) if opened else None,
        "files": FilesForm(record=record),
        "may_change": is_open(record) and request.user.has_perm(desk.permission("change"), record),
        "may_copy": desk.copied and request.user.has_perm(desk.permission("add"), record),
        "may_attach": desk.takes_files(record) and desk.may_attach(request.user, record),
        **place(_above(desk, record)),
        "pages": [
            (page.label, leading_from(record, page))
            for page in desk.record_pages
            if desk.may_open(request.user, page, record)
        ]
        + printing.offered(request.user, desk, record),
    }
    if desk.staged:
        context |= staged(request.user, record)
        if context["may_decide"]:
            context |= answering(request, record, context["asked"])
    return render(request, "desks/detail.html", context)


def edit(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Correct a record; whoever saved it meanwhile is named."""
    desk = desk_for(request, name)
    with transaction.atomic():
        record = record_for(request, desk, pk, "change", lock=request.method == "POST")
        if not is_open(record):
            raise Http404("这条记录的内容已经定下，不能再修改；要改变它，请办理相应的步骤。")
        parent = _above(desk, record)
        form = record_form(desk, request.user, parent)(drafts.sent(request), instance=record)
        if form.is_valid() and stored(form):
            messages.success(request, "已保存。")
            printing.tell_unprintable(request, form)
            return redirect("desk_record", name, pk)
    lost = lost_by_writing(request.user, record) if desk.staged else []
    context = {"desk": desk, "form": drafts.fill(form, request), "record": record, "lost": lost}
    context |= place(parent) | drafts.context(request, f"修改{desk.noun}：{record}")
    return render(request, "desks/form.html", context)


@require_POST
def add_files(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Keep more files with a record."""
    desk = desk_for(request, name)
    record = record_for(request, desk, pk)
    if not desk.may_attach(request.user, record):
        raise PermissionDenied
    if not desk.takes_files(record):
        raise Http404("这条记录的内容已经定下，不能再增加附件。")
    form = FilesForm(request.POST, request.FILES, record=record)
    if not desk.files or not form.is_valid():
        for problem in form.errors.get("uploads", ["没有选择文件。"]):
            messages.error(request, str(problem))
    else:
        keep(record, form)
        messages.success(request, "附件已保存。")
    return redirect("desk_record", name, pk)


# --- what they share


def _files_form(request: HttpRequest, record: Any) -> FilesForm:
    sent, kept = drafts.sent(request), drafts.files_of(request)
    return FilesForm(sent, request.FILES if sent else None, record=record, kept=kept)


def blank_for(request: HttpRequest, desk: Kind, parent: Any) -> Any:
    """A new record, as far as its place says what it is."""
    record: Any = desk.model(is_demo=demonstration(request) is not None)
    if parent is not None:
        setattr(record, desk.parent, parent)
        record.area = parent.area
    return record


def _after_new(request: HttpRequest, desk: Kind, record: Any) -> str:
    if "again" in request.POST:
        return drafts.address_of(request)
    parent = _above(desk, record)
    above = kinds.desk_of(type(parent)) if parent else None
    shown, owner = (above, parent) if above and parent else (desk, record)
    return reverse("desk_record", args=[shown.name, owner.pk])


def _below(request: HttpRequest, desk: Kind, record: Any) -> dict[str, Any]:
    open_ = not desk.while_open or record.state in record.lifecycle.open
    may_add = open_ and request.user.has_perm(desk.permission("add"))
    more = desk.many and may_add
    return {
        **_listed(request, desk, Q(**{desk.parent: record})),
        "many": f"{reverse('desk_many', args=[desk.name])}?of={record.pk}" if more else "",
        "add": f"{reverse('desk_new', args=[desk.name])}?of={record.pk}" if may_add else "",
        "all": f"{reverse('desk', args=[desk.name])}?of={record.pk}",
    }


def _beside(request: HttpRequest, desk: Kind, record: Any) -> Iterator[dict[str, Any]]:
    """What the record's page lists of other kinds, as far as the person works with them."""
    for one in desk.beside:
        other = kinds.desk_of(one.model)
        if other is None or not other.open_to(request.user):
            continue
        may_add = one.fills and request.user.has_perm(other.permission("add"))
        listed = _listed(request, other, Q(**{one.path: record}))
        if not (listed["lines"] or may_add):
            continue  # a title alone leads nowhere
        yield {
            **listed,
            "add": new_address(one.model, **{one.fills: record}) if may_add else "",
            "all": f"{reverse('desk', args=[other.name])}?{urlencode({'q': record})}",
        }


def _listed(request: HttpRequest, desk: Kind, which: Q) -> dict[str, Any]:
    rows = list(desk.records(request.user).filter(which).order_by("pk")[: MOST_BELOW + 1])
    return {
        "desk": desk,
        "lines": cells.lines(desk.columns, rows[:MOST_BELOW], "desk_record", desk),
        "more": len(rows) > MOST_BELOW,
    }


def _above(desk: Kind, record: Any) -> Any:
    return getattr(record, desk.parent) if desk.parent else None
