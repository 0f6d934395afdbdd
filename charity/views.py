"""The public lists of charity projects and of resources."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from charity.filters import ProjectFilter, ResourceFilter
from charity.models import CharityProject, CharityResource, Partnership
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView


@method_decorator(login_not_required, name="dispatch")
class ProjectListView(FilteredListView):
    """Charity projects, below the foundations behind them."""

    filterset_class = ProjectFilter
    template_name = "charity/charityproject_list.html"

    def records(self):
        projects = CharityProject.objects.within(settings.PORTAL_AREA)
        return projects.filter(started_on__lte=site_as_of(self.request)).select_related("area")

    def get_context_data(self, **kwargs):
        partnerships = Partnership.objects.within(settings.PORTAL_AREA).open_on(
            site_as_of(self.request)
        )
        return super().get_context_data(**kwargs) | {
            "partnerships": partnerships.select_related("foundation")
        }


@method_decorator(login_not_required, name="dispatch")
class ResourceListView(FilteredListView):
    """Funds, goods and services received. Donors appear only as they agreed to."""

    filterset_class = ResourceFilter
    template_name = "charity/charityresource_list.html"

    def records(self):
        resources = CharityResource.objects.within(settings.PORTAL_AREA)
        return resources.filter(received_on__lte=site_as_of(self.request)).select_related("area")
