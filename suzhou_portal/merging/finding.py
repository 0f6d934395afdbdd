"""Pairs of records that may be one, of the kinds that say by what (`alike`), as far as a person may merge them."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from suzhou_portal.accounts.alike import alike_to, are_alike, rules_of
from suzhou_portal.accounts.entrusted import entrusted
from suzhou_portal.accounts.reminders import Found, reminding
from suzhou_portal.areas.codes import NOTHING
from suzhou_portal.audit.changes import name_of
from suzhou_portal.caching.followed import remembered
from suzhou_portal.merging.models import Verdict
from suzhou_portal.records.columns import named_with
from suzhou_portal.records.kinds import Kind, kinds


@dataclass(frozen=True)
class Relation:
    """A column of some kind of record that names records of the kind asked about."""

    model: type[models.Model]
    field: Any

    @property
    def rows(self) -> Any:
        """All rows of that kind."""
        return self.model._base_manager

    def naming(self, record: models.Model) -> QuerySet:
        """The rows that name the record."""
        return self.rows.filter(**{self.field.name: record.pk})


def relations(model: type[models.Model]) -> list[Relation]:
    """Every column that names a record of the model, lists of many and columns nobody sees among them."""
    every: Any = model._meta.get_fields(include_hidden=True)
    return [
        Relation(one.related_model, one.field)
        for one in every
        if one.auto_created and not one.concrete and (one.one_to_many or one.one_to_one)
    ]


def merging_kinds() -> list[Kind]:
    """The kinds whose records may be merged."""
    return [kind for kind in kinds if rules_of(kind.model)]


def theirs(user: Any, model: Any) -> QuerySet:
    """The records that the person may merge: change, and one of the two away with."""
    return model._default_manager.filter(user.scope(model, "change"), user.scope(model, "delete"))


def suspected(user: Any, model: Any) -> QuerySet:
    """The records that may be one with an older one, where nobody has said of the two that they are not,
    nor explained it as the later was entered.
    """
    mine, found = theirs(user, model), NOTHING
    apart = Verdict.objects.about(model).filter(same=False)
    judged = Q(pk__in=apart.values("other_id"))
    for rule in rules_of(model):
        blank = reduce(or_, (Q(**{name: ""}) for name in rule if _is_text(model, name)), NOTHING)
        asked = mine.filter(explanation="").exclude(blank)
        older = mine.filter(pk__lt=OuterRef("pk"), **{name: OuterRef(name) for name in rule})
        told = Exists(apart.filter(kept_id=OuterRef("pk"), other_id=OuterRef(OuterRef("pk"))))
        # Of the few that somebody judged each pair is asked about; the many are joined at once.
        for named in (
            asked.filter(~judged, Exists(older)),
            asked.filter(judged, Exists(older.exclude(told))),
        ):
            found |= Q(pk__in=named.values("pk"))
    return mine.filter(found)


def _is_text(model: Any, name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.CharField)


def pairs(user: Any, records: list[Any]) -> list[tuple[Any, Any]]:
    """Each of the records of one kind with every older one that it may be, at one cost for any number."""
    if not records:
        return []
    model = type(records[0])
    named = ("area", *named_with(model))
    older = theirs(user, model).filter(reduce(or_, map(alike_to, records)))
    others = list(older.select_related(*named).order_by("pk"))
    apart = set(
        Verdict.objects.about(model)
        .filter(same=False, other_id__in=[record.pk for record in records])
        .values_list("kept_id", "other_id")
    )
    return [
        (one, record)
        for record in records
        for one in others
        if one.pk < record.pk and are_alike(one, record) and (one.pk, record.pk) not in apart
    ]


def hanging(model: Any, keys: set[int]) -> dict[int, Counter[str]]:
    """How many rows of what name each of the records of these keys: one query for each relation."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for relation in relations(model):
        name = relation.field.name
        counted = relation.rows.filter(**{f"{name}__in": keys}).order_by().values_list(name)
        for key, count in counted.annotate(count=Count("pk")):
            found[key][name_of(relation.model)] += count
    return found


@reminding
def judge_twins(user: Any, day: datetime.date) -> Found:
    """The records that may be there twice, of each kind that the person may merge: asked again once one of the
    kind was written.
    """
    for kind in open_to(user):
        model: Any = kind.model
        key = ("twins", model._meta.label, entrusted(user))
        if count := remembered(key, [model, Verdict], partial(_number, user, model)):
            page = reverse("twins", args=[kind.model._meta.model_name])
            yield f"可能重复的{kind.noun}", count, page


def _number(user: Any, model: Any) -> int:
    return suspected(user, model).count()


def open_to(user: Any) -> Iterator[Kind]:
    """The kinds whose records the person may merge somewhere."""
    for kind in merging_kinds():
        if all(user.has_perm(kind.permission(action)) for action in ("change", "delete")):
            yield kind
