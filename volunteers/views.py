"""The pages of volunteer service that are neither a desk nor a figure."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.scope import requested_scope, site_as_of
from suzhou_portal.lists import FilteredListView, only_missing, page_of
from suzhou_portal.methods import for_anybody, require_safe
from suzhou_portal.records.kinds import kinds
from volunteers import mobilization
from volunteers.filters import TeamFilter
from volunteers.models import SystemSlot, VolunteerTeam
from volunteers.pairing import incomplete, paired

COMMUNITIES_SHOWN, TEAMS_SHOWN = 50, 50


@for_anybody
class TeamListView(FilteredListView):
    """Teams on the register."""

    filterset_class = TeamFilter
    template_name = "volunteers/volunteerteam_list.html"

    def records(self):
        teams = VolunteerTeam.objects.within(settings.PORTAL_AREA).active(site_as_of(self.request))
        return teams.select_related("area")


@for_anybody
def system(request: HttpRequest) -> HttpResponse:
    """M18: the places of the "1+2+4+X" system with the teams in them, and the empty ones."""
    teams = VolunteerTeam.objects.within(settings.PORTAL_AREA).active(site_as_of(request))
    placed = Prefetch("teams", teams.select_related("area"), to_attr="active_teams")
    slots = SystemSlot.objects.filter(area=settings.PORTAL_AREA).prefetch_related(placed)
    context = {"slots": slots, "unplaced": teams.filter(slot__isnull=True).count()}
    return render(request, "volunteers/system.html", context)


@for_anybody
def pairing_gaps(request: HttpRequest) -> HttpResponse:
    """M21: of each community, what is paired and what is missing."""
    scope = requested_scope(request)
    inside = Area.objects.inside(scope.area.code).in_force(scope.as_of)
    communities = inside.filter(level=Level.COMMUNITY).order_by("code")
    only = only_missing(request)
    shown = incomplete(communities, scope.as_of) if only else communities
    page = page_of(request, shown, COMMUNITIES_SHOWN)
    context = {
        "scope": scope,
        "only": only,
        "page": page,
        "rows": paired(list(page.object_list), scope.as_of),
        "communities": door.value("paired_communities", scope.area.code, scope.as_of).value,
        "all_communities": communities.count(),
        "grids": door.value("paired_grids", scope.area.code, scope.as_of).value,
        "all_grids": inside.filter(level=Level.GRID).count(),
    }
    return render(request, "volunteers/pairing_gaps.html", context)


@require_safe
def mobilization_list(request: HttpRequest, pk: int) -> HttpResponse:
    """M19, M22: who can be mobilized in an emergency, who is called, who has come."""
    if not request.user.has_perm("volunteers.add_muster"):
        raise PermissionDenied
    desk = kinds.desk("emergencies")
    emergency = get_object_or_404(desk.records(request.user), pk=pk)
    page = page_of(request, mobilization.teams(emergency, request.user), TEAMS_SHOWN)
    context = {
        "desk": desk,
        "record": emergency,
        "places": mobilization.places(emergency, request.user),
        "page": page,
        "teams": mobilization.called(page.object_list),
    }
    return render(request, "volunteers/mobilization.html", context)
