"""What a resident wants to know of a community."""

from communities.models import CommunityProfile
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

_PROFILE = (
    Column("社区", "area"),
    Column("地址", "address"),
    Column("服务电话", "phone"),
    Column("办公时间", "office_hours"),
)
_SIZE = (Column("常住人口（人）", "population"), Column("户数（户）", "households"))

desks.add(
    Desk(
        name="profiles",
        party=Party.COMMUNITIES,
        model=CommunityProfile,
        title="社区概况",
        lead="居民要找的地址、电话和办公时间，以及社区规模。",
        fields=("area", "address", "phone", "office_hours", "population", "households"),
        columns=(*_PROFILE, *_SIZE),
        search=("address",),
        public=Public(
            title="社区概况",
            lead="各社区在哪里、怎样联系、什么时间办公。",
            records=lambda _: CommunityProfile.objects.all(),
            columns=_PROFILE,
            facts=(*_PROFILE, *_SIZE),
        ),
    ),
)
