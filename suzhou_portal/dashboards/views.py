"""Pages that show figures. They ask the door, and own no query of their own."""

import datetime
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from communities.models import CommunityProfile
from organizations.enums.base import ServiceCategory
from organizations.models import ServiceItem
from organizations.models.services import verified_since
from suzhou_portal.areas.changes import DivisionChange, name_on
from suzhou_portal.areas.chosen import chosen_area
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.succession import heirs
from suzhou_portal.dashboards.comparing import comparison
from suzhou_portal.dashboards.fragments import resting_on
from suzhou_portal.dashboards.resources import list_query, sections
from suzhou_portal.dashboards.tables import compared, compared_of
from suzhou_portal.figures.bars import breakdown_bars
from suzhou_portal.figures.cards import Card, cards_of
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.kept.upkeep import latest_audit
from suzhou_portal.figures.models import FigureAudit, PublishedValue
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.linkage.flow import late_in
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.duties import reported
from volunteers.models import PairingLink
from volunteers.pairing import paired_with

ON_THE_FRONT_PAGE = (
    "organizations", "service_items", "volunteer_teams", "residents_benefited", "charity_value",
    "charity_projects", "purchased_funds", "recruited_workers",
)  # fmt: skip
DRAWN = {
    Party.COMMUNITIES: ["residents_benefited"],
    Party.WORKERS: ["workers_in_post", "trained_cadres"],
    Party.ORGANIZATIONS: ["organizations", "service_items"],
    Party.VOLUNTEERS: ["volunteer_teams"],
    Party.CHARITY: ["charity_value", "charity_projects"],
}
SERVICES_ON_AN_AREA_PAGE = 6


@for_anybody
def home(request: HttpRequest) -> HttpResponse:
    """The front page: find a service, and what the five parties do together."""
    scope = requested_scope(request)
    shown = [figures.get(key) for key in ON_THE_FRONT_PAGE]
    here, chosen = scope.opened(shown), chosen_area(request)
    context = {
        "scope": scope,
        "fragment": resting_on(Area, PublishedValue, figures=here),
        "cards": lambda: cards_of(shown, scope, here),
        "chosen": chosen,
        "areas": lambda: area_choices(chosen),
        "categories": ServiceCategory.choices,
    }
    return render(request, "dashboards/home.html", context)


@for_anybody
def dashboard(request: HttpRequest) -> HttpResponse:
    """Every figure of the division, party by party."""
    scope, here = _opened(request)
    cards = cache(lambda: cards_of(reported(), scope, here))
    context = {
        "scope": scope,
        "fragment": resting_on(Area, PublishedValue, FigureAudit, figures=here),
        "sections": lambda: [(one, [c for c in cards() if c.figure.party == one]) for one in Party],
        "comparison": comparison(request, scope, here, compared()),
        "empty": lambda: _is_empty(cards()),
        "audit": cache(lambda: latest_audit(scope.area.code)),
        "requests": resting_on(Area, ServiceRequest),
        "late": lambda: late_in(scope.area.code, scope.clock),
    }
    return render(request, "dashboards/dashboard.html", context)


@for_anybody
def party_dashboard(request: HttpRequest, name: str) -> HttpResponse:
    """One party's figures, with their parts and where they stand."""
    if name not in Party.values:
        raise Http404("五社中没有这一方。")
    party, scope = Party(name), requested_scope(request)
    here = scope.opened(figures.all(party), inside=True)
    cards = cache(lambda: cards_of(figures.all(party), scope, here))
    drawn = [figures.get(key) for key in DRAWN[party]]
    context = {
        "party": party,
        "scope": scope,
        "fragment": resting_on(Area, PublishedValue, figures=here),
        "cards": cards,
        "registers": kinds.public(party),
        "list_query": list_query(scope),
        "charts": lambda: [breakdown_bars(figure, scope, here) for figure in drawn],
        "comparison": comparison(request, scope, here, compared_of(party)),
        "empty": lambda: _is_empty(cards()),
    }
    return render(request, "dashboards/party.html", context)


@for_anybody
def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """A division: its profile, its figures, its services and what lies inside it."""
    scope, here = _opened(request, code)
    near = scope.area.level in (Level.COMMUNITY, Level.GRID)
    context = {
        "scope": scope,
        "top": resting_on(Area, DivisionChange, CommunityProfile, figures=here),
        "history": cache(lambda: _history(scope)),
        "middle": resting_on(Area, ServiceItem, PairingLink),
        "bottom": resting_on(PublishedValue, figures=here),
        "profile": cache(lambda: CommunityProfile.objects.filter(area=scope.area).first()),
        "is_community": scope.area.level == Level.COMMUNITY,
        "cards": lambda: cards_of(reported(), scope, here),
        "services": cache(lambda: _services(scope)),
        "verified_since": verified_since(scope.as_of),
        "paired": cache(lambda: paired_with(scope.area.code, scope.as_of)) if near else None,
        "registers": kinds.public(),
        "list_query": list_query(scope),
        "comparison": comparison(request, scope, here, compared()),
    }
    return render(request, "dashboards/area.html", context)


def _opened(request: HttpRequest, code: str | None = None) -> tuple[Scope, Opened]:
    """What is asked about, with its headline figures, and those by which what lies inside is compared."""
    scope = requested_scope(request, code)
    return scope, scope.opened([*reported(), *compared()], inside=True)


@for_anybody
def resources_page(request: HttpRequest, code: str) -> HttpResponse:
    """All resources of a division on one page; a grid's are those of its community."""
    scope = requested_scope(request, code)
    if scope.area.level == Level.GRID:
        return redirect("area_resources", scope.area.parent_id)
    context = {"scope": scope, "sides": sections(scope, request.user)}
    return render(request, "dashboards/resources.html", context)


def _history(scope: Scope) -> dict[str, Any]:
    """What was decided of the division, and what follows it where it has ended by the day."""
    ended = scope.area.valid_to
    return {
        "acts": list(DivisionChange.objects.about(scope.area)),
        "heirs": heirs(scope.area, timezone.localdate()) if ended else [],
        "name_then": name_on(scope.area, scope.as_of),
        "day_before": ended and ended - datetime.timedelta(days=1),
    }


def _services(scope: Scope) -> list[ServiceItem]:
    listed = ServiceItem.objects.listed(scope.as_of).select_related("area")
    return list(listed.for_resident_of(scope.area.code)[:SERVICES_ON_AN_AREA_PAGE])


def _is_empty(cards: list[Card]) -> bool:
    """Whether nothing has been recorded yet."""
    return not any(card.computed.value for card in cards)
