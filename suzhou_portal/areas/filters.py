"""What the filters of all public lists share: a choice of division, and one look."""

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Layout, Row
from django import forms
from django.conf import settings

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area

SUBMIT = '<button class="btn btn-primary" type="submit">查询</button>'
RESET = '<a class="btn btn-outline-secondary" href="?">清除</a>'


class FilterForm(forms.Form):
    """A filter bar: fields side by side where there is room, then the buttons."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_class = "filter-bar"
        helper.disable_csrf = True
        columns = [Column(name, css_class="col-12 col-sm-6 col-lg") for name in self.fields]
        buttons = Div(HTML(SUBMIT), HTML(RESET), css_class="filter-buttons")
        helper.layout = Layout(Row(*columns, css_class="g-3"), buttons)
        return helper


def area_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The divisions one level inside the portal's, each heading those inside it."""
    inner = codes.child_length(settings.PORTAL_AREA)
    innermost = codes.child_length("0" * inner) if inner else None
    areas = Area.objects.inside(settings.PORTAL_AREA).exclude(pk=settings.PORTAL_AREA)
    groups: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for code, name in areas.values_list("code", "name"):
        if len(code) == inner:
            groups[code] = (name, [(code, f"{name}（全部）")])
        elif len(code) == innermost and code[:inner] in groups:
            groups[code[:inner]][1].append((code, name))
    return list(groups.values())


class AreaFilterSet(django_filters.FilterSet):
    """A filter set with a division to choose and, where declared, a keyword."""

    area = django_filters.ChoiceFilter(
        label="所在街道、社区", choices=area_choices, method="filter_area", empty_label="全部"
    )

    class Meta:
        form = FilterForm

    def filter_area(self, queryset, name, value):
        """Records inside the division."""
        return queryset.within(value)


def keyword_filter(placeholder: str, method: str = "filter_keyword") -> django_filters.CharFilter:
    """A text box for one to fifty characters."""
    widget = forms.TextInput(attrs={"placeholder": placeholder, "type": "search"})
    return django_filters.CharFilter(label="关键词", max_length=50, method=method, widget=widget)
