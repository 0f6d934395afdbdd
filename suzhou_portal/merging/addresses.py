"""The former address of a record that was merged leads on to the one that stays."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from suzhou_portal.accounts.alike import rules_of
from suzhou_portal.merging.models import stands_for
from suzhou_portal.records.kinds import kinds


def leads_on(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Ask about a page that is not there, for whoever reads, whether its record went into another one."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        match: Any = request.resolver_match
        model = _model(match) if match and "pk" in match.kwargs else None
        kept = stands_for(model, match.kwargs["pk"]) if model and rules_of(model) else None
        if kept is None:
            return response
        return redirect(reverse(match.view_name, kwargs=match.kwargs | {"pk": kept}))

    return answer


def _model(match: Any) -> Any:
    """The kind of record that an address is about; None where it says none."""
    if match.view_name.startswith("desk_"):
        return next((kind.model for kind in kinds if kind.name == match.kwargs["name"]), None)
    return getattr(getattr(match.func, "view_class", None), "model", None)
