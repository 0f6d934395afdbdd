"""Steps for several records at once, from the admin's lists: asked once, with what follows and their day."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from suzhou_portal.desks.following import follows
from suzhou_portal.desks.together import MOST, DayForm, tried
from suzhou_portal.lifecycle.table import Move


def step_action(move: Move) -> Any:
    """The list's action for a step: first it says what will follow, confirmed it takes the step for each."""

    def act(modeladmin: Any, request: Any, queryset: Any) -> HttpResponse | None:
        records = list(queryset[: MOST + 1])
        if len(records) > MOST:
            said = f"一次最多办理{MOST}条，请先用筛选缩小范围。"
            modeladmin.message_user(request, said, messages.ERROR)
            return None
        confirmed = "taken_on" in request.POST
        form = DayForm(
            request.POST if confirmed else None, initial={"taken_on": timezone.localdate()}
        )
        if not (confirmed and form.is_valid()):
            return TemplateResponse(
                request, "admin/take_steps.html", _asked(modeladmin, request, move, records, form)
            )
        taken = sum(
            _taken(modeladmin, request, record, move, form.cleaned_data["taken_on"])
            for record in records
        )
        if taken:
            modeladmin.message_user(request, f"{taken}条已办理“{move.label}”。", messages.SUCCESS)
        return None

    return act


def _asked(modeladmin: Any, request: Any, move: Move, records: list[Any], form: DayForm) -> Any:
    """The page that asks: the records by their state, with what follows from the step for them."""
    by_state: dict[str, list[Any]] = {}
    for record in records:
        by_state.setdefault(record.state, []).append(record)
    groups = [
        (same[0], same, follows(same[0], move) if state in move.sources else [])
        for state, same in by_state.items()
    ]
    return {
        **modeladmin.admin_site.each_context(request),
        "title": move.label,
        "opts": modeladmin.opts,
        "move": move,
        "groups": groups,
        "possible": any(said for *_, said in groups),
        "records": records,
        "form": form,
        "action": f"take_{move.verb}",
        "checkbox": ACTION_CHECKBOX_NAME,
    }


def _taken(modeladmin: Any, request: Any, record: Any, move: Move, day: Any) -> bool:
    if reason := tried(request.user, record, move, day):
        modeladmin.message_user(request, f"{record}：{reason}", messages.WARNING)
    return not reason
