"""M19, M22: what a declaration in force switches on every page of its area.

A page is right the moment a declaration begins or ends.
"""

from django.conf import settings
from django.http import HttpRequest

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered
from volunteers.models import Emergency

_KEPT = "_portal_emergencies"


def emergencies(request: HttpRequest) -> dict[str, list[Emergency]]:
    """For the banner: declarations in force where the page, or whoever works on it, stands."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _touching(_places(request)))
    return {"emergencies": getattr(request, _KEPT)}


def _touching(places: list[str]) -> list[Emergency]:
    """The emergencies of the places, of what lies in them and of what lies around; one query. Real ones first."""
    return [
        one
        for one in remembered("emergencies", [Emergency, Area], _in_force)
        if any(
            codes.contains(place, one.area_id) or codes.contains(one.area_id, place)
            for place in places
        )
    ]


def _in_force() -> list[Emergency]:
    in_force = Emergency.objects.in_force().within(settings.PORTAL_AREA).select_related("area")
    return list(in_force.order_by("is_drill", "level", "-started_on", "pk"))


def _places(request: HttpRequest) -> list[str]:
    """The division a page names; else where the person on a working page works; else the portal's."""
    match = request.resolver_match
    named = (match.kwargs.get("code") if match else None) or request.GET.get("area", "")
    if _is_code(named):
        return [named]
    working = match is not None and getattr(match.func, "login_required", True)
    if working and request.user.is_authenticated:
        roots = [one.area_id for one in request.user.current_assignments]
        return roots or [settings.PORTAL_AREA]
    return [settings.PORTAL_AREA]


def _is_code(text: str) -> bool:
    try:
        return bool(codes.level_of(text))
    except ValueError:
        return False
