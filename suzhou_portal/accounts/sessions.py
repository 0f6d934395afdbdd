"""A session goes on while somebody works in it, without a write for each page they look at."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LAST = "last_asked"  # Unix time in seconds


def goes_on(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: of a tenth of the time after which a session ends, at most a minute, one request says so."""
    pause = min(60, settings.SESSION_COOKIE_AGE // 10)

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session, now = request.session, int(time.time())
        if session.accessed and not session.is_empty() and abs(now - session.get(LAST, 0)) >= pause:
            session[LAST] = now
        return response

    return middleware
