"""How people narrow the list of a desk."""

import functools
import operator
from typing import Any

import django_filters
from django.db.models import Q

from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, keyword_filter
from suzhou_portal.desks.registry import Desk


@functools.cache
def filter_set(desk: Desk) -> type[AreaFilterSet]:
    """The filters of a desk: keyword, division, state and the choices it names."""

    def filter_keyword(self, queryset, name, value):
        contained = [Q(**{f"{field}__icontains": value}) for field in desk.search]
        return queryset.filter(functools.reduce(operator.or_, contained))

    members: dict[str, object] = {"filter_keyword": filter_keyword}
    if desk.search:
        members["q"] = keyword_filter(f"{desk.noun}中的文字")
    for name in (*(("state",) if desk.staged else ()), *desk.filters):
        field: Any = desk.model._meta.get_field(name)
        members[name] = django_filters.ChoiceFilter(
            label=field.verbose_name,
            choices=field.choices,
            empty_label="全部",
        )
    members["Meta"] = type("Meta", (), {"form": FilterForm, "model": desk.model, "fields": []})
    return type(f"{desk.model.__name__}Filter", (AreaFilterSet,), members)
