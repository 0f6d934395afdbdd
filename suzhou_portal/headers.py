"""Headers that each answer has, whoever made it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def with_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around all others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD":  # with all its headers, and without its body
            _empty(response)
        for name, text in settings.HEADERS.items():
            response.headers.setdefault(name, text)
        return response

    return middleware


def _empty(response: Any) -> None:
    if response.streaming:
        response.streaming_content = ()
    else:
        response.content = b""
