"""Entries of money that stay as they were made, and are taken back by another person's 冲正."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from suzhou_portal.areas.explained import ASKED, Reasoned
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.fields import PastDay
from suzhou_portal.lifecycle.models import Staged, StagedQuerySet
from suzhou_portal.lifecycle.table import Lifecycle, Move


class EntryState(models.TextChoices):
    KEPT = "kept", "有效"
    REVERSED = "reversed", "已冲正"


def reversible(name: str, *more: Move, open_in: tuple[str, ...] = ()) -> Lifecycle:
    """The lifecycle of an entry, by the name of its kind: whoever did not write it may reverse it. Nothing
    else changes it, but for `more` steps and where content is open while it is kept.
    """
    return Lifecycle(
        name, EntryState,
        Move(
            "reverse", "冲正", (EntryState.KEPT,), EntryState.REVERSED,
            action="reverse", by_another=True, reason=True, dated=("reversed_on",),
        ),
        *more,
        closed=(EntryState.REVERSED,), open_in=open_in, bad=(EntryState.REVERSED,),
    )  # fmt: skip


class ReversibleQuerySet(StagedQuerySet):
    def kept(self):
        """Entries that nobody has reversed."""
        return self.in_state(EntryState.KEPT)

    def unreversed(self, day: datetime.date, since: str):
        """Entries of that day or before, by the date in that column, that were not yet reversed then."""
        return self.until(day, since).not_yet(day, "reversed_on")


class Reversible(Reasoned, Staged):
    """An entry that counts from its own day until the day it is reversed; both days are kept."""

    reversed_on = PastDay("冲正日期", null=True, blank=True, editable=False)

    objects: ClassVar = ReversibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def stands(self) -> bool:
        """Whether nobody has reversed it."""
        return self.state == EntryState.KEPT


def reversal_rules(name: str, since: str, amount: str, *alike: str) -> list[models.BaseConstraint]:
    """The rules of an entry of that kind: when it is reversed, and that a second one that agrees in
    amount, day and whatever else tells entries apart says why it is none made twice.
    """
    return [
        check(
            f"{name}_reversed_on_a_day",
            Q(state="reversed", reversed_on__isnull=False)
            | Q(state="kept", reversed_on__isnull=True),
            "冲正须有冲正日期。",
        ),
        in_order(f"{name}_reversed", since, "reversed_on", "冲正不能早于原记录的日期。"),
        unique(
            f"{name}_alike_explained", f"当天已有同样金额的记录；{ASKED}", *alike, since, amount,
            condition=Q(state="kept", explanation=""), at=amount,
        ),
    ]  # fmt: skip
