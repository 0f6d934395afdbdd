"""The pages on which a ledger is imported by whoever keeps such records."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from suzhou_portal import formats
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.downloads import disposition
from suzhou_portal.imports import batches, blank, exporting, jobs, marking, progress
from suzhou_portal.imports.forms import ImportForm
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.models import Batch, Job
from suzhou_portal.imports.outcomes import Outcome
from suzhou_portal.imports.registry import Ledger, ledgers
from suzhou_portal.methods import require_POST, require_safe
from suzhou_portal.spreadsheets import csv_response, too_many
from suzhou_portal.workbooks import MEDIA_TYPE

REFRESH_SECONDS = 3
SHOWN = 100  # problems on the page; the file lists more
NAMED = 3  # things left out, in the message that all is in
BATCHES = 5  # shown below the form
TRIALS = ("list", "mark", "try")  # buttons that only look at a file


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The ledgers the person may import."""
    return render(request, "imports/index.html", {"ledgers": ledgers.open_to(request.user)})


def ledger(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file is sent, and is in; or what would come of it, or is wrong with it, is shown."""
    chosen = _ledger(request, name)
    asked = next((one for one in TRIALS if one in request.POST), "")
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        came = _brought(request, chosen, form, trial=bool(asked))
        if isinstance(came, Job):
            return redirect(came)
        outcome = came
        if outcome and asked == "list":
            return _listed(outcome)
        if outcome and asked == "mark":
            return _marked(chosen, form.cleaned_data["file"], outcome)
        if outcome and not outcome.problems and not asked:
            _say(request, chosen, outcome)
            return redirect("import_ledger", name)
    context = {
        "ledger": chosen, "form": form, "columns": blank.explained(chosen), "trial": asked,
        "batches": _batches(request, chosen),
    }  # fmt: skip
    return render(request, "imports/ledger.html", context | _shown(outcome))


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what a file brought."""
    batch = get_object_or_404(Batch, pk=pk, user=request.user)
    chosen = _ledger(request, batch.ledger)
    try:
        batches.undo(batch, request.user)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    else:
        messages.success(request, f"已撤销导入“{batch}”。")
    return redirect("import_ledger", chosen.name)


@require_safe
def export(request: HttpRequest, name: str) -> HttpResponse:
    """The records of a ledger that the person sees, as a workbook that can be brought in again."""
    chosen = _ledger(request, name)
    records = exporting.records_for(chosen, request.user)
    if records.count() > exporting.MOST:
        messages.error(request, too_many(exporting.MOST))
        return redirect("import_ledger", name)
    data, count = exporting.workbook(chosen, request.user, records)
    trail.record(Action.EXPORT, model=chosen.model._meta.label_lower, note=f"{count}条")
    return workbook_response(data, chosen.title)


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """A long import: that it is under way, and then what came of it."""
    sent = get_object_or_404(Job, pk=pk, user=request.user)
    chosen, outcome = _ledger(request, sent.ledger), sent.result()
    said = _said(chosen, outcome) if outcome and not outcome.problems and not sent.trial else ""
    context = {"job": sent, "ledger": chosen, "said": said, **_shown(outcome)}
    if not sent.finished_at:
        context["progress"] = progress.of(sent.pk)
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
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a long import, with what is wrong marked in its cells."""
    sent = get_object_or_404(Job, pk=pk, user=request.user, marked=True)
    with sent.file.open("rb") as file:
        return workbook_response(file.read(), f"{sent.kind.title}（已标出问题）")


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty workbook."""
    chosen = _ledger(request, name)
    return workbook_response(blank.workbook(chosen), f"{chosen.title}（模板）")


def workbook_response(data: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under that name."""
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = disposition(f"{name}.xlsx")
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
    file = form.cleaned_data["file"]
    options = {"skip": form.cleaned_data["skip"], "update": form.cleaned_data["update"]}
    try:
        if jobs.is_long(file):
            return jobs.send(chosen, file, request.user, trial=trial, **options)
        return bring(chosen, file.read(), request.user, name=file.name, trial=trial, **options)
    except ValidationError as error:
        form.add_error("file", error)
        return None


def _shown(outcome: Outcome | None) -> dict[str, Any]:
    """What a page says of problems, and of cells that would change."""
    found, changes = (outcome.problems, outcome.changes) if outcome else ([], [])
    return {
        "outcome": outcome, "shown": found[:SHOWN], "more": len(found) - SHOWN,
        "changes": changes[:SHOWN], "more_changes": len(changes) - SHOWN,
    }  # fmt: skip


def _batches(request: HttpRequest, chosen: Ledger) -> list[tuple[Batch, bool]]:
    """What the person brought to the ledger lately, and whether it can be taken back."""
    latest = Batch.objects.filter(user=request.user.pk, ledger=chosen.name)[:BATCHES]
    return [(one, batches.may_undo(one, request.user)) for one in latest]


def _say(request: HttpRequest, chosen: Ledger, outcome: Outcome) -> None:
    messages.success(request, _said(chosen, outcome))
    if outcome.left_out:
        named = "；".join(f"{where}“{text}”{why}" for where, text, why in outcome.left_out[:NAMED])
        more = len(outcome.left_out) + outcome.untold - NAMED
        messages.warning(request, f"{named}{f'另有{more}处没有导入。' if more > 0 else ''}")


def _said(chosen: Ledger, outcome: Outcome) -> str:
    return (
        f"已导入{chosen.title}{formats.number(outcome.imported)}条{outcome.beside}{outcome.merged}"
        f"{outcome.asked}。"
    )


def _marked(chosen: Ledger, file: Any, outcome: Outcome) -> HttpResponse:
    file.seek(0)
    return workbook_response(
        marking.marked(chosen, file.read(), outcome), f"{chosen.title}（已标出问题）"
    )


def _listed(outcome: Outcome) -> HttpResponseBase:
    header = ["行号", "列名", "文件中的内容", "问题"]
    rows: list[list[Any]] = [
        [one.row or "", one.heading, one.text, one.message] for one in outcome.problems
    ]
    nothing = ["", "", "", "没有发现问题，可以导入。"]
    left: list[list[Any]] = [["", one.where, one.text, one.why] for one in outcome.left_out]
    return csv_response("导入中的问题", header, [*(rows or [nothing]), *left])
