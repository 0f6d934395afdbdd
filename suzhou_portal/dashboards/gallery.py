"""Every component in every state, for whoever works on the looks of the portal. Only where DEBUG is on."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import area_of
from suzhou_portal.dashboards.gallery_samples import samples
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.records.parties import Party

COMPONENTS = settings.BASE_DIR / "templates/_components"
TOKENS = {
    "字": ("ink", "ink-soft", "teal", "teal-deep", "accent", "good", "warn", "bad"),
    "底": ("paper", "surface", "sand", "teal-tint", "good-tint", "warn-tint", "bad-tint"),
    "线和图形": ("sand-line", "line-strong", "mark", "mark-soft"),
    "五社": tuple(f"party-{party.value}" for party in Party),
}


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The tokens, what one acts on, and the components with samples that say they are samples."""
    area = area_of(settings.PORTAL_AREA)
    if area is None:
        raise Http404("先装入行政区划，才有样例。")
    shown = [(name, _states(request, name, area)) for name in names()]
    return render(request, "dashboards/gallery.html", {"components": shown, "tokens": TOKENS})


def names() -> list[str]:
    """The components, by the names of their files."""
    return sorted(file.stem for file in COMPONENTS.glob("*.html"))


def _states(request: HttpRequest, name: str, area: Area) -> list[tuple[str, str]]:
    """Each state that has a sample, and the component in it."""
    day = site_as_of(request) or datetime.date.min
    given = samples(area, day).get(name, {})
    return [(state, _rendered(request, name, sample)) for state, sample in given.items()]


def _rendered(request: HttpRequest, name: str, sample: dict[str, Any]) -> str:
    return render_to_string(f"_components/{name}.html", sample, request)
