"""The public catalogue of services: what a resident can ask for, found by what they type."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.generic import DetailView

from communities.models import CommunityProfile
from organizations.filters import Attempt, ServiceFilter
from organizations.models import ServiceItem
from organizations.models.services import verified_since
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.chosen import chosen_division, with_chosen
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import RenderedPart, kept_part
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.finding import misses
from suzhou_portal.finding.asking import ask_url
from suzhou_portal.finding.models import DangerWord, Synonym
from suzhou_portal.finding.words import dangers
from suzhou_portal.lists import FilteredListView, page_of
from suzhou_portal.methods import for_anybody

# All that the list shows.
SHOWN = (
    ServiceItem, Area, DivisionChange, CommunityProfile, Synonym, DangerWord, Demonstration,
)  # fmt: skip


class ForResidents:
    """A list in which the division that a resident chose before is chosen still."""

    request: HttpRequest
    filterset_class: Any

    def asked(self):
        """What the address says, with the chosen division."""
        filters: Any = self.filterset_class
        return with_chosen(self.request, filters.base_filters)


@for_anybody
class ServiceListView(ForResidents, FilteredListView):
    """What a resident can ask for. It is given again as it was rendered while nothing it shows is written."""

    filterset_class = ServiceFilter
    template_name = "organizations/_services.html"
    attempt: Attempt

    def get(self, request, *args, **kwargs):
        """The list as a part of the page; each time that nothing answers is counted."""
        asked = self.asked()
        shape = (*asked.values(), request.GET.get("page", ""), site_as_of(request))
        part = kept_part(("services", *shape), SHOWN, lambda: self._made(request))
        if part.noted and request.method == "GET" and not request.GET.get("page"):
            misses.note(part.noted, asked["area"] or settings.PORTAL_AREA)
        return render(request, "organizations/serviceitem_list.html", {"list": part})

    def _made(self, request) -> RenderedPart:
        """The list; noted is the keyword, where nothing answers all of it."""
        self.object_list = self.get_queryset()
        part = RenderedPart(render_to_string(self.template_name, self.get_context_data(), request))
        if not self.attempt.exact:
            part.noted = self.filterset.form.cleaned_data["q"]
        return part

    def records(self):
        """All services offered on the site's date."""
        items = ServiceItem.objects.within(settings.PORTAL_AREA).listed(site_as_of(self.request))
        return items.select_related("area").defer("search")

    def paginate_queryset(self, queryset, page_size):
        """The page of the first way of looking that finds something."""
        for attempt in self.filterset.attempts(queryset):
            self.attempt, page = attempt, page_of(self.request, attempt.records, page_size)
            if page.count:
                return None, page, page.object_list, True
        self.attempt = Attempt(queryset.none())
        return None, page, page.object_list, False

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        keyword = self.filterset.form.cleaned_data["q"]
        code = self.filterset.form.cleaned_data["area"]
        return context | {
            "note": self.attempt.note,
            "dangers": dangers(keyword, code or settings.PORTAL_AREA) if keyword else [],
            "verified_since": verified_since(site_as_of(self.request)),
            **_nearest(self.request, keyword),
        }


@for_anybody
class ServiceDetailView(DetailView):
    """One service: what, when, where, what it costs, whom to call; of one withdrawn, what replaced it."""

    template_name = "organizations/serviceitem_detail.html"

    def get_queryset(self):
        """What was published by the site's date."""
        items = ServiceItem.objects.within(settings.PORTAL_AREA)
        published = items.until(site_as_of(self.request), "published_on")
        return published.select_related("area", "provider", "replaced_by")

    def get_context_data(self, **kwargs):
        item, day = self.object, site_as_of(self.request)
        chosen = chosen_division(self.request)
        alike = self.get_queryset().listed(day).filter(category=item.category).exclude(pk=item.pk)
        nearby = alike.for_resident_of(chosen.code if chosen else item.area_id)[:3]
        return super().get_context_data(**kwargs) | {
            "alike": nearby,
            "chosen": chosen,
            "withdrawn": _is_over(item, day),
            "verified_since": verified_since(day),
        }


def _is_over(item: ServiceItem, day: datetime.date) -> bool:
    return item.withdrawn_on is not None and item.withdrawn_on < day


def _nearest(request: Any, keyword: str) -> dict[str, Any]:
    """Whom somebody calls who did not find what they look for, and where they ask for it."""
    chosen = chosen_division(request)
    return {
        "keyword": keyword,
        "chosen": chosen,
        "community": CommunityProfile.objects.filter(area=chosen.code).first() if chosen else None,
        "ask": ask_url(q=keyword, area=chosen.code if chosen else ""),
    }
