"""The addresses of all public pages, and one for each way in which a page is made."""

from django.urls import resolve

from suzhou_portal.figures.registry import figures
from suzhou_portal.linkage.listed import SOURCES
from suzhou_portal.records.kinds import kinds

FIGURES = [f"/figures/{figure.key}/" for figure in figures.all()]
LISTS = [
    "/services/", "/organizations/", "/volunteers/", "/charity/", "/charity/resources/",
    *(f"/open/{desk.name}/" for desk in kinds.public()),
]  # fmt: skip
SCOPED = [
    "/", "/returns/", "/dashboard/", "/dashboard/communities/", "/dashboard/workers/",
    "/dashboard/organizations/", "/dashboard/volunteers/", "/dashboard/charity/",
    "/data/", "/data/catalogue.json", "/reports/", "/returns/", "/compare/",
    "/analysis/", "/analysis/table.csv", "/analysis/table.xlsx",
    "/data/figures.json", "/data/figures.csv", "/figures/organizations/rows.csv",
    *FIGURES,
]  # fmt: skip
DATA = [
    "/data/hsds/", "/data/hsds/openapi.json", "/data/services.json", "/data/organizations.json",
    "/data/hsds/services", "/data/hsds/organizations",
]  # fmt: skip
AREAS = [
    f"/areas/{code}/{page}"
    for code in ("620902", "620902004", "620902004004")
    for page in ("", "resources/", "lists/")
]
SCOPED += ["/volunteers/pairing/", "/linkage/"]
THREE_LISTS = [f"/areas/620902/lists/{source.key}/" for source in SOURCES]
AREAS += ["/areas/620902004004/structure/", "/areas/620902/committees/"]
PLAIN = [
    "/robots.txt", "/.well-known/security.txt", "/open311/v2/discovery.xml", "/open311/v2/services.json",
    "/open311/v2/services/elderly.xml", "/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-services-1.xml",
    "/feeds/620902.atom", "/calendars/620902.ics",
]  # fmt: skip
# What anybody reads, and a system with a key writes to.
WRITTEN_TO = ["/open311/v2/requests.json"]
PAGES = [
    *PLAIN,
    *WRITTEN_TO,
    "/wall/",
    "/volunteers/system/",
    "/volunteers/certificates/",
    "/divisions/",
    "/site-map/",
    "/privacy/",
    "/accessibility/",
    *SCOPED,
    *AREAS,
    *LISTS,
    *DATA,
    *THREE_LISTS,
]


def made_by(page):
    """What makes the page: its view, and of a figure how it is measured and whether periods differ."""
    match = resolve(page)
    if "key" not in match.kwargs:
        return match.func
    figure = figures.get(match.kwargs["key"])
    return match.func, figure.measure.name, figure.kind, bool(figure.within)


def one_of_each(pages):
    """One page for each way in which these are made: the others run the same code."""
    return list({made_by(page): page for page in reversed(pages)}.values())
