"""Signs what a request writes with the account behind it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from suzhou_portal.audit import trail
from suzhou_portal.audit.addresses import client_address


class ActorMiddleware:
    """Signs the trail during a request. Stands after authentication, around all that writes records."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with trail.acting(lambda: actor_of(request)):
            return self.get_response(request)


def actor_of(request: HttpRequest) -> trail.Actor:
    """The signed-in account, as far as the gate was asked for it: signing asks no query itself."""
    user: Any = getattr(request, "known", None)
    known = user is not None and user.is_authenticated
    return trail.Actor(
        id=user.pk if known else None,
        name=str(user) if known else "未登录",
        address=client_address(request),
        origin=f"{request.method} {request.path}",
        user=user if known else None,
    )
