"""What every page of the site shows around its own content."""

from django.conf import settings
from django.http import HttpRequest

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.scope import demonstration, site_as_of


def site(request: HttpRequest) -> dict[str, object]:
    """The portal's own division, its date, and what its footer must state."""
    if request.path.startswith("/admin/"):
        return {}
    return {
        "site": {
            "area": Area.objects.filter(pk=settings.PORTAL_AREA).first(),
            "as_of": site_as_of(request),
            "demonstration": demonstration(request),
            "parties": list(Party),
            "identity": [
                (label, text or "待核发") for label, text in settings.SITE_IDENTITY.items()
            ],
        }
    }
