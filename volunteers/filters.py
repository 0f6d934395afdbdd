"""How visitors narrow the list of volunteer teams."""

from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, choice_filter, keyword_filter
from volunteers.enums.base import TeamKind
from volunteers.models import VolunteerTeam


class TeamFilter(AreaFilterSet):
    """Teams by division, kind and name."""

    q = keyword_filter("队伍名称")
    kind = choice_filter("类型", TeamKind)

    class Meta:
        model = VolunteerTeam
        form = FilterForm
        fields = ["q", "area", "kind"]
