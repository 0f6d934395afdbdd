"""What an act about divisions comes to: divisions that begin, end or are renamed, and the accounts that
go on elsewhere or end.
"""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.serializers import serialize
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import inside
from suzhou_portal.areas.models import Area, AreaRecord

ONE_DAY = datetime.timedelta(days=1)
END = "end"  # instead of the code of a division: the account goes on nowhere


@dataclass(frozen=True)
class Act:
    """What will be written. `ended` ends with the grids in it and leaves its records to `heirs[0]`."""

    effective_on: datetime.date
    changes: list[DivisionChange]
    founded: list[Area] = field(default_factory=list)
    ended: Area | None = None
    heirs: list[Area] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """The divisions it is about."""
        return {one.code for one in (*(change.area for change in self.changes), *self.heirs)}

    @property
    def first_day(self) -> datetime.date:
        """The first day on which accounts go on elsewhere: what is entered late undoes no sign-in."""
        return max(self.effective_on, timezone.localdate())

    def ending(self) -> QuerySet[Area]:
        """The division that ends, and what still exists in it."""
        if self.ended is None:
            return Area.objects.none()
        return Area.objects.inside(self.ended.code).in_force(self.effective_on)

    def accounts(self) -> QuerySet[Assignment]:
        """What people are entrusted with there on its last day and afterwards."""
        if self.ended is None:
            return Assignment.objects.none()
        lasting = Q(valid_to=None) | Q(valid_to__gte=self.first_day)
        held = Assignment.objects.filter(lasting, inside("area__code", [self.ended.code]))
        named = ("user", "area", "organization", "team")
        return held.select_related(*named).order_by("user__username", "pk")

    def left(self) -> list[dict[str, Any]]:
        """How many records of each kind stay in the division that ends: of what (`of`) and `count`."""
        return [] if self.ended is None else records_in([self.ended.code])

    def informed(self) -> QuerySet[User]:
        """Whose work page will tell of it: whoever works in one of its divisions, or around."""
        around = {line for code in self.codes for line in codes.lineage(code)}
        near = inside("area__code", self.codes) | Q(area__in=around)
        held = Assignment.objects.in_force(timezone.localdate()).filter(near)
        return User.objects.filter(is_active=True, assignments__in=held).distinct()


def records_in(inside_of: Iterable[str]) -> list[dict[str, Any]]:
    """How many records of each kind stand in these divisions: of what (`of`) and `count`, most first."""
    first, *others = [
        model._default_manager.filter(inside("area__code", inside_of))
        .order_by()
        .values(of=Value(model._meta.verbose_name))
        .annotate(count=Count("pk"))
        for model in apps.get_models()
        if issubclass(model, AreaRecord)
    ]
    rows: Any = first.union(*others, all=True)
    return sorted((row for row in rows if row["count"]), key=lambda row: -row["count"])


def carry_out(act: Act, user: User, destinations: Mapping[int, str]) -> None:
    """Write the act, and send each account (by the key of what it is entrusted with) to the division of
    that code, or END. The first of its rows keeps what divisions and accounts were and have become.

    Raises PermissionDenied for a division that is not the person's to change.
    """
    accounts, ending = list(act.accounts()), list(act.ending())
    renamed = [change for change in act.changes if change.name_before]
    touched = [one.code for one in (*act.founded, *ending, *(change.area for change in renamed))]
    held = [one.pk for one in accounts]
    before = kept_rows(touched, held)
    for area in act.founded:
        area.save()
    for area in ending:
        area.valid_to, area.successor = act.effective_on, act.heirs[0] if act.heirs else None
        area.save()
    for change in renamed:
        change.area.name = change.name_after
        change.area.save()
    for one in accounts:
        _send(one, destinations[one.pk], act.first_day)
    # A copy that was made has the key that it was given.
    after = kept_rows(touched, [*held, *(one.pk for one in accounts)])
    act.changes[0].changed = {"before": before, "after": after}
    number = uuid.uuid4()
    for change in act.changes:
        change.act, change.decided_by = number, user
        change.save()


def kept_rows(areas: Iterable[str], assignments: Iterable[Any]) -> list[dict[str, Any]]:
    """Divisions and what people are entrusted with, by their keys, as rows that can be put back."""
    divisions = Area.objects.filter(pk__in=areas).order_by("pk")
    held = Assignment.objects.filter(pk__in=assignments).order_by("pk")
    return json.loads(serialize("json", [*divisions, *held]))


def _send(one: Assignment, where: str, day: datetime.date) -> None:
    """Written past the last door, which asks for an administrator: the act itself is what was allowed."""
    stored = Assignment.objects.filter(pk=one.pk)
    if one.valid_from < day:
        stored.update(valid_to=day - ONE_DAY)
        if where != END:
            one.pk, one.area_id, one.valid_from = None, where, day
            Assignment.objects.bulk_create([one])
    elif where == END:
        stored._raw_delete(stored.db)  # without the last door's signal
    else:
        stored.update(area=where)
