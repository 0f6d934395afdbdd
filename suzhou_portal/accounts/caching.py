"""No proxy and no browser keeps what a signed-in person was shown."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


def private_with_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware right below sessions; answers to visitors without a session stay as they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Looked up even where no view did: else an ended session would be saved as a new one.
            request.session.keys()
            add_never_cache_headers(response)
        return response

    return middleware
