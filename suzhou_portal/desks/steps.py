"""The steps of a record, on its desk: what may be done now, doing it, taking it back, and what is asked for."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from suzhou_portal.audit.changes import told
from suzhou_portal.desks import drafts
from suzhou_portal.desks.day import onward
from suzhou_portal.desks.following import follows, weighs
from suzhou_portal.desks.forms import AnswerForm, move_form
from suzhou_portal.desks.printing import tell_unprintable
from suzhou_portal.desks.reached import desk_for, record_for
from suzhou_portal.desks.saving import proposed, taken
from suzhou_portal.lifecycle.allowed import hindrances, refuse
from suzhou_portal.lifecycle.amendments import decide, may_decide, may_propose, open_amendment
from suzhou_portal.lifecycle.models import MERGED, Staged
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.lifecycle.undoing import undo, undoable
from suzhou_portal.methods import require_POST


def staged(user: Any, record: Staged) -> dict[str, Any]:
    """What the page of a record says of its steps: those to take or to ask for, those of others and why,
    what somebody asked for, and its history.
    """
    asked = open_amendment(record)
    steps, known = list(record.steps()), hindrances(user, record)
    offered = [
        (move, move.asks or bool(weighs(record, move))) for move, reason in known if reason == ""
    ]
    return {
        "moves": offered,
        "proposals": [m for m in record.moves if not asked and may_propose(user, record, m)],
        "others": [(move, reason) for move, reason in known if reason],
        "asked": asked,
        "asked_changes": told(type(record), [asked.changes])[0] if asked else [],
        "may_decide": asked is not None and may_decide(user, record, asked),
        "undoable": undoable(user, record),
        "ended_at": _ended_at(record),
        "steps": list(zip(steps, told(type(record), [s.changes for s in steps]), strict=True)),
        "today": timezone.localdate().isoformat(),
        "version": record.updated_at.isoformat(),
    }


def _ended_at(record: Staged) -> datetime.datetime | None:
    """When it was closed; what is kept with it later is marked as later."""
    if record.state not in record.lifecycle.closed:
        return None
    ended = record.steps().filter(after=record.state).exclude(verb=MERGED)
    return ended.values_list("taken_at", flat=True).first()


def move(request: HttpRequest, name: str, pk: int, verb: str) -> HttpResponse:
    """Take a step: at once, or with what it asks for. One that somebody else must accept is asked for."""
    desk = desk_for(request, name)
    record = record_for(request, desk, pk)
    step = _step(request, desk, record, verb)
    data = drafts.sent(request)
    form = move_form(desk, step, request.user)(
        data, instance=record, initial={"taken_on": timezone.localdate()}
    )
    done = proposed if step.proposed_by else taken
    if data is not None and form.is_valid() and done(request.user, record, step, form):
        said = (
            f"已提出“{step.label}”，由他人决定。" if step.proposed_by else f"已办理“{step.label}”。"
        )
        messages.success(request, onward(request, said, record))
        tell_unprintable(request, form)
        return redirect("desk_record", name, pk)
    context = {"desk": desk, "record": record, "move": step, "form": drafts.fill(form, request)}
    context |= drafts.context(request, f"{step.label}：{record}")
    return render(request, "desks/move.html", context | {"follows": follows(record, step)})


@require_POST
def take_back(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Take back the step that the person took by mistake today."""
    record = record_for(request, desk_for(request, name), pk)
    step = undoable(request.user, record) if isinstance(record, Staged) else None
    if step is None or request.POST.get("step") != str(step.pk):
        messages.error(request, "这一步已经不能撤销：可能已有后续办理，或者不是您今天办理的。")
    else:
        undo(record, by=request.user)
        messages.success(request, f"已撤销“{step.label}”。")
    return redirect("desk_record", name, pk)


@require_POST
def decide_amendment(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Accept or refuse what somebody asked to change."""
    record = record_for(request, desk_for(request, name), pk)
    accepted, form = "accept" in request.POST, AnswerForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        answer = form.cleaned_data["answer"]
        decide(record, by=request.user, accepted=accepted, answer=answer)
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
        return drafts.back(request) or redirect("desk_record", name, pk)
    said = "已同意变更。" if accepted else "已答复不同意变更。"
    messages.success(request, onward(request, said, record))
    return redirect("desk_record", name, pk)


def answering(request: HttpRequest, record: Staged, asked: Any) -> dict[str, Any]:
    """What a record's page needs where the person is to answer what somebody asked for."""
    title = f"答复“{asked.label}”：{record}"
    return {"answer": drafts.fill(AnswerForm(), request)} | drafts.context(request, title)


def _step(request: HttpRequest, desk: Any, record: Any, verb: str) -> Move:
    if not desk.staged:
        raise Http404
    try:
        step: Move = record.lifecycle.move(verb)
    except KeyError:
        raise Http404("没有这个步骤。") from None
    if step.proposed_by:
        if not may_propose(request.user, record, step):
            raise PermissionDenied
        return step
    refuse(request.user, record, step)
    return step
