"""Pages that show figures. They ask the door, and own no query of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from communities.models import CommunityProfile
from organizations.enums import ServiceCategory
from organizations.models import ServiceItem
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.dashboards.resources import list_query, sections
from suzhou_portal.dashboards.tables import inside_table
from suzhou_portal.desks.registry import desks
from suzhou_portal.figures.bars import breakdown_bars
from suzhou_portal.figures.cards import Card, cards_of
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.kept.upkeep import latest_audit
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import requested_scope

ON_THE_FRONT_PAGE = [
    "organizations",
    "service_items",
    "volunteer_teams",
    "residents_benefited",
    "charity_value",
    "charity_projects",
    "purchased_funds",
    "recruited_workers",
]
DRAWN = {
    Party.COMMUNITIES: ["residents_benefited"],
    Party.WORKERS: ["workers_in_post", "trained_cadres"],
    Party.ORGANIZATIONS: ["organizations", "service_items"],
    Party.VOLUNTEERS: ["volunteer_teams"],
    Party.CHARITY: ["charity_value", "charity_projects"],
}
SERVICES_ON_AN_AREA_PAGE = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page: find a service, and what the five parties do together."""
    scope = requested_scope(request)
    context = {
        "scope": scope,
        "cards": cards_of(map(figures.get, ON_THE_FRONT_PAGE), scope),
        "areas": area_choices(),
        "categories": ServiceCategory.choices,
    }
    return render(request, "dashboards/home.html", context)


@login_not_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every figure of the division, party by party."""
    scope = requested_scope(request)
    headline = [figure for figure in figures.all() if not figure.supporting]
    cards = cards_of(headline, scope)
    context = {
        "scope": scope,
        "sections": [(party, [c for c in cards if c.figure.party == party]) for party in Party],
        "table": inside_table(scope),
        "empty": _is_empty(cards),
        "audit": latest_audit(scope.area.code),
    }
    return render(request, "dashboards/dashboard.html", context)


@login_not_required
@require_safe
def party_dashboard(request: HttpRequest, name: str) -> HttpResponse:
    """One party's figures, with their parts and where they stand."""
    if name not in Party.values:
        raise Http404("五社中没有这一方。")
    party, scope = Party(name), requested_scope(request)
    cards = cards_of(figures.all(party), scope)
    context = {
        "party": party,
        "scope": scope,
        "cards": cards,
        "registers": desks.public(party),
        "list_query": list_query(scope),
        "charts": [breakdown_bars(figures.get(key), scope) for key in DRAWN[party]],
        "empty": _is_empty(cards),
    }
    return render(request, "dashboards/party.html", context)


@login_not_required
@require_safe
def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """A division: its profile, its figures, its services and what lies inside it."""
    scope = requested_scope(request, code)
    listed = ServiceItem.objects.listed(scope.as_of).select_related("area")
    services = listed.for_resident_of(scope.area.code)
    context = {
        "scope": scope,
        "profile": CommunityProfile.objects.filter(area=scope.area).first(),
        "is_community": scope.area.level == Level.COMMUNITY,
        "cards": cards_of((f for f in figures.all() if not f.supporting), scope),
        "services": services[:SERVICES_ON_AN_AREA_PAGE],
        "registers": desks.public(),
        "list_query": list_query(scope),
        "table": inside_table(scope),
    }
    return render(request, "dashboards/area.html", context)


@login_not_required
@require_safe
def resources_page(request: HttpRequest, code: str) -> HttpResponse:
    """All resources of a division on one page; a grid's are those of its community."""
    scope = requested_scope(request, code)
    if scope.area.level == Level.GRID:
        return redirect("area_resources", scope.area.parent_id)
    context = {"scope": scope, "sides": sections(scope)}
    return render(request, "dashboards/resources.html", context)


def _is_empty(cards: list[Card]) -> bool:
    """Whether nothing has been recorded yet."""
    return not any(card.computed.value for card in cards)
