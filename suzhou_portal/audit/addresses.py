"""Where a request came from, behind as many proxies as the site says it has."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


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
