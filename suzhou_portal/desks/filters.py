"""How people narrow the list of a desk."""

import functools
import operator
from typing import Any

import django_filters
from django.db.models import Q

from suzhou_portal.accounts.hidden import found_in_full, is_hidden
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, keyword_filter
from suzhou_portal.desks.waiting import waiting
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.records.kinds import Kind

_choice = functools.partial(django_filters.ChoiceFilter, empty_label="全部")


@functools.cache
def filter_set(desk: Kind) -> type[AreaFilterSet]:
    """The filters of a desk: keyword, division, state, the choices it names, what waits."""

    def filter_keyword(self, queryset, name, value):
        user = self.request.user
        open_to_all = [path for path in desk.search if not is_hidden(desk.model, path)]
        contained = [Q(**{f"{field}__icontains": value}) for field in open_to_all]
        by_hidden = found_in_full(user, desk.model, desk.search, value)
        return queryset.filter(functools.reduce(operator.or_, contained, by_hidden))

    def filter_todo(self, queryset, name, value):
        day = site_as_of(self.request)
        return waiting(todos[value], queryset, self.request.user, day)

    members: dict[str, object] = {"filter_keyword": filter_keyword, "filter_todo": filter_todo}
    if desk.search:
        members["q"] = keyword_filter(f"{desk.noun}中的文字")
    for name in (*(("state",) if desk.staged else ()), *desk.filters):
        field: Any = desk.model._meta.get_field(name)
        members[name] = _choice(label=field.verbose_name, choices=field.choices)
    if todos := {todo.key: todo for todo in desk.todos}:
        labels = [(todo.key, todo.label) for todo in desk.todos]
        members["todo"] = _choice(label="待办", choices=labels, method="filter_todo")
    members["Meta"] = type("Meta", (), {"form": FilterForm, "model": desk.model, "fields": []})
    return type(f"{desk.model.__name__}Filter", (AreaFilterSet,), members)
