"""The addresses of the data: what the API is, lists in numbered pages, and one object each."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from organizations.hsds import providers, queries
from organizations.hsds.openapi import VERSION, description
from organizations.hsds.providers import organization, whole_organization, whole_provider
from organizations.hsds.services import KIND, service, whole_service
from organizations.hsds.telling import Telling
from organizations.models import SocialOrganization
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.merging.models import stands_for
from suzhou_portal.methods import for_anybody
from suzhou_portal.open_data import identifier, json_response, number_in, numbered_page


@for_anybody
def base(request: HttpRequest) -> HttpResponse:
    """Which version of HSDS this is, and where people and programs read about it."""
    profile, api = (
        request.build_absolute_uri(reverse(one)) for one in ("catalogue", "hsds_openapi")
    )
    return json_response({"version": VERSION, "profile": profile, "openapi_url": api})


@for_anybody
def openapi(request: HttpRequest) -> HttpResponse:
    """What may be asked here."""
    return json_response(description(request.build_absolute_uri))


@for_anybody
def service_list(request: HttpRequest) -> HttpResponse:
    """The services of the catalogue, a page of them."""
    told = _told(request)
    query = queries.asked(queries.ServiceQuery, request, told.day)
    page = numbered_page(queries.services(query), query.page, query.size, ("services", query.name))
    if query.whole:
        told = told.about(one.area_id for one in page["contents"])
    tell = whole_service if query.whole else service
    return json_response(page | {"contents": [tell(one, told) for one in page["contents"]]})


@for_anybody
def service_object(request: HttpRequest, found: UUID) -> HttpResponse:
    """One service with all that belongs to it."""
    told, number = _told(request), number_in(KIND, found)
    if number is None:
        raise Http404("没有这项服务，或者已经停止。")
    one = get_object_or_404(queries.listed(told.day), pk=number)
    return json_response(whole_service(one, told.about([one.area_id])))


@for_anybody
def organization_list(request: HttpRequest) -> HttpResponse:
    """The organizations of the register that are at work, a page of them."""
    told = _told(request)
    query = queries.asked(queries.ListQuery, request, told.day)
    found = queries.organizations(query)
    if query.whole:
        found = found.prefetch_related(_services(told))
    tell = _with_services if query.whole else organization
    page = numbered_page(found, query.page, query.size, ("organizations", query.name))
    return json_response(page | {"contents": [tell(one, told) for one in page["contents"]]})


@for_anybody
def organization_object(request: HttpRequest, found: UUID) -> HttpResponse:
    """One organization with its services; also a body known only by the services it provides."""
    told, number = _told(request), number_in(providers.KIND, found)
    if number is not None:
        return _registered(request, number, told)
    mine = list(providers.provided(queries.listed(told.day), found, told.day))
    if not mine:
        raise Http404("没有这个组织。")
    return json_response(_beside(whole_provider(mine[0], told), mine, told))


def _registered(request: HttpRequest, number: int, told: Telling) -> HttpResponse:
    """An organization of the register; one that was merged leads on to the one that stays."""
    known = providers.register(told.day).prefetch_related(_services(told))
    if one := known.filter(pk=number).first():
        return json_response(_with_services(one, told))
    kept = stands_for(SocialOrganization, number)
    if kept is None or request.resolver_match is None:
        raise Http404("没有这个组织。")
    return redirect(request.resolver_match.view_name, found=identifier(providers.KIND, kept))


def _told(request: HttpRequest) -> Telling:
    return Telling(site_as_of(request), request.build_absolute_uri)


def _services(told: Telling) -> Prefetch:
    return Prefetch("services", queries.listed(told.day), to_attr="provided")


def _with_services(one: SocialOrganization, told: Telling) -> dict[str, Any]:
    return _beside(whole_organization(one, told), one.provided, told)  # type: ignore[attr-defined]


def _beside(whole: dict[str, Any], mine: list[Any], told: Telling) -> dict[str, Any]:
    """The organization, and its services by what is their own alone."""
    bare = [service(one, told) for one in mine]
    return whole | {
        "services": [{k: v for k, v in one.items() if k != "organization"} for one in bare]
    }
