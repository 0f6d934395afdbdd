"""Signs what a request writes with the account behind it."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from suzhou_portal.audit import trail


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


def client_address(request: HttpRequest, *args: object) -> str:
    """The visitor's address: REMOTE_ADDR, or what the outermost trusted proxy saw.

    Each proxy appends the address it was called from to X-Forwarded-For, so with PROXY_COUNT
    proxies of our own the visitor stands that many places from the right; whatever is further left
    the visitor may have written and is not believed.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    count = settings.PROXY_COUNT
    candidate = seen[-count] if 0 < count <= len(seen) else ""
    for text in (candidate, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            continue
    return ""
