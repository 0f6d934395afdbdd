"""我的工作, where everyone with an account begins: what is to be done, what was entered lately, and the way to
everything else.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from suzhou_portal.accounts.reminders import alarms_of, reminders_of
from suzhou_portal.desks.day import PAGE, opened, sorted_waiting, together
from suzhou_portal.desks.lately import Entered, entered_lately, most_entered
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.lists import key_of
from suzhou_portal.methods import require_safe
from suzhou_portal.records.kinds import Kind, kinds

OFTEN = 6  # kinds of which a new record is offered by a button of its own


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the person by its day, what they entered lately, what they can enter, and all else."""
    user = request.user
    mine = [desk for desk in kinds.desks() if desk.open_to(user)]
    enterable = [desk for desk in mine if _is_entered_here(user, desk)]
    wanted = request.GET.get("enter", "").strip()
    named = [desk for desk in enterable if desk.noun == wanted]
    if len(named) == 1:
        return redirect("desk_new", named[0].name)
    entered = entered_lately(user)
    return render(
        request,
        "desks/index.html",
        {
            **_tasks(request, entered),
            **_enterable(enterable, entered, wanted),
            **_desks(request, mine, entered),
            "pages": [page for desk in mine for page in desk.pages_for(user)],
            "alarms": alarms_of(user),
            "reminders": reminders_of(user, site_as_of(request)),
            "ledgers": ledgers.open_to(user),
        },
    )


def _is_entered_here(user: Any, desk: Kind) -> bool:
    """Whether the person may enter a record of it, and its form needs none above it to begin with."""
    return (desk.entry or not desk.parent) and user.has_perm(desk.permission("add"))


def _tasks(request: HttpRequest, entered: Entered) -> dict[str, Any]:
    user, day = request.user, site_as_of(request)
    found = sorted_waiting(user, day)
    whose = request.GET.get("whose") or ("own" if found.own or not found.inner else "inner")
    rows, number = found.shown(whose), key_of(request.GET.get("page", "1")) or 0
    if whose not in ("own", "inner") or not 0 < number <= max(1, -(-len(rows) // PAGE)):
        raise Http404("没有这一页。请从第一页翻起。")
    tasks, lately = opened(user, day, rows[(number - 1) * PAGE : number * PAGE], entered)
    return {
        "tasks": tasks,
        "lately": lately,
        "together": together(rows),
        "whose": whose,
        "own_count": len(found.own),
        "inner_count": len(found.inner),
        "counts": found.counts,
        "number": number,
        "today": timezone.localdate().isoformat(),
        "last": max(1, -(-len(rows) // PAGE)),
    }


def _enterable(enterable: list[Kind], entered: Entered, wanted: str) -> dict[str, Any]:
    """What can be entered: what the person enters most first, then what is entered daily."""
    daily = [desk for desk in enterable if desk.entry]
    often = [desk for desk in most_entered(entered) if desk in enterable]
    fitting = [desk for desk in enterable if wanted and _fits(desk, wanted)]
    return {
        "often": list(dict.fromkeys([*often, *daily]))[:OFTEN],
        "enterable": enterable,
        "wanted": wanted,
        "fitting": fitting,
    }


def _desks(request: HttpRequest, mine: list[Kind], entered: Entered) -> dict[str, Any]:
    """All desks, those used lately first; with `?find=` those of which it speaks."""
    sought = request.GET.get("find", "").strip()
    shown = [desk for desk in mine if not sought or _fits(desk, sought)]
    used = [desk for desk in most_entered(entered) if desk in shown]
    return {
        "sought": sought,
        "used": used,
        "desks": [desk for desk in shown if sought or not desk.parent],
        "has_desks": bool(mine),
    }


def _fits(desk: Kind, text: str) -> bool:
    return any(text in said for said in (desk.noun, desk.title, desk.lead))
