"""What waits for a person: each kind of record says what may, and its list shows exactly that."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateField, F, IntegerField, Model, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.accounts.entrusted import entrusted
from suzhou_portal.accounts.roles import LEVELS, OWNERS, PERMISSIONS
from suzhou_portal.areas.codes import LENGTHS, contains, length_of
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered
from suzhou_portal.lifecycle.allowed import theirs
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.gathering import united
from suzhou_portal.records.kinds import Kind, kinds
from suzhou_portal.records.todos import Todo

MOST = 200  # records of one to-do that are looked at; the list of the kind has them all
Asked = list[tuple[Kind, Todo]]


@dataclass(frozen=True)
class Waits:
    """A record that waits, and the day by which it is to be done, where one is set."""

    kind: Kind
    todo: Todo
    pk: int
    area: str
    due: datetime.date | None


def admin_list(model: type[Model]) -> str:
    """Where the admin lists a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def desk_list(model: type[Any]) -> str:
    """Where a kind of record is listed for whoever works with it: its desk, else the admin."""
    desk = kinds.desk_of(model)
    return reverse("desk", args=[desk.name]) if desk else admin_list(model)


def all_waiting(user: Any, day: datetime.date, among: Iterable[Kind] = kinds) -> list[Waits]:
    """The records of these kinds that wait for the person, once for each to-do and at most so many (`MOST`)
    and one of each, those due first: one statement.
    """
    asked = [(kind, todo) for kind in among for todo in offered(user, kind)]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*_statement(user, day, asked))
        rows = cursor.fetchall()
    return [Waits(kind, todo, *row) for number, *row in rows for kind, todo in [asked[number]]]


def _statement(user: Any, day: datetime.date, asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """What is asked for all of it, with its parameters: it follows from what the person is entrusted with and
    the divisions that ended, and takes longer to make than to answer.
    """

    def make() -> tuple[str, tuple[Any, ...]]:
        parts = [_rows(number, *one, user, day) for number, one in enumerate(asked)]
        return united(parts).query.sql_with_params()

    about = tuple((kind.model._meta.label, todo.key) for kind, todo in asked)
    key = ("waiting", entrusted(user), day, timezone.localdate(), about)
    return remembered(key, [Area], make)


def _rows(number: int, kind: Kind, todo: Todo, user: Any, day: datetime.date) -> QuerySet:
    seen = kind.model._default_manager.visible_to(user)
    column = todo.deadline(kind.model)
    due = F(column) if column else Cast(Value(None), DateField())
    found = waiting(todo, seen, user, day)
    ordered = found.order_by(F(column).asc(nulls_last=True), "pk") if column else found.order_by()
    return ordered.values_list(Value(number, IntegerField()), "pk", "area_id", due)[: MOST + 1]


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


def nearer(user: Any, kind: Kind, todo: Todo) -> int | None:
    """From which length of a record's code on an office nearer to it than the person's could do it; None where
    there is no such office.
    """
    wanted = kind.permission(todo.action)
    held = [one for one in user.current_assignments if wanted in PERMISSIONS[one.role]]
    if any(one.role in OWNERS for one in held):
        return None
    innermost = max((length_of(one.area_id) for one in held), default=0)
    lengths = [
        LENGTHS[level]
        for role, granted in PERMISSIONS.items()
        if wanted in granted
        for level in LEVELS.get(role, ())
        if level in LENGTHS
    ]
    return min((length for length in lengths if length > innermost), default=None)
