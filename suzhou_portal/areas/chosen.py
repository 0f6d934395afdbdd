"""The division somebody chose, remembered by their browser alone: in a cookie, without an account or JavaScript.

An address that names one, or names none by an empty `?area=`, is believed before the cookie.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import area_of
from suzhou_portal.caching.visitors import CHOSEN, chosen_by_cookie

YEAR = 365 * 24 * 3600
# On these pages residents choose where they live; on others one looks at a division.
CHOOSING = ("/", "/services/", "/organizations/")


def chosen_area(request: HttpRequest) -> str:
    """The code of the division chosen in the address, else remembered; blank where there is none."""
    if "area" in request.GET:
        return request.GET.get("area", "")
    code = chosen_by_cookie(request)
    offered = code and (one for _, group in area_choices(code) for one, _ in group)
    return code if code in offered else ""


def chosen_division(request: HttpRequest) -> Area | None:
    """The chosen division itself; None where none is chosen, or an address names what there is not."""
    code = chosen_area(request)
    return area_of(code) if code.isascii() and code.isdecimal() else None


def with_chosen(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """What an address says of these parameters, with the remembered division where it names none.

    Each is asked for by name, as pages that are kept need.
    """
    return {name: request.GET.get(name, "") for name in names} | {"area": chosen_area(request)}


def remembers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware above kept pages: what somebody chose on a list for residents is remembered, and forgotten
    with an empty choice.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        chose = request.path in CHOOSING and "area" in request.GET and response.status_code < 400
        code = request.GET.get("area", "")
        if chose and code != request.COOKIES.get(CHOSEN, ""):
            if code:
                response.set_cookie(
                    CHOSEN, code, YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
                )
            else:
                response.delete_cookie(CHOSEN, samesite="Lax")
        return response

    return middleware
