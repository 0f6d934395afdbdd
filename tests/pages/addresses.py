"""The addresses of all public pages."""

from suzhou_portal.desks.registry import desks
from suzhou_portal.figures.registry import figures

LISTS = [
    "/services/", "/organizations/", "/volunteers/", "/charity/", "/charity/resources/",
    *(f"/open/{desk.name}/" for desk in desks.public()),
]  # fmt: skip
SCOPED = [
    "/", "/returns/", "/dashboard/", "/dashboard/communities/", "/dashboard/workers/",
    "/dashboard/organizations/", "/dashboard/volunteers/", "/dashboard/charity/",
    "/data/", "/data/catalogue.json", "/reports/", "/returns/",
    "/data/figures.json", "/data/figures.csv", "/figures/organizations/rows.csv",
    *(f"/figures/{figure.key}/" for figure in figures.all()),
]  # fmt: skip
AREAS = [
    f"/areas/{code}/{page}"
    for code in ("620902", "620902004", "620902004004")
    for page in ("", "resources/")
]
SCOPED.append("/volunteers/pairing/")
AREAS.append("/areas/620902004004/structure/")
PAGES = ["/volunteers/system/", *SCOPED, *AREAS, *LISTS]
