"""Headers that each answer has, whoever made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def with_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around all others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, text in settings.HEADERS.items():
            response.headers.setdefault(name, text)
        return response

    return middleware
