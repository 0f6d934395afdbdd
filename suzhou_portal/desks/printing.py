"""What is printed from a record: which documents a person is offered, and the file itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.downloads import disposition
from suzhou_portal.methods import require_safe
from suzhou_portal.papers import pdf, word
from suzhou_portal.papers.fonts import warning
from suzhou_portal.records.kinds import Kind
from suzhou_portal.records.printed import Printed, printed

FILES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "pdf": ("PDF", pdf.of_word, pdf.MEDIA_TYPE),
    "docx": ("Word", lambda body: body, word.MEDIA_TYPE),
}


def offered(user: Any, desk: Kind, record: Any) -> list[tuple[str, str]]:
    """Label and address of each document that the person may print of the record."""
    return [
        (f"{one.title}（{label}）", address_of(desk, record, one, ending))
        for one in printed.of(record)
        if user.has_perm(desk.permission(one.action), record)
        for ending, (label, *_) in FILES.items()
    ]


def address_of(desk: Kind, record: Any, document: Printed, ending: str) -> str:
    """Where a document is."""
    return reverse("desk_printed", args=[desk.name, record.pk, document.name, ending])


@require_safe
def document(request: HttpRequest, name: str, pk: int, document: str, ending: str) -> HttpResponse:
    """A document about a record, as it stands now. Who prints it is written down."""
    desk = desk_for(request, name)
    record = record_for(request, desk, pk)
    found = next((one for one in printed.of(record) if one.name == document), None)
    if found is None or ending not in FILES:
        raise Http404("这条记录现在没有这种文书可以打印。")
    if not request.user.has_perm(desk.permission(found.action), record):
        raise PermissionDenied
    trail.record(
        Action.REVEAL if found.action == "reveal" else Action.EXPORT,
        model=record._meta.label_lower, object_id=str(record.pk), area_code=record.area_id,
        note=f"打印{found.title}",
    )  # fmt: skip
    return answer(request, found, record, ending)


def answer(request: HttpRequest, found: Printed, record: Any, ending: str) -> HttpResponse:
    """The file to download, for whom the caller has found entitled to it."""
    _, made, media_type = FILES[ending]
    body = made(found.word(record, request.build_absolute_uri))
    headers = {
        "Content-Disposition": disposition(f"{found.title}-{record}.{ending}"),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(body, content_type=media_type, headers=headers)


def tell_unprintable(request: HttpRequest, form: Any) -> None:
    """Say of what was just entered, field by field, which characters no printed file can show."""
    for name in form.changed_data:
        value = form.cleaned_data.get(name)
        if isinstance(value, str) and (said := warning(value)):
            messages.warning(request, f"{form.fields[name].label}：{said}")
