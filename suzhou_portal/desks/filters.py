"""How people narrow the list of a desk: by what stands in their own reach, with how many of each there are."""

import datetime
import functools
import operator
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    ManyToManyField,
    Q,
    TextField,
)

from suzhou_portal.accounts.hidden import found_in_full, is_hidden, used_up
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, Group, keyword_filter
from suzhou_portal.desks.waiting import MOST, all_waiting, waiting
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.keyset import CAP
from suzhou_portal.records.columns import field_at
from suzhou_portal.records.kinds import Kind

_DAY = re.compile(r"([12]\d{3})[年.\-/](\d{1,2})[月.\-/](\d{1,2})[日]?", re.ASCII)
_choice = functools.partial(django_filters.ChoiceFilter, empty_label="全部")


class DeskFilterSet(AreaFilterSet):
    """The filters of a desk: keyword, division, state, the choices it names, what waits.

    Offered is what there is among the person's records, with how many; where there are too many to be counted
    one by one, everything.
    """

    desk: Kind
    counted: tuple[str, ...]

    class Meta:
        form = FilterForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = list(self.queryset.order_by().values_list("area_id", *self.counted)[: CAP + 1])
        if len(rows) > CAP:
            return
        areas, *others = map(Counter, zip(*rows, strict=True)) if rows else [Counter()]
        self._offer_areas(areas)
        for name, counts in zip(self.counted, others, strict=False):
            self._offer(name, counts)
        if self.request and "todo" in self.filters:
            self._offer("todo", self._waiting())

    def _offer(self, name: str, counts: Counter) -> None:
        extra, chosen = self.filters[name].extra, self.data.get(name, "")
        extra["choices"] = [
            (value, f"{label}（{_number(counts[value])}）")
            for value, label in extra["choices"]
            if counts[value] or str(value) == chosen
        ]

    def _offer_areas(self, counts: Counter) -> None:
        chosen, extra = self.data.get("area", ""), self.filters["area"].extra

        def number(code: str) -> int:
            return sum(many for one, many in counts.items() if contains(code, one))

        groups: list[Group] = []
        for heading, choices in extra["choices"]:
            there = [
                (code, f"{label}（{many}）")
                for code, label in choices
                if (many := number(code)) or code == chosen
            ]
            groups += [(heading, there)] if there else []
        extra["choices"] = groups
        if sum(len(choices) for _, choices in groups) < 2 and not chosen:
            del self.filters["area"]  # there is nothing to choose

    def _waiting(self) -> Counter:
        waits = all_waiting(self.request.user, site_as_of(self.request), [self.desk])
        return Counter(one.todo.key for one in waits)

    def filter_keyword(self, queryset, name, value):
        if told := used_up(self.request.user, self.desk.model, value):
            messages.warning(self.request, told)
        return queryset.filter(_said(self.request.user, self.desk, value))

    def filter_todo(self, queryset, name, value):
        day, todos = site_as_of(self.request), {todo.key: todo for todo in self.desk.todos}
        return waiting(todos[value], queryset, self.request.user, day)


def _number(many: int) -> str:
    return f"{MOST}以上" if many > MOST else str(many)


def _said(user: Any, desk: Kind, text: str) -> Q:
    """The records that have the text in what their list and page show to the person, or all of it in what is
    masked for them.
    """
    model: Any = desk.model
    there = [
        Q(pk__in=model._default_manager.filter(**{f"{path}__icontains": text}).values("pk"))
        if isinstance(_field(model, path), ManyToManyField)
        else Q(**{f"{path}__icontains": text})
        for path in searched(desk)
    ]
    calls = [Q(**{f"{name}__icontains": text}) for name in model.contact_columns]
    if calls:
        there.append(functools.reduce(operator.or_, calls) & user.scope(model, "contact"))
    there += [Q(**{f"{path}__in": values}) for path, values in _other(desk, text)]
    masked = [*desk.search, *getattr(model, "masked", {})]
    return functools.reduce(operator.or_, there, found_in_full(user, model, masked, text))


def _other(desk: Kind, text: str) -> Iterator[tuple[str, list[Any]]]:
    """Which values of choices, numbers and days read so, column by column: a choice by a part of its label, a
    number by all its digits, a day as pages or files write it.
    """
    for path in _shown(desk):
        field: Any = None if is_hidden(desk.model, path) else _field(desk.model, path)
        if choices := getattr(field, "flatchoices", None):
            values = [value for value, label in choices if text in str(label)]
        else:
            values = _exactly(field, text.strip())
        if values:
            yield path, values


def _exactly(field: Any, text: str) -> list[Any]:
    """The number or the day that the text writes, where the column keeps such."""
    if isinstance(field, IntegerField) and text.isascii() and text.isdecimal():
        return [int(text)]
    is_day = isinstance(field, DateField) and not isinstance(field, DateTimeField)
    if is_day and (found := _DAY.fullmatch(text)):
        with suppress(ValueError):
            return [datetime.date(*map(int, found.groups()))]
    return []


def _shown(desk: Kind) -> tuple[str, ...]:
    """The lookups of what the desk's list and page show of a record."""
    shown = [column.path.replace(".", "__") for column in (*desk.columns, *desk.facts)]
    return tuple(dict.fromkeys([*desk.search, *shown, *(["state"] if desk.staged else [])]))


@functools.cache
def searched(desk: Kind) -> tuple[str, ...]:
    """The columns in which a text is looked for: those the desk names, and every text, and every name of
    another record or a person, that its list and page show to all who see it.
    """
    model: Any = desk.model
    many = [f.name for f in model._meta.many_to_many if f.name in desk.fields]
    found = [path for way in (*_shown(desk), *many) for path in _texts(model, way)]
    return tuple(dict.fromkeys(path for path in found if not is_hidden(model, path)))


def _texts(model: Any, way: str) -> Iterator[str]:
    field = _field(model, way.lstrip("=^@"))
    if isinstance(field, CharField | TextField) and not field.choices:
        yield way
    elif isinstance(field, ForeignKey | ManyToManyField):
        other: Any = field.related_model
        named = _field(other, getattr(other, "called", "name"))
        if isinstance(named, CharField | TextField) and not named.choices:
            yield f"{way}__{named.name}"


def _field(model: Any, way: str) -> Field | None:
    """The field at the end of a lookup; None where a part of it is none."""
    try:
        field = field_at(model, way)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


@functools.cache
def filter_set(desk: Kind) -> type[DeskFilterSet]:
    """The filters of a desk."""
    counted = (*(("state",) if desk.staged else ()), *desk.filters)
    keyword = keyword_filter(f"{desk.noun}中的文字、人名、单位")
    members: dict[str, object] = {"desk": desk, "counted": counted, "q": keyword}
    for name in counted:
        field: Any = desk.model._meta.get_field(name)
        members[name] = _choice(label=field.verbose_name, choices=field.choices)
    if desk.todos:
        labels = [(todo.key, todo.label) for todo in desk.todos]
        members["todo"] = _choice(label="待办", choices=labels, method="filter_todo")
    members["Meta"] = type("Meta", (), {"form": FilterForm, "model": desk.model, "fields": []})
    return type(f"{desk.model.__name__}Filter", (DeskFilterSet,), members)


def remembered_part(desk: Kind, asked: Mapping[str, Any]) -> dict[str, str]:
    """What of an address is remembered for the next time: order and choices, not what was looked for once."""
    kept = ("area", "state", "by", *desk.filters)
    return {name: str(asked[name]) for name in kept if asked.get(name)}
