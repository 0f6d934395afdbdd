"""Pages for visitors who bring no cookie are kept, and true: whatever was written voids them all.

Each process keeps its own. What a page depends on need not be declared, so nothing can be forgotten:
a page is given again only while nothing at all was written since it was made.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control

from suzhou_portal.audit import followed

KEPT = caches["pages"]
LARGEST = 128 * 1024  # bytes of a page worth keeping
_LEFT_OUT = {"Content-Length"}


@dataclass(frozen=True)
class Page:
    """A page as it was made, after which look at the trail."""

    look: int
    body: bytes
    headers: dict[str, str]
    tag: str


def kept_for_visitors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware right above sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.COOKIES or "Authorization" in request.headers:
            return get_response(request)
        # What counts may change with the day alone.
        key = f"{request.scheme} {request.get_host()} {timezone.localdate()} {request.get_full_path()}"
        name = hashlib.sha256(key.encode()).hexdigest()
        page = KEPT.get(name)
        try:
            look = followed.look()
        except DatabaseError:  # what the portal says without its database is up to the page
            return get_response(request)
        if page is not None and look is not None and followed.is_unwritten(page.look):
            return _answer(request, page)
        response = get_response(request)
        if not _may_be_kept(request, response):
            return response
        page = _page(look or 0, response)
        if look is not None:
            KEPT.set(name, page)
        return _answer(request, page)

    return middleware


def _may_be_kept(request: HttpRequest, response: Any) -> bool:
    """Whether it is a page that anybody gets alike: open to all, whole, and setting nothing."""
    match = request.resolver_match
    open_to_all = match is not None and not getattr(match.func, "login_required", True)
    return (
        open_to_all
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
        and len(response.content) <= LARGEST
    )


def _page(look: int, response: HttpResponse) -> Page:
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = {name: text for name, text in response.headers.items() if name not in _LEFT_OUT}
    return Page(look, response.content, headers, tag)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    known = request.headers.get("If-None-Match", "")
    same = page.tag in (one.strip().removeprefix("W/") for one in known.split(","))
    response = HttpResponseNotModified() if same else HttpResponse(page.body, headers=page.headers)
    response.headers["ETag"] = page.tag
    # To be asked about each time: a change shows at the next request.
    patch_cache_control(response, no_cache=True)
    return response
