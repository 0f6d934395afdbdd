"""Each request has a number, leaves one line in the log, and counts: which page, what came of it, how long
it took, and nothing that anybody typed.
"""

import datetime
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from suzhou_portal import counting, logs

HEADER = "X-Request-ID"
STATIC = "static"
# Numbers of our own, and those that proxies make: 32 hexadecimal digits or a UUID. Anything else might say something.
_NUMBER = re.compile(r"[A-Z2-7]{8}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Answering = Callable[[HttpRequest], HttpResponse]


def told(get_response: Answering) -> Answering:
    """Middleware around all others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = number_of(request.META.get("HTTP_X_REQUEST_ID", ""))
        before = logs.NUMBER.set(number)
        begun = time.perf_counter()
        try:
            response = get_response(request)
            response.headers[HEADER] = number
            _tell(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            logs.NUMBER.reset(before)

    return middleware


def number_of(given: str) -> str:
    """The number that a proxy has given, where it is one; else a new one."""
    return given if _NUMBER.fullmatch(given) else logs.new_number()


def write_line(method: str, route: str, status: int, seconds: float, who: str, where: str) -> None:
    """The one line of a request; `who` is an account's number, `where` a shortened address.

    Not through `logging`, which took twice as long as all else here, for each page given again as it was kept.
    """
    if settings.REQUEST_LOG:
        at, number, spent = _said(int(time.time())), logs.NUMBER.get(), round(seconds * 1000)
        asked = f"{at} {number} {method} {route} {status} {spent}ms user={who} from={where}\n"
        with suppress(OSError, ValueError):  # nobody reads it any more
            sys.stderr.write(asked)


@lru_cache(maxsize=2)
def _said(second: int) -> str:
    return datetime.datetime.fromtimestamp(second, ZoneInfo(settings.TIME_ZONE)).isoformat()


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    group = group_of(request)
    counting.count(group, status, seconds)
    person: Any = getattr(request, "known", None)
    who = str(person.pk) if person is not None and person.is_authenticated else "-"
    where = shortened(request.META.get("REMOTE_ADDR") or "")
    route = logs.route_of(request)
    if route == logs.NOWHERE and group != counting.NONE:
        route = group
    method = request.method if request.method in METHODS else "?"
    write_line(str(method), route, status, seconds, who, where)


METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"}


def group_of(request: Any) -> str:
    """The part of the portal that answers: an app, `admin`, `static`; `none` for an address without a page."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return _named(match.namespace, match.func.__module__)
    if request.path_info.startswith(settings.STATIC_URL):
        return STATIC
    return getattr(request, "group", counting.NONE)


@lru_cache
def _named(namespace: str, module: str) -> str:
    words = module.removeprefix("suzhou_portal.").split(".")
    return namespace or words[0]


@lru_cache(maxsize=1024)
def shortened(address: str) -> str:
    """Of whose network it is: the first three parts of an IPv4 address, the first three of an IPv6 one."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join([*address.split(".")[:3], "0"]) if address.count(".") == 3 else "-"
