"""Cookies that no database can hold are none: they come from a broken or ill-meaning client."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NUL = "\0"


def readable_cookies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware above whatever looks at cookies. Refusing them would lock out for good who has one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        cookies = request.COOKIES.items()
        request.COOKIES = {name: text for name, text in cookies if NUL not in name + text}
        return get_response(request)

    return middleware
