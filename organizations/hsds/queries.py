"""What may be asked of the lists: HSDS's own parameters as far as the portal has an answer, and the two by
which its pages are narrowed, area and category. All that are given hold together.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest

from organizations.enums.base import ServiceCategory
from organizations.hsds.providers import provided, register
from organizations.hsds.services import term_id
from organizations.models import ServiceItem, SocialOrganization
from organizations.models.services import ServiceItemQuerySet
from suzhou_portal.areas.scope import requested_area
from suzhou_portal.lists import first_problem
from suzhou_portal.search import named

USUAL_SIZE, LARGEST_SIZE = 50, 100
LAST_PAGE = 1_000_000


class ListQuery(forms.Form):
    """What both lists know."""

    search = forms.CharField(required=False, max_length=50)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SIZE)
    full = forms.ChoiceField(required=False, choices=[("true", "true"), ("false", "false")])


class ServiceQuery(ListQuery):
    """What the list of services knows besides."""

    category = forms.ChoiceField(required=False, choices=ServiceCategory.choices)
    taxonomy_term_id = forms.UUIDField(required=False)
    organization_id = forms.UUIDField(required=False)


@dataclass(frozen=True)
class Query:
    """What an address asks for, on the site's day; `area` is the portal's own where none is named."""

    day: datetime.date
    area: str
    given: dict[str, Any]

    @property
    def narrowed(self) -> bool:
        """Whether a division inside the portal's own is meant."""
        return self.area != settings.PORTAL_AREA

    @property
    def page(self) -> int:
        return self.given["page"] or 1

    @property
    def size(self) -> int:
        return self.given["per_page"] or USUAL_SIZE

    @property
    def whole(self) -> bool:
        """Whether each object is to be told with all that belongs to it."""
        return self.given["full"] == "true"

    @property
    def name(self) -> tuple[Any, ...]:
        """What tells the list asked for from all others, whichever page of it."""
        beside = ("page", "per_page", "full")
        narrowing = {name: text for name, text in self.given.items() if name not in beside}
        return self.day, self.area, *sorted((name, str(text)) for name, text in narrowing.items())


def asked(kind: type[ListQuery], request: HttpRequest, day: datetime.date) -> Query:
    """What the address asks for. Raises BadRequest or Http404 with a Chinese reason."""
    form = kind(request.GET)
    if not form.is_valid():
        raise BadRequest(first_problem(form))
    return Query(day, requested_area(request.GET.get("area", "")).code, form.cleaned_data)


def services(query: Query) -> ServiceItemQuerySet:
    """The services asked for; of a division those that its residents can use."""
    found, given = listed(query.day), query.given
    if query.narrowed:
        found = found.for_resident_of(query.area)
    if given["search"]:
        found = found.matching(given["search"], query.area)
    if given["category"]:
        found = found.filter(category=given["category"])
    if given["taxonomy_term_id"]:
        term = str(given["taxonomy_term_id"])
        found = found.filter(category__in=[one for one in ServiceCategory if term_id(one) == term])
    if given["organization_id"]:
        found = provided(found, given["organization_id"], query.day)
    return found


def listed(day: datetime.date) -> ServiceItemQuerySet:
    """The services that have a public page, with what is told of each."""
    here = ServiceItem.objects.within(settings.PORTAL_AREA).listed(day)
    return here.select_related("area", "provider__area").defer("search").order_by("pk")


def organizations(query: Query) -> QuerySet[SocialOrganization]:
    """The organizations asked for that are at work; of a division those standing in it or serving it."""
    found = register(query.day).active(query.day)
    if query.narrowed:
        found = found.reaching(query.area)
    return named(found, query.given["search"]) if query.given["search"] else found
