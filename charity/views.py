"""The public lists of charity projects and of resources."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from charity.filters import ProjectFilter, ResourceFilter
from charity.models import Allocation, CharityProject, CharityResource, Partnership
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView
from suzhou_portal.methods import for_anybody


@for_anybody
class ProjectListView(FilteredListView):
    """Charity projects, below the foundations behind them."""

    filterset_class = ProjectFilter
    template_name = "charity/charityproject_list.html"

    def records(self):
        projects = CharityProject.objects.within(settings.PORTAL_AREA)
        return projects.begun(site_as_of(self.request)).select_related("area")

    def get_context_data(self, **kwargs):
        partnerships = Partnership.objects.within(settings.PORTAL_AREA).lasting(
            site_as_of(self.request)
        )
        return super().get_context_data(**kwargs) | {
            "partnerships": partnerships.select_related("foundation")
        }


@for_anybody
class ResourceListView(FilteredListView):
    """Funds, goods and services received. Donors appear only as they agreed to."""

    filterset_class = ResourceFilter
    template_name = "charity/charityresource_list.html"

    def records(self):
        return _received(self.request)


@for_anybody
def trace(request: HttpRequest, pk: int) -> HttpResponse:
    """A donation followed to its use. No donor who did not agree, and no beneficiary, is named."""
    resource = get_object_or_404(_received(request), pk=pk)
    allocations = (
        Allocation.objects.allocated(site_as_of(request))
        .filter(resource=resource)
        .select_related("area", "project")
        .prefetch_related("uses")
        .order_by("allocated_on", "pk")
    )
    context = {"resource": resource, "allocations": allocations, **_totals(resource, allocations)}
    return render(request, "charity/trace.html", context)


def _received(request: HttpRequest):
    resources = CharityResource.objects.within(settings.PORTAL_AREA)
    received = resources.until(site_as_of(request), "received_on")
    return received.select_related("area", "donor")


def _totals(resource: CharityResource, allocations: Iterable[Allocation]) -> dict[str, Decimal]:
    """Allocated, used and left of the resource, in 元."""
    allocated = sum((one.net_value for one in allocations), Decimal(0))
    used = sum(
        (use.value for one in allocations for use in one.uses.all() if use.stands), Decimal(0)
    )
    return {"allocated": allocated, "used": used, "left": resource.value - allocated}
