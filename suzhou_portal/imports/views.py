"""The pages on which a ledger is imported by whoever keeps such records."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from suzhou_portal import formats
from suzhou_portal.downloads import disposition
from suzhou_portal.files.packages import XLSX
from suzhou_portal.imports import blank, jobs
from suzhou_portal.imports.forms import ImportForm
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.models import Job, Outcome
from suzhou_portal.imports.registry import Ledger, ledgers
from suzhou_portal.methods import require_safe
from suzhou_portal.spreadsheets import csv_response

REFRESH_SECONDS = 3
SHOWN = 100  # problems on the page; the file lists more


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The ledgers the person may import."""
    return render(request, "imports/index.html", {"ledgers": ledgers.open_to(request.user)})


def ledger(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file is sent, and is in; or what is wrong with it is listed."""
    chosen, trial = _ledger(request, name), "list" in request.POST
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        came = _brought(request, chosen, form, trial=trial)
        if isinstance(came, Job):
            return redirect(came)
        outcome = came
        if outcome and trial:
            return _listed(outcome)
        if outcome and not outcome.problems:
            messages.success(request, _said(chosen, outcome))
            return redirect("import_ledger", name)
    context = {"ledger": chosen, "form": form, "columns": blank.explained(chosen)}
    return render(request, "imports/ledger.html", context | _shown(outcome))


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """A long import: that it is under way, and then what came of it."""
    sent = get_object_or_404(Job, pk=pk, user=request.user)
    chosen, outcome = _ledger(request, sent.ledger), sent.result()
    said = _said(chosen, outcome) if outcome and not outcome.problems and not sent.trial else ""
    context = {"job": sent, "ledger": chosen, "said": said, **_shown(outcome)}
    response = render(request, "imports/job.html", context)
    if not sent.finished_at:
        jobs.start()  # again, where whoever was at it is no more
        response.headers["Refresh"] = REFRESH_SECONDS
    return response


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All that is wrong with the file of a long import."""
    outcome = get_object_or_404(Job, pk=pk, user=request.user).result()
    if outcome is None:
        raise Http404("还没有结果。")
    return _listed(outcome)


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty workbook."""
    chosen = _ledger(request, name)
    response = HttpResponse(blank.workbook(chosen), content_type=XLSX)
    response.headers["Content-Disposition"] = disposition(f"{chosen.title}.xlsx")
    return response


def _ledger(request: HttpRequest, name: str) -> Ledger:
    try:
        chosen = ledgers.get(name)
    except KeyError:
        raise Http404("没有这种台账。") from None
    if not chosen.open_to(request.user):
        raise PermissionDenied
    return chosen


def _brought(
    request: HttpRequest, chosen: Ledger, form: ImportForm, *, trial: bool
) -> Outcome | Job | None:
    file, skip = form.cleaned_data["file"], form.cleaned_data["skip"]
    try:
        if jobs.is_long(file):
            return jobs.send(chosen, file, request.user, skip=skip, trial=trial)
        return bring(chosen, file.read(), request.user, name=file.name, skip=skip, trial=trial)
    except ValidationError as error:
        form.add_error("file", error)
        return None


def _shown(outcome: Outcome | None) -> dict[str, Any]:
    """What a page says of problems."""
    found = outcome.problems if outcome else []
    return {"outcome": outcome, "shown": found[:SHOWN], "more": len(found) - SHOWN}


def _said(chosen: Ledger, outcome: Outcome) -> str:
    skipped = f"，跳过已有的{formats.number(outcome.skipped)}条" if outcome.skipped else ""
    return f"已导入{chosen.title}{formats.number(outcome.imported)}条{skipped}{outcome.merged}{outcome.asked}。"


def _listed(outcome: Outcome) -> HttpResponseBase:
    header = ["行号", "列名", "文件中的内容", "问题"]
    rows = [[one.row or "", one.heading, one.text, one.message] for one in outcome.problems]
    nothing = ["", "", "", "没有发现问题，可以导入。"]
    return csv_response("导入中的问题", header, rows or [nothing])
