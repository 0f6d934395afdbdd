"""For whom a record waits: the nearest people who can do what is to be done, as their to-do lists say."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import OWNERS, PERMISSIONS
from suzhou_portal.areas import codes, succession
from suzhou_portal.audit import trail
from suzhou_portal.desks.waiting import offered, waiting
from suzhou_portal.figures.dates import site_date
from suzhou_portal.notices.models import Notice
from suzhou_portal.notices.telling import tell
from suzhou_portal.records.kinds import Kind, kinds
from suzhou_portal.records.todos import Todo


def told(model: type[Any], pk: int, by: int | None, *, moved: bool) -> None:
    """Tell each for whom the record waits how many wait for them, and correct what others were told.

    Not `by`, who brought it there, nor whom its own notice tells already. Where the record only changed
    and has not `moved` to another state, what waits in a state waited before.
    """
    kind = kinds.of(model)
    record = model._base_manager.filter(pk=pk).select_related("area").first()
    if kind is None or record is None:
        return
    label, day = model._meta.label_lower, site_date()
    own = Notice.objects.unread().filter(model=label, object_id=pk).values_list("user_id")
    knowing = {by} | {user for (user,) in own}
    for todo in kind.todos:
        _corrected(kind, todo, record, day)
        new = moved or todo.own or callable(todo.which)
        for one in takers(kind, todo, record, day) if new else ():
            if one.user_id not in knowing:
                tell_number(kind, todo, one, number(kind, todo, one.user, day))


def tell_number(kind: Kind, todo: Todo, held: Assignment, count: int) -> None:
    """Tell whoever holds the assignment how many records wait."""
    about = {"model": kind.model._meta.label_lower, "todo": todo.key, "area_id": held.area_id}
    tell([held.user_id], f"{todo.label}：{count}条。", **about)


def takers(kind: Kind, todo: Todo, record: Any, day: datetime.date) -> list[Assignment]:
    """By which assignments people can do it: of those whose record it is, else of the nearest division
    in which anybody can.
    """
    if todo.past:  # which comes with the day, and not with what somebody did
        return []
    for group in _from_near(kind, todo, record):
        found = [one for one in group if number(kind, todo, one.user, day, pk=record.pk)]
        if found:
            return list({one.user_id: one for one in found}.values())
    return []


def number(kind: Kind, todo: Todo, user: Any, day: datetime.date, **only: Any) -> int:
    """How many records stand in the person's list of what waits."""
    if todo not in offered(user, kind):
        return 0
    with trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user)):
        seen = kind.model._default_manager.filter(**only).visible_to(user)
        return waiting(todo, seen, user, day).count()


def _corrected(kind: Kind, todo: Todo, record: Any, day: datetime.date) -> None:
    """Those told of such records around this one, and who have not read it yet, read how many there are
    now; where there is none any more, nothing.
    """
    around = codes.lineage(record.area_id)
    label = kind.model._meta.label_lower
    before = Notice.objects.unread().filter(model=label, todo=todo.key, area__in=around)
    for notice in before.select_related("user"):
        if left := number(kind, todo, notice.user, day):
            Notice.objects.filter(pk=notice.pk).update(text=f"{todo.label}：{left}条。")
        else:
            notice.delete()


def _from_near(kind: Kind, todo: Todo, record: Any) -> Iterator[list[Assignment]]:
    """Who holds a role that can do it: owners of the record, then offices from the nearest outwards."""
    wanted = kind.permission(todo.action)
    roles = {role for role, granted in PERMISSIONS.items() if wanted in granted}
    held = Assignment.objects.in_force(timezone.localdate()).filter(user__is_active=True)
    held = held.select_related("user").order_by("pk")
    if owning := _owners(kind.model, record, roles & {*OWNERS}):
        yield list(held.filter(owning))
    offices = held.filter(role__in=roles - {*OWNERS}, area__in=_around(record))
    near_first = sorted(offices, key=lambda one: -codes.length_of(one.area_id))
    for _, group in groupby(near_first, key=lambda one: codes.length_of(one.area_id)):
        yield list(group)


def _around(record: Any) -> set[str]:
    """The divisions around the record; of one that has ended, around those that follow it too."""
    today = timezone.localdate()
    ended = not record.area.exists_on(today)
    heirs = succession.heirs(record.area, today) if ended else []
    return {code for one in (record.area, *heirs) for code in codes.lineage(one.pk)}


def _owners(model: type[Any], record: Any, roles: Iterable[str]) -> Q | None:
    """Assignments of those whose record it is; None where it is nobody's."""
    found = None
    for role in roles:
        key = OWNERS[role]  # type: ignore[index]
        if path := getattr(model, "owned_by", {}).get(key):
            column = "team" if key == "team" else "organization"
            whose = model._base_manager.filter(pk=record.pk).values_list(path, flat=True)
            mine = Q(role=role, **{f"{column}__in": [one for one in whose if one]})
            found = mine if found is None else found | mine
    return found
