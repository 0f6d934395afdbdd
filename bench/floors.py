"""What pages are measured against: the same page from constants, a bare response, plain aggregates."""

import inspect
from inspect import isfunction
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Context, loader
from django.template.context import make_context
from django.urls import resolve

from suzhou_portal.dashboards.fragments import Fragment
from suzhou_portal.figures import kernel
from suzhou_portal.figures.kept.sources import kept_figures
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.scope import site_as_of

_KNOWN: dict[str, tuple[Any, dict[str, Any]]] = {}
FIGURES = 25


@login_not_required
def floor(request: HttpRequest, address: str) -> HttpResponse:
    """The page of that address, its template given what it was given the first time."""
    if address not in _KNOWN:
        _KNOWN[address] = _taken_apart(request, f"/{address}")
    template, given = _KNOWN[address]
    return HttpResponse(_rendered(template, given))


def _taken_apart(request: HttpRequest, address: str) -> tuple[Any, dict[str, Any]]:
    match = resolve(address)
    view = inspect.unwrap(match.func)
    caught: dict[str, Any] = {}

    def catch(request: HttpRequest, template: str, context: dict[str, Any]) -> SimpleNamespace:
        caught.update(template=template, context=context)
        return SimpleNamespace()

    own = view.__globals__["render"]
    view.__globals__["render"] = catch
    try:
        view(request, *match.args, **match.kwargs)
    finally:
        view.__globals__["render"] = own
    template: Any = loader.get_template(caught["template"])
    context = make_context(caught["context"], request)
    with context.bind_template(template.template):
        given = {str(name): _constant(value) for name, value in context.flatten().items()}
    _rendered(template, given)
    return template, given


def _rendered(template: Any, given: dict[str, Any]) -> str:
    context: Any = Context(given)
    context.request = given["request"]  # where some tags look for it
    return template.template.render(context)


def _constant(value: Any) -> Any:
    """A queryset as the list it is, what is made when asked for as it was made; and no part of the
    page is given again as it was rendered.
    """
    if isinstance(value, Fragment):
        return Fragment("")
    if isfunction(value) or hasattr(value, "cache_info"):
        value = value()
    return list(value) if hasattr(value, "_iterable_class") else value


@login_not_required
def naive(request: HttpRequest, code: str) -> HttpResponse:
    """As many aggregates over the records as a dashboard has figures, in the dashboard's page."""
    span, cells = Span(None, site_as_of(request)), []
    for figure in kept_figures()[:FIGURES]:
        entry = kernel.entries(figure, [code], [span], own=True)[0, code]
        cells.append((figure.label, str(entry.get("value", ""))))
    return render(request, "bench/naive.html", {"cells": cells})


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    """A bare response."""
    return HttpResponse("")
