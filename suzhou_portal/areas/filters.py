"""What the filters of all public lists share: a choice of division, and one look."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Choices, Q
from django.db.models.functions import Length
from django.utils import timezone

from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.former_names import former_names, said
from suzhou_portal.areas.models import Area, in_force
from suzhou_portal.areas.scope import area_of
from suzhou_portal.caching.followed import remembered
from suzhou_portal.search import named

Group = tuple[str, list[tuple[str, str]]]


class FilterForm(forms.Form):
    """A filter bar, which `_components/filter_bar.html` shows: a form's own way costs many times as much."""

    def bar(self) -> Iterator[dict[str, Any]]:
        """Each field as the bar needs it: choices by group, of which those without one have no heading."""
        for name, field in self.fields.items():
            value = self.data.get(name, "")
            choices = getattr(field, "choices", None)
            yield {
                "name": name,
                "label": field.label,
                "value": value,
                "groups": choices and _grouped(choices),
                "attributes": field.widget.attrs,
                "longest": getattr(field, "max_length", None),
            }


def _grouped(choices: Iterable[Any]) -> list[Group]:
    groups: list[Group] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            groups.append((str(value), [*label]))
        elif groups and not groups[-1][0]:
            groups[-1][1].append((str(value), label))
        else:
            groups.append(("", [(str(value), label)]))
    return groups


def area_choices(chosen: str = "") -> list[Group]:
    """The divisions to choose from: a district's streets, each heading what lies inside it.

    A wider portal offers what is one level inside the chosen division, below the way there, so that
    a community of the country is reached step by step and no list is longer than a district's.
    """
    base, today = _base(chosen), timezone.localdate()
    offered = remembered(
        ("choices", base, today), [Area, DivisionChange], lambda: _choices(base, today)
    )
    return [*offered, *_ended(chosen, today)]


def _ended(chosen: str, today: datetime.date) -> list[Group]:
    """The chosen division where it has ended: offered no more, its address leads to what it left."""
    known = codes.contains(settings.PORTAL_AREA, chosen) and chosen.isascii() and chosen.isdecimal()
    area = area_of(chosen) if known else None
    return [] if area is None or area.exists_on(today) else [("已撤销", [(area.code, area.name)])]


def _choices(base: str, today: datetime.date) -> list[Group]:
    inner = codes.child_length(base)
    wide = codes.length_of(base) < codes.LENGTHS[Level.DISTRICT]  # of more than one list can hold
    innermost = codes.child_length("0" * inner) if inner and not wide else None
    below = Q(length__in=[length for length in (inner, innermost) if length])
    inside = below & Q(code__startswith=codes.prefix_of(base)) & in_force(today)
    areas = Area.objects.annotate(length=Length("code")).filter(
        inside | Q(code__in=codes.lineage(base))
    )
    way: Group = ("已选", [])
    former = former_names(base)
    groups: dict[str, Group] = {}
    for code, plain in areas.values_list("code", "name"):
        name = said(code, plain, former)
        if codes.contains(code, base):
            if codes.contains(settings.PORTAL_AREA, code) and code != settings.PORTAL_AREA:
                way[1].append((code, name))
        elif innermost is None:
            groups.setdefault(base, ("下一级", []))[1].append((code, name))
        elif len(code) == inner:
            groups[code] = (plain, [(code, f"{name}（全部）")])
        elif code[:inner] in groups:
            groups[code[:inner]][1].append((code, name))
    return [*([way] if way[1] else []), *groups.values()]


def _base(chosen: str) -> str:
    """The innermost division around the chosen one whose inside is offered."""
    portal = settings.PORTAL_AREA
    try:
        around = codes.lineage(chosen or portal)
    except ValueError:
        return portal
    wide = [code for code in around if codes.length_of(code) <= codes.LENGTHS[Level.DISTRICT]]
    return wide[-1] if codes.contains(portal, wide[-1]) else portal


class _AreaField(django_filters.fields.ChoiceField):
    """A division to choose; the portal's own is all of it, which the list offers as such."""

    def valid_value(self, value):
        return value == settings.PORTAL_AREA or super().valid_value(value)


class _AreaFilter(django_filters.ChoiceFilter):
    field_class = _AreaField


class AreaFilterSet(django_filters.FilterSet):
    """A filter set with a division to choose and, where declared, a keyword."""

    area = _AreaFilter(label="所在街道、社区", method="filter_area", empty_label="全部")

    class Meta:
        form = FilterForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["area"].extra["choices"] = area_choices(self.data.get("area", ""))

    def filter_area(self, queryset, name, value):
        return queryset.found_in(value)

    def filter_keyword(self, queryset, name, value):
        return named(queryset, value)


def keyword_filter(placeholder: str, method: str = "filter_keyword") -> django_filters.CharFilter:
    """A text box for one to fifty characters."""
    widget = forms.TextInput(attrs={"placeholder": placeholder, "type": "search"})
    return django_filters.CharFilter(label="关键词", max_length=50, method=method, widget=widget)


def choice_filter(label: str, among: type[Choices]) -> django_filters.ChoiceFilter:
    """One of the words to choose from, or any."""
    return django_filters.ChoiceFilter(label=label, choices=among.choices, empty_label="全部")
