"""What waits for a person: each kind of record says what may, and its list shows exactly that."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.codes import contains
from suzhou_portal.figures.scope import site_as_of


@dataclass(frozen=True)
class Todo:
    """Records that wait for something on a day; `action` is the permission it takes to do it.

    With `from_above` an office does it for the divisions inside its own, and not for its own.
    """

    key: str
    label: str
    action: str
    records: Callable[[Any, datetime.date], QuerySet]
    from_above: bool = False


@dataclass(frozen=True)
class Notice:
    """How many records wait for what, and where they are listed."""

    label: str
    count: int
    url: str


class TodoFilter(admin.SimpleListFilter):
    """Records that wait for something."""

    title = "待办"
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        """Those the person can do something about."""
        self.offered = {todo.key: todo for todo in _offered(request, model_admin)}
        self.day = site_as_of(request)
        return [(todo.key, todo.label) for todo in self.offered.values()]

    def queryset(self, request, queryset):
        """Those that wait for it."""
        todo = self.offered.get(self.value() or "")
        return waiting(todo, queryset, request.user, self.day) if todo else queryset


def admin_list(model: type[Model]) -> str:
    """Where the admin lists a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def waiting_for(
    request: HttpRequest, site: admin.AdminSite, page: Callable[[Any], str] = admin_list
) -> list[Notice]:
    """What waits for the person who asks: one query for each kind of thing, however many wait.

    `page` says where a kind of record is listed.
    """
    day = site_as_of(request)
    notices = []
    for model, model_admin in site._registry.items():
        for todo in _offered(request, model_admin):
            seen = model_admin.get_queryset(request)
            count = waiting(todo, seen, request.user, day).count()
            if count:
                notices.append(Notice(todo.label, count, f"{page(model)}?todo={todo.key}"))
    return notices


def waiting(todo: Todo, records: Any, user: Any, day: datetime.date) -> QuerySet:
    """Those among the records that wait for the person on that day."""
    mine = records.visible_to(user, todo.action)
    if todo.from_above:
        roots = user.roots(records.model, todo.action)
        inner = {code for code in roots for outer in roots - {code} if contains(outer, code)}
        mine = mine.exclude(area__in=roots - inner - {settings.PORTAL_AREA})
    return todo.records(mine, day)


def _offered(request: HttpRequest, model_admin: Any) -> list[Todo]:
    return [
        todo
        for todo in getattr(model_admin, "todos", ())
        if request.user.has_perm(permission(todo.action, model_admin.model))
    ]
