"""How visitors narrow the list of volunteer teams."""

import django_filters

from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, keyword_filter
from volunteers.enums.base import TeamKind
from volunteers.models import VolunteerTeam


class TeamFilter(AreaFilterSet):
    """Teams by division, kind and name."""

    q = keyword_filter("队伍名称")
    kind = django_filters.ChoiceFilter(label="类型", choices=TeamKind.choices, empty_label="全部")

    class Meta:
        model = VolunteerTeam
        form = FilterForm
        fields = ["q", "area", "kind"]
