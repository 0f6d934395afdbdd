"""sitemap.xml for search engines (sitemaps.org 0.9): an index, and parts of so many addresses each.

A part holds the records whose keys lie in its range, so every part costs one look-up, and an address stays
in the part in which it began.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from charity.models import CharityProject
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.links import public_address
from suzhou_portal.methods import for_anybody
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party

EACH = 20_000  # keys; 50,000 addresses are allowed
MOST = 100_000  # parts
MOST_DIVISIONS = 40_000  # of a country those of the widest levels
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PLAIN = (
    "home", "dashboard", "linkage", "services", "organizations", "volunteers", "charity",
    "charity_resources", "volunteer_system", "pairing_gaps", "reports", "returns", "divisions",
    "catalogue", "analysis", "compare", "site_map", "privacy", "accessibility",
)  # fmt: skip
Address = tuple[str, datetime.datetime | None]


@dataclass(frozen=True)
class Mapped:
    """Records of one kind that anybody may see, and the route to the page of one of them, by its key."""

    records: Any
    route: str
    given: tuple[str, ...] = ()

    def address(self, pk: int) -> str:
        """The path of one record's page."""
        return reverse(self.route, args=[*self.given, pk])


def _sections(day: datetime.date) -> dict[str, Mapped]:
    here = settings.PORTAL_AREA
    return {
        "services": Mapped(ServiceItem.objects.within(here).listed(day), "service"),
        "organizations": Mapped(
            SocialOrganization.objects.within(here).active(day), "organization"
        ),
        "charity": Mapped(CharityProject.objects.within(here).begun(day), "charity_project"),
        **{
            f"open-{kind.name}": Mapped(
                kind.public.records(day).within(here), "public_record", (kind.name,)
            )
            for kind in kinds.public()
            if kind.public
        },
    }


@for_anybody
def index(request: HttpRequest) -> HttpResponse:
    """The parts there are. A query for each section, however many records."""
    names = [("pages", 1)]
    for name, section in _sections(site_as_of(request)).items():
        last = section.records.aggregate(last=Max("pk"))["last"]
        names += [(name, number) for number in range(1, -(-(last or 0) // EACH) + 1)]
    parts = [(reverse("sitemap_part", args=part), None) for part in names]
    return _written(request, "sitemapindex", "sitemap", parts)


@for_anybody
def part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """The addresses of one part. Raises Http404 for one there is not."""
    if name == "pages" and number == 1:
        return _written(request, "urlset", "url", _pages())
    section = _sections(site_as_of(request)).get(name)
    if section is None or not 1 <= number <= MOST:
        raise Http404("没有这一份站点地图。")
    last = number * EACH
    found = section.records.filter(pk__gt=last - EACH, pk__lte=last).order_by("pk")
    found = found.values_list("pk", "updated_at")
    return _written(request, "urlset", "url", [(section.address(pk), at) for pk, at in found])


def _pages() -> list[Address]:
    """What is no record: pages, parties, registers, figures and divisions."""
    here = Area.objects.inside(settings.PORTAL_AREA).in_force(timezone.localdate())
    inside = here.exclude(level=Level.GRID).order_by(Length("code"), "code")[:MOST_DIVISIONS]
    return [
        *((reverse(name), None) for name in PLAIN),
        *((reverse("party_dashboard", args=[one.value]), None) for one in Party),
        *((reverse("public", args=[one.name]), None) for one in kinds.public()),
        *((reverse("figure", args=[one.key]), None) for one in figures.all()),
        *((reverse("area", args=[code]), None) for code in inside.values_list("pk", flat=True)),
    ]


def _written(request: HttpRequest, root: str, each: str, found: Iterable[Address]) -> HttpResponse:
    lines = [
        f"<{each}><loc>{escape(public_address(request, path))}</loc>"
        + (f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else "")
        + f"</{each}>"
        for path, at in found
    ]
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{root} xmlns="{SPACE}">',
            *lines,
            f"</{root}>",
            "",
        )
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
