"""What open data there is, for whoever joins: figures, and services and organizations by a standard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organizations.enums.base import ServiceCategory
from organizations.hsds.openapi import VERSION
from organizations.hsds.queries import LARGEST_SIZE, USUAL_SIZE
from suzhou_portal.figures import data
from suzhou_portal.figures.scope import Scope, requested_scope
from suzhou_portal.methods import for_anybody
from suzhou_portal.open_data import json_response


@for_anybody
def catalogue(request: HttpRequest) -> HttpResponse:
    """What data there is and under which terms, for people."""
    scope = requested_scope(request)
    figures, services = (
        request.build_absolute_uri(reverse(name)) for name in ("figures_json", "open_services")
    )
    context = {
        "scope": scope,
        "catalogue": _catalogue(request, scope),
        "fields": data.FIELDS,
        "example": f"{figures}?area={scope.area.code}&period={scope.as_of.year}",
        "services_example": f"{services}?area={scope.area.code}&category={ServiceCategory.CULTURE}",
        "categories": ServiceCategory.choices,
        "version": VERSION,
        "sizes": (USUAL_SIZE, LARGEST_SIZE),
    }
    return render(request, "dashboards/catalogue.html", context)


@for_anybody
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """What data there is and under which terms, for programs."""
    return json_response(_catalogue(request, requested_scope(request)))


def _catalogue(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """The figures as datasets, and what answers by a standard as a service in the sense of DCAT."""
    service = {
        "title": "服务和社会组织",
        "conformsTo": f"Open Referral HSDS {VERSION}",
        "endpointURL": request.build_absolute_uri(reverse("hsds")),
        "endpointDescription": request.build_absolute_uri(reverse("hsds_openapi")),
    }
    return data.catalogue(scope, request.build_absolute_uri) | {"service": [service]}
