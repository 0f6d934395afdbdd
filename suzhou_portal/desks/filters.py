"""How people narrow the list of a desk: by what stands in their own reach, with how many of each there are."""

import functools
import operator
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import CharField, Field, ForeignKey, ManyToManyField, Q, TextField

from suzhou_portal.accounts.hidden import found_in_full, is_hidden, used_up
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, Group, keyword_filter
from suzhou_portal.desks.waiting import MOST, all_waiting, waiting
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.keyset import CAP
from suzhou_portal.records.kinds import Kind

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
    masked = [*desk.search, *getattr(model, "masked", {})]
    return functools.reduce(operator.or_, there, found_in_full(user, model, masked, text))


@functools.cache
def searched(desk: Kind) -> tuple[str, ...]:
    """The columns in which a keyword is looked for: those the desk names, and every text, and every name of
    another record or a person, that its list and page show to all who see it.
    """
    model: Any = desk.model
    named = [column.path.replace(".", "__") for column in (*desk.columns, *desk.facts)]
    named += [f.name for f in model._meta.many_to_many if f.name in desk.fields]
    found = [path for way in (*desk.search, *named) for path in _texts(model, way)]
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
    field = None
    for name in way.split("__"):
        known = {one.name: one for one in model._meta.get_fields()} if model else {}
        field = known.get(name)
        model = getattr(field, "related_model", None)
    return field if isinstance(field, Field) else None


@functools.cache
def filter_set(desk: Kind) -> type[DeskFilterSet]:
    """The filters of a desk."""
    counted = (*(("state",) if desk.staged else ()), *desk.filters)
    members: dict[str, object] = {"desk": desk, "counted": counted}
    if searched(desk):
        members["q"] = keyword_filter(f"{desk.noun}中的文字、人名、单位")
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
