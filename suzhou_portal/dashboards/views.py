"""Pages that show figures. They ask the door, and own no query of their own."""

import datetime
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from organizations.enums.base import ServiceCategory
from organizations.models.services import verified_since
from suzhou_portal.areas.changes import DivisionChange, name_on
from suzhou_portal.areas.chosen import chosen_division
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.succession import heirs
from suzhou_portal.dashboards import attention as concerns
from suzhou_portal.dashboards import figure_rows, near
from suzhou_portal.dashboards.about import administers
from suzhou_portal.dashboards.attention import asked_about, attention
from suzhou_portal.dashboards.comparing import comparison
from suzhou_portal.dashboards.figure_rows import FigureGroup, movement, rows_of
from suzhou_portal.dashboards.fragments import resting_on
from suzhou_portal.dashboards.groups import FOR_RESIDENTS, GROUPS, HEADLINES, topics
from suzhou_portal.dashboards.near import Near, in_short
from suzhou_portal.dashboards.resources import list_query, sections
from suzhou_portal.dashboards.tables import compared, compared_of
from suzhou_portal.figures.bars import breakdown_bars
from suzhou_portal.figures.cards import Card
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.kept.upkeep import latest_audit
from suzhou_portal.figures.models import FigureAudit
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.figures.targets import targets_for
from suzhou_portal.methods import for_anybody
from suzhou_portal.notices import published
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.duties import reported
from volunteers.models import PairingLink
from volunteers.pairing import paired_with

DRAWN = {
    Party.COMMUNITIES: ["residents_benefited"],
    Party.WORKERS: ["workers_in_post", "trained_cadres"],
    Party.ORGANIZATIONS: ["organizations", "service_items"],
    Party.VOLUNTEERS: ["volunteer_teams"],
    Party.CHARITY: ["charity_value", "charity_projects"],
}


@for_anybody
def home(request: HttpRequest) -> HttpResponse:
    """The front page: the community of whoever asks, or to choose it; and what the five parties do."""
    scope, chosen = requested_scope(request), chosen_division(request)
    mine = chosen if chosen and chosen.code != settings.PORTAL_AREA else None
    scope = replace(scope, area=mine) if mine else scope
    shown = [figures.get(key) for key in FOR_RESIDENTS]
    here = scope.opened(shown)
    code, around = mine.code if mine else "", Near(mine or scope.area, scope.as_of)
    context = {
        "scope": scope,
        "near": around if mine else None,
        "around": around,
        "verified_since": verified_since(scope.as_of),
        "fragment": resting_on(*near.SHOWN),
        "figures": resting_on(Area, figures=here),
        "news": resting_on(*published.rest_on()),
        "short": lambda: in_short(shown, scope, here),
        "code": code,
        "areas": lambda: area_choices(code),
        "categories": ServiceCategory.choices,
    }
    return render(request, "dashboards/home.html", context)


@for_anybody
def dashboard(request: HttpRequest) -> HttpResponse:
    """What needs attention in the division, and every figure of it by what it means."""
    scope, shown = requested_scope(request), list(reported())
    here = scope.opened(asked_about(scope), inside=True)
    targets = cache(lambda: targets_for(here.chosen, scope, here))
    rows = cache(lambda: {one.figure.key: one for one in rows_of(shown, scope, here, targets())})
    context = {
        "scope": scope,
        "heading": resting_on(Area),
        "fragment": resting_on(*figure_rows.rest_on(), FigureAudit, figures=here),
        "concerns": resting_on(*concerns.rest_on(), figures=here),
        "attention": cache(lambda: attention(scope, here, targets().values())),
        "headlines": lambda: [rows()[key] for key in HEADLINES],
        "moved": cache(lambda: movement(rows().values())),
        "groups": lambda: [
            FigureGroup(title, [rows()[key] for key in keys]) for title, keys in GROUPS.items()
        ],
        "comparison": comparison(request, scope, here, compared()),
        "empty": lambda: _is_empty([row.card for row in rows().values()]),
        "administers": lambda: administers(request.user),
        "audit": cache(lambda: latest_audit(scope.area.code)),
    }
    return render(request, "dashboards/dashboard.html", context)


@for_anybody
def party_dashboard(request: HttpRequest, name: str) -> HttpResponse:
    """One party's figures, with their parts and where they stand."""
    if name not in Party.values:
        raise Http404("五社中没有这一方。")
    party, scope = Party(name), requested_scope(request)
    every = figures.all(party)
    here = scope.opened(every, inside=True)
    rows = cache(
        lambda: {
            row.figure.key: row
            for row in rows_of(every, scope, here, targets_for(every, scope, here))
        }
    )
    drawn = [figures.get(key) for key in DRAWN[party]]
    context = {
        "party": party,
        "scope": scope,
        "fragment": resting_on(*figure_rows.rest_on(), figures=here),
        "groups": lambda: [
            FigureGroup(title, [rows()[figure.key] for figure in shown])
            for title, shown in topics(party).items()
        ],
        "registers": kinds.public(party),
        "list_query": list_query(scope),
        "charts": lambda: [breakdown_bars(figure, scope, here) for figure in drawn],
        "comparison": comparison(request, scope, here, compared_of(party)),
        "empty": lambda: _is_empty([row.card for row in rows().values()]),
    }
    return render(request, "dashboards/party.html", context)


@for_anybody
def area_page(request: HttpRequest, code: str) -> HttpResponse:
    """A division: of a community whom to call and what is there, of a larger one what lies inside it."""
    scope, here = _opened(request, code)
    mine = Near(scope.area, scope.as_of)
    context = {
        "scope": scope,
        "top": resting_on(*near.SHOWN, figures=None if mine.community else here),
        "history": cache(lambda: _history(scope)),
        "near": mine,
        "news": resting_on(*published.rest_on()),
        "middle": resting_on(*near.SHOWN, PairingLink),
        "bottom": resting_on(Area, figures=here),
        "short": lambda: in_short(reported(), scope, here),
        "verified_since": verified_since(scope.as_of),
        "paired": (
            cache(lambda: paired_with(scope.area.code, scope.as_of)) if mine.community else None
        ),
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


def _is_empty(cards: list[Card]) -> bool:
    """Whether nothing has been recorded yet."""
    return not any(card.computed.value for card in cards)
