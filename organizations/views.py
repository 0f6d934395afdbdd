"""The public catalogue of services, and the register of organizations."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import DetailView

from organizations.filters import OrganizationFilter, ServiceFilter
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lists import FilteredListView


@method_decorator(login_not_required, name="dispatch")
class ServiceListView(FilteredListView):
    """What a resident can ask for."""

    filterset_class = ServiceFilter
    template_name = "organizations/serviceitem_list.html"

    def records(self):
        items = ServiceItem.objects.within(settings.PORTAL_AREA).listed(site_as_of(self.request))
        return items.select_related("area")


@method_decorator(login_not_required, name="dispatch")
class ServiceDetailView(DetailView):
    """One service: what, when, where, what it costs, whom to call."""

    template_name = "organizations/serviceitem_detail.html"

    def get_queryset(self):
        items = ServiceItem.objects.within(settings.PORTAL_AREA).listed(site_as_of(self.request))
        return items.select_related("area", "provider")

    def get_context_data(self, **kwargs):
        alike = self.get_queryset().filter(category=self.object.category).exclude(pk=self.object.pk)
        nearby = alike.for_resident_of(self.object.area_id)[:3]
        return super().get_context_data(**kwargs) | {"alike": nearby}


@method_decorator(login_not_required, name="dispatch")
class OrganizationListView(FilteredListView):
    """The public register of social organizations at work here."""

    filterset_class = OrganizationFilter
    template_name = "organizations/socialorganization_list.html"

    def records(self):
        day = site_as_of(self.request)
        here = SocialOrganization.objects.within(settings.PORTAL_AREA).active(day)
        return here.select_related("area")
