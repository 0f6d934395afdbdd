"""The public lists of charity projects and of resources, and a page for each."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from charity.filters import ProjectFilter, ResourceFilter
from charity.models import Allocation, CharityProject, CharityResource, Partnership, ResourceUse
from suzhou_portal.desks import cells
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.columns import Column, columns
from suzhou_portal.records.parties import Party

PROJECT = columns(
    CharityProject,
    (
        "area", "mode", "field", Column("合作的基金会", "partnership.foundation"),
        Column("计划投入（元）", "amount"), "started_on", "planned_to", "ended_on", "summary", "result",
    ),
)  # fmt: skip


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
        .select_related("area", "project", "resource")
        .prefetch_related("uses__allocation__resource")
        .order_by("allocated_on", "pk")
    )
    context = {"resource": resource, "allocations": allocations, **_totals(resource, allocations)}
    context["counts"] = _counts(resource, allocations)
    return render(request, "charity/trace.html", context)


@for_anybody
def project_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A charity project: what and where, what it was given and used, and what was disclosed of it."""
    day = site_as_of(request)
    begun = CharityProject.objects.within(settings.PORTAL_AREA).begun(day)
    project = get_object_or_404(begun.select_related("area", "partnership__foundation"), pk=pk)
    allocations = list(
        Allocation.objects.allocated(day)
        .filter(project=project)
        .select_related("area", "resource__donor")
        .prefetch_related("uses")
        .order_by("allocated_on", "pk")
    )
    context = {
        "project": project,
        "facts": cells.facts(PROJECT, project),
        "allocations": allocations,
        "given": sum((one.net_value for one in allocations), Decimal(0)),
        "used": sum((use.value for use in _uses(allocations)), Decimal(0)),
        "parties": cells.parties(_parts(project, allocations)),
        "disclosures": project.duties.until(day, "disclosed_on").order_by("-disclosed_on", "-pk"),
        "due": project.duties.open().order_by("due_on", "pk"),
    }
    return render(request, "charity/charityproject_detail.html", context)


def _parts(project: CharityProject, allocations: list[Allocation]) -> dict[Party, str]:
    """What allocations and partnership say of the five parties."""
    places = "、".join(dict.fromkeys(str(one.area) for one in allocations))
    reached = sum(use.beneficiaries or 0 for use in _uses(allocations))
    donors = "、".join(dict.fromkeys(one.resource.shown_donor for one in allocations))
    return {
        Party.COMMUNITIES: f"{places}接收和使用，受益{reached}人次" if places else "",
        Party.ORGANIZATIONS: str(project.partnership.foundation) if project.partnership else "",
        Party.CHARITY: f"{donors}捐赠" if donors else "",
    }


def _received(request: HttpRequest):
    resources = CharityResource.objects.within(settings.PORTAL_AREA)
    received = resources.until(site_as_of(request), "received_on")
    return received.select_related("area", "donor")


def _uses(allocations: Iterable[Allocation]) -> list[ResourceUse]:
    """What these were used for; an entry that was reversed is none."""
    return [use for one in allocations for use in one.uses.all() if use.stands]


def _counts(resource: CharityResource, allocations: Iterable[Allocation]) -> dict[str, str]:
    """The same in pieces, with their unit; empty where nobody counts them."""
    if resource.quantity is None:
        return {}
    allocated = sum((one.net_quantity for one in allocations), Decimal(0))
    pieces = [use.quantity for use in _uses(allocations)]
    used = sum((one for one in pieces if one is not None), Decimal(0))
    told = {"whole": resource.quantity, "allocated": allocated, "used": used}
    told["left"] = resource.quantity - allocated
    return {name: resource.counted(number) for name, number in told.items()}


def _totals(resource: CharityResource, allocations: Iterable[Allocation]) -> dict[str, Decimal]:
    """Allocated, used and left of the resource, in 元."""
    allocated = sum((one.net_value for one in allocations), Decimal(0))
    used = sum((use.value for use in _uses(allocations)), Decimal(0))
    return {"allocated": allocated, "used": used, "left": resource.value - allocated}
