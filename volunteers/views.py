"""The public list of volunteer teams and the system they form."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView
from volunteers.filters import TeamFilter
from volunteers.models import SystemSlot, VolunteerTeam


@method_decorator(login_not_required, name="dispatch")
class TeamListView(FilteredListView):
    """Teams on the register, below the slots of the "1+2+4+X" system."""

    filterset_class = TeamFilter
    template_name = "volunteers/volunteerteam_list.html"

    def records(self):
        teams = VolunteerTeam.objects.within(settings.PORTAL_AREA).active(site_as_of(self.request))
        return teams.select_related("area")

    def get_context_data(self, **kwargs):
        slots = SystemSlot.objects.filter(area=settings.PORTAL_AREA)
        return super().get_context_data(**kwargs) | {"slots": slots}
