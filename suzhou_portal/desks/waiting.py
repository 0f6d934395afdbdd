"""What waits for a person: each kind of record says what may, and its list shows exactly that."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from suzhou_portal.accounts.reminders import reminders_of
from suzhou_portal.areas.codes import contains
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lifecycle.allowed import theirs
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.kinds import Kind, kinds
from suzhou_portal.records.todos import Todo


@dataclass(frozen=True)
class Waits:
    """How many records wait for what, and where they are listed."""

    label: str
    count: int
    url: str


def admin_list(model: type[Model]) -> str:
    """Where the admin lists a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def desk_list(model: type[Any]) -> str:
    """Where a kind of record is listed for whoever works with it: its desk, else the admin."""
    desk = kinds.desk_of(model)
    return reverse("desk", args=[desk.name]) if desk else admin_list(model)


def waiting_for(request: HttpRequest, page: Callable[[Any], str] = admin_list) -> list[Waits]:
    """What waits for the person who asks: one query for each kind of thing, however many wait.

    `page` says where a kind of record is listed.
    """
    day, user = site_as_of(request), request.user
    notices = [Waits(*one) for one in reminders_of(user, day)]
    for kind in kinds:
        for todo in offered(user, kind):
            seen = kind.model._default_manager.visible_to(user)
            if count := waiting(todo, seen, user, day).count():
                notices.append(Waits(todo.label, count, f"{page(kind.model)}?todo={todo.key}"))
    return notices


def waiting(todo: Todo, records: Any, user: Any, day: datetime.date) -> QuerySet:
    """The records among these that wait for the person on that day."""
    mine = records.visible_to(user, todo.action)
    if todo.from_above:
        roots = user.roots(records.model, todo.action)
        inner = {code for code in roots for outer in roots - {code} if contains(outer, code)}
        mine = mine.exclude(area__in=roots - inner - {settings.PORTAL_AREA})
    if todo.states and issubclass(records.model, Staged):
        mine = theirs(user, mine, todo.action, todo.states)
    return todo.among(mine, day)


def offered(user: Any, kind: Kind) -> list[Todo]:
    """What of a kind may wait for the person."""
    return [todo for todo in kind.todos if user.has_perm(kind.permission(todo.action))]
