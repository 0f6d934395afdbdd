"""A portal that can only be read: pages go on, and whatever would write is refused before it begins."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from suzhou_portal import errors
from suzhou_portal.database import writable

Answering = Callable[[HttpRequest], HttpResponse]
_READING = ("GET", "HEAD", "OPTIONS", "TRACE")


def refuses_writes(get_response: Answering) -> Answering:
    """Middleware above all that looks at what was sent."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in _READING and (why := writable.why_not()):
            return errors.only_reading(request, why)
        return get_response(request)

    return middleware


def unsaved_sessions(get_response: Answering) -> Answering:
    """Middleware right below sessions: what a page notes there in passing is let go, not the page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if writable.why_not():
            request.session.modified = False
        return response

    return middleware


def only_read(request: HttpRequest) -> dict[str, str]:
    """For the banner of each page: why the portal can only be read now, blank where it can write."""
    return {"only_read": writable.why_not()}
