"""Serving a kept file to whoever may see the record it is kept with."""

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from suzhou_portal.downloads import disposition
from suzhou_portal.files.models import Attachment, opens_to
from suzhou_portal.methods import require_safe


@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """The file; not there for whoever does not see its record."""
    kept = get_object_or_404(Attachment, pk=pk)
    records = kept.owner_model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
    record = records.filter(pk=kept.object_id).first()
    if record is None or not opens_to(request.user, record):
        raise Http404
    return served(kept)


def served(kept: Attachment) -> FileResponse:
    """The file itself, for whom the caller has found entitled to it."""
    try:
        file = kept.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("文件已不在存储中，请联系系统管理员。") from error
    response = FileResponse(file, content_type=kept.media_type)
    response.headers["Content-Disposition"] = disposition(kept.name, attached=not kept.is_picture)
    response.headers["Cache-Control"] = "private, no-store"
    return response
