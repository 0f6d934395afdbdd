"""How visitors narrow the lists of charity projects and resources."""

import django_filters

from charity.enums.base import CharityField, CharityMode, ResourceKind
from charity.models import CharityProject, CharityResource
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, keyword_filter


class ProjectFilter(AreaFilterSet):
    """Charity projects by division, mode, field and name."""

    q = keyword_filter("项目名称")
    mode = django_filters.ChoiceFilter(
        label="模式", choices=CharityMode.choices, empty_label="全部"
    )
    field = django_filters.ChoiceFilter(
        label="领域", choices=CharityField.choices, empty_label="全部"
    )

    class Meta:
        model = CharityProject
        form = FilterForm
        fields = ["q", "area", "mode", "field"]


class ResourceFilter(AreaFilterSet):
    """Resources by division, kind and name."""

    q = keyword_filter("资源名称")
    kind = django_filters.ChoiceFilter(
        label="类型", choices=ResourceKind.choices, empty_label="全部"
    )

    class Meta:
        model = CharityResource
        form = FilterForm
        fields = ["q", "area", "kind"]
