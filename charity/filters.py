"""How visitors narrow the lists of charity projects and resources."""

from charity.enums.base import CharityField, CharityMode, ResourceKind
from charity.models import CharityProject, CharityResource
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, choice_filter, keyword_filter


class ProjectFilter(AreaFilterSet):
    """Charity projects by division, mode, field and name."""

    q = keyword_filter("项目名称")
    mode = choice_filter("模式", CharityMode)
    field = choice_filter("领域", CharityField)

    class Meta:
        model = CharityProject
        form = FilterForm
        fields = ["q", "area", "mode", "field"]


class ResourceFilter(AreaFilterSet):
    """Resources by division, kind and name."""

    q = keyword_filter("资源名称")
    kind = choice_filter("类型", ResourceKind)

    class Meta:
        model = CharityResource
        form = FilterForm
        fields = ["q", "area", "kind"]
