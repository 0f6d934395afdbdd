"""A step for several records at once: each through the workflow, and of each that failed it is said why."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from suzhou_portal.desks import cells
from suzhou_portal.desks.following import follows
from suzhou_portal.desks.forms import WIDGETS
from suzhou_portal.desks.reached import desk_for
from suzhou_portal.lifecycle.allowed import hindrance, offered
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.lists import key_of
from suzhou_portal.records.kinds import Kind

MOST = 200  # records that one person can still look through before confirming
COLUMNS = 4  # of the list that are shown beside each
CHANGED = "打开页面以后别人改过，没有办理；请核对后再办。"
GONE = "这条记录已经看不到，没有办理。"
CLASHES = "别人刚刚办理的步骤与这一步冲突，没有办理。"


class DayForm(forms.Form):
    """The day on which the step was taken, which need not be today."""

    taken_on = forms.DateField(
        label="办理日期",
        widget=WIDGETS[models.DateField](),
    )


@dataclass(frozen=True)
class Tried:
    """What became of one of the records sent; with no `reason` the step was taken."""

    key: int
    name: str
    reason: str = ""


def steps_together(request: HttpRequest, name: str, verb: str) -> HttpResponse:
    """The records that wait for a step which asks for nothing, and the step for those that are chosen."""
    desk = desk_for(request, name)
    move = _move(request, desk, verb)
    form = DayForm(request.POST or None, initial={"taken_on": timezone.localdate()})
    chosen = request.POST.getlist("record")
    outcomes: list[Tried] = []
    if request.method == "POST" and not chosen:
        form.add_error(None, "请至少勾选一条。")
    elif form.is_valid():
        outcomes = _taken(request, desk, move, chosen, form.cleaned_data["taken_on"])
        if done := [one for one in outcomes if not one.reason]:
            messages.success(request, f"已办理“{move.label}”：{len(done)}条。")
        if len(done) == len(outcomes):
            return redirect("desk_index")
    return render(request, "desks/together.html", _page(request, desk, move, form, outcomes))


def _move(request: HttpRequest, desk: Kind, verb: str) -> Move:
    moves = desk.model.lifecycle.moves if desk.staged else ()  # type: ignore[attr-defined]
    found = next((one for one in moves if one.verb == verb), None)
    if found is None or found.asks or found.proposed_by:
        raise Http404("没有可以一起办理的这个步骤。")
    if not request.user.has_perm(desk.permission(found.action)):
        raise PermissionDenied
    return found


def _open(user: Any, desk: Kind, move: Move, records: Any) -> tuple[list[Any], bool]:
    """The records of which the step is the person's to take now, and whether there are more."""
    found = records.visible_to(user, move.action).in_state(*move.sources).order_by("pk")
    rows = list(found[: MOST + 1])
    given = offered(user, [(one, move.action) for one in rows])
    open_ = [one for one in rows if move in given[one._meta.label_lower, one.pk]]
    return open_[:MOST], len(rows) > MOST


def _page(
    request: HttpRequest, desk: Kind, move: Move, form: Any, outcomes: list[Tried]
) -> dict[str, Any]:
    records, more = _open(request.user, desk, move, desk.records(request.user))
    lines = cells.lines(desk.columns[:COLUMNS], records, "desk_record", desk)
    why = {one.key: one.reason for one in outcomes if one.reason}
    said = dict.fromkeys(text for record in records[:MOST] for text in follows(record, move))
    return {
        "desk": desk,
        "move": move,
        "form": form,
        "columns": desk.columns[:COLUMNS],
        "lines": [(line, version_of(line.record), why.pop(line.record.pk, "")) for line in lines],
        "failed": [one for one in outcomes if one.key in why],
        "tried": bool(outcomes),
        "more": more,
        "follows": [*said],
        "today": timezone.localdate().isoformat(),
    }


def version_of(record: Any) -> str:
    """By which a step is refused that was meant for the record as it stood before."""
    return f"{record.pk}:{record.updated_at.isoformat()}"


def _taken(
    request: HttpRequest, desk: Kind, move: Move, chosen: Iterable[str], day: datetime.date
) -> list[Tried]:
    """Take the step for each, in a transaction of its own; what fails leaves the others as they are."""
    asked = {key: said for text in chosen for key, said in [_asked(text)] if key is not None}
    there = desk.records(request.user).in_bulk([*asked][:MOST])
    return [_one(request.user, there.get(key), key, said, move, day) for key, said in asked.items()]


def _asked(text: str) -> tuple[int | None, str]:
    key, _, version = text.partition(":")
    return key_of(key), version


def _one(user: Any, record: Any, key: int, version: str, move: Move, day: datetime.date) -> Tried:
    if record is None:
        return Tried(key, f"编号{key}", GONE)
    with transaction.atomic():
        stored = type(record)._base_manager.select_for_update(of=("self",)).get(pk=key)
        changed = version != stored.updated_at.isoformat()
        return Tried(key, str(record), CHANGED if changed else tried(user, record, move, day))


def tried(user: Any, record: Any, move: Move, day: datetime.date) -> str:
    """Take a step; why it was not taken, blank where it was. Whatever failed leaves nothing behind."""
    try:
        with transaction.atomic():
            take(record, move.verb, by=user, on=day)
    except ValidationError as error:
        return "".join(error.messages)
    except PermissionDenied:
        return f"“{move.label}”须{hindrance(user, record, move) or '由他人办理'}。"
    except IntegrityError:  # what another step took first, and no rule of this record can see
        return CLASHES
    return ""
