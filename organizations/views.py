"""The public register of organizations, and how providers have done; services stand in `catalogue`."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.views.generic import DetailView

from organizations import track_record
from organizations.catalogue import ForResidents, ServiceDetailView, ServiceListView
from organizations.filters import OrganizationFilter
from organizations.life import life
from organizations.models import SocialOrganization
from suzhou_portal import formats
from suzhou_portal.desks import cells
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.columns import Column

__all__ = ["ServiceDetailView", "ServiceListView"]
IDENTITY = (
    Column("类型", "kind"),
    Column("所属地区", "area"),
    Column("服务领域", "field"),
    Column("统一社会信用代码", "shown_code"),
    Column("评估等级", "grade"),
    Column("引入或培育日期", "joined_on"),
    Column("注销日期", "deregistered_on"),
)
# The columns of a track record, by the annotations of `track_record.providers`.
RECORD = {
    "contracts": "合同（份）",
    "contracted": "合同金额（元）",
    "terminated": "解除（份）",
    "graded_excellent": "优秀",
    "graded_good": "良好",
    "graded_pass": "合格",
    "graded_fail": "不合格",
    "rectifications": "整改（项）",
    "rectified_late": "其中逾期",
}


@for_anybody
class OrganizationListView(ForResidents, FilteredListView):
    """The public register of social organizations at work here."""

    filterset_class = OrganizationFilter
    template_name = "organizations/socialorganization_list.html"

    def records(self):
        day = site_as_of(self.request)
        here = SocialOrganization.objects.within(settings.PORTAL_AREA).active(day)
        return here.select_related("area")


@for_anybody
class OrganizationDetailView(DetailView):
    """One organization: who it is, its life from filing to registration, and what it has done."""

    model = SocialOrganization
    template_name = "organizations/socialorganization_detail.html"
    context_object_name = "organization"

    def get_queryset(self):
        day = site_as_of(self.request)
        here = SocialOrganization.objects.within(settings.PORTAL_AREA).filter(joined_on__lte=day)
        return here.select_related("area")

    def get_context_data(self, **kwargs):
        day, mine = site_as_of(self.request), self.object
        return super().get_context_data(**kwargs) | {
            "facts": [*cells.facts(IDENTITY, mine), *track_record.told(mine, day)],
            "events": life(mine, day),
            "projects": track_record.projects_of(mine, day),
            "evaluations": track_record.evaluations_of(mine, day),
        }


class TrackRecordView(FilteredListView):
    """How providers have done: what whoever awards the next contract looks at."""

    filterset_class = OrganizationFilter
    template_name = "organizations/track_records.html"

    def records(self):
        """Every provider of a contract."""
        if not self.request.user.has_perm("organizations.decide_purchasedproject"):
            raise PermissionDenied
        return track_record.providers(site_as_of(self.request))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        besides = [
            (name, said) for one in track_record.deeds for name, (said, _) in one.counts.items()
        ]
        shown = RECORD | dict(besides)
        rows = [(one, _record(one, shown)) for one in context["object_list"]]
        return context | {"rows": rows, "headings": shown.values()}


def _record(provider: Any, shown: Iterable[str]) -> list[str]:
    return [formats.number(getattr(provider, name)) for name in shown]
