"""What is put right in the headers of every request and every answer, whoever makes it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

NUL = "\0"
Answering = Callable[[HttpRequest], HttpResponse]


def with_headers(get_response: Answering) -> Answering:
    """Middleware around all others: what each answer says of itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD":  # with all its headers, and without its body
            setattr(response, "streaming_content" if response.streaming else "content", ())
        for name, text in settings.HEADERS.items():
            response.headers.setdefault(name, text)
        return response

    return middleware


def readable_cookies(get_response: Answering) -> Answering:
    """Middleware above whatever looks at cookies: those that no database can hold, from a broken or
    ill-meaning client, are left out. Refusing them would lock out for good who has one.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        cookies = request.COOKIES.items()
        request.COOKIES = {name: text for name, text in cookies if NUL not in name + text}
        return get_response(request)

    return middleware


def private_with_session(get_response: Answering) -> Answering:
    """Middleware right below sessions: no proxy and no browser keeps what a signed-in person was shown.
    Answers to visitors without a session stay as they are.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Looked up even where no view did: else an ended session would be saved as a new one.
            request.session.keys()
            add_never_cache_headers(response)
        return response

    return middleware
