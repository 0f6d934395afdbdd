"""Pages for visitors who bring no cookie, but for the division they chose and that they read 长辈版, are kept,
and true: whatever was written voids them all.

Each process keeps its own. What a page depends on need not be declared, so nothing can be forgotten:
a page is given again only while nothing at all was written since it was made. It holds nobody's
secret, so it is the one kind of page that is compressed (BREACH).
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from django.core.cache import caches
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from suzhou_portal.caching import followed
from suzhou_portal.database import writable

KEPT = caches["pages"]
LARGEST = 128 * 1024  # bytes of a page worth keeping
WORTH_COMPRESSING = 512  # bytes
BESIDES = 1024  # bytes, about, of what the page was made by
_TEXT = re.compile(r"text/|application/(json|xml)|image/svg")
# The cookies that pages for visitors may depend on: the code of the division they chose, and 长辈版.
CHOSEN, ELDER = "area", "elder"
_CODE = re.compile(r"\d{2,15}", re.ASCII)
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


@dataclass(frozen=True)
class KeptPage:
    """A page as it was made, after which look at the marks, and by what."""

    look: int
    body: bytes
    headers: dict[str, str]
    match: ResolverMatch

    def __sizeof__(self) -> int:
        """Bytes, as the cache counts them."""
        told = sum(len(name + text) for name, text in self.headers.items())
        return getsizeof(self.body) + told + BESIDES


class _Asked(QueryDict):
    """The parameters of an address; notes which of them were asked for by name."""

    asked: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = frozenset()  # filling it asks too

    def __getitem__(self, key):
        self.asked |= {key}
        return super().__getitem__(key)

    def __contains__(self, key):
        self.asked |= {key}
        return super().__contains__(key)

    def getlist(self, key, default=None):
        self.asked |= {key}
        return super().getlist(key, default)


def kept_for_visitors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware right above sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        known = _brings_more(request) or "Authorization" in request.headers
        if known or request.method not in ("GET", "HEAD"):
            return get_response(request)
        zipped = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
        try:
            look = followed.look()
        except DatabaseError:  # what the portal says without its database is up to the page
            return get_response(request)
        name = _name(request, zipped)
        page = KEPT.get(name)
        if page is not None and look is not None and followed.is_unwritten(page.look):
            request.resolver_match = page.match
            return _answer(request, page)
        asked = _Asked(get_bytes_from_wsgi(request.META, "QUERY_STRING", ""))
        request.GET = asked  # type: ignore[assignment]
        response = get_response(request)
        if not _is_for_anybody(request, response):
            return response
        page = _page(look or 0, response, zipped, request.resolver_match)
        # What no view knows makes no page of its own: nobody can fill the memory with it.
        if look is not None and set(asked) <= asked.asked and len(page.body) <= LARGEST:
            KEPT.set(name, page, None)
        return _answer(request, page)

    return middleware


def chosen_by_cookie(request: HttpRequest) -> str:
    """The code of the division that the visitor's browser remembers; blank for what can be none."""
    code = request.COOKIES.get(CHOSEN, "")
    return code if _CODE.fullmatch(code) else ""


def is_elder(request: HttpRequest) -> bool:
    """Whether the visitor's browser remembers that they read 长辈版."""
    return request.COOKIES.get(ELDER) == "1"


def _brings_more(request: HttpRequest) -> bool:
    """Whether the visitor brings any cookie besides a chosen division and 长辈版."""
    known = {CHOSEN: chosen_by_cookie(request), ELDER: is_elder(request)}
    return set(request.COOKIES) != {name for name, told in known.items() if told}


def _name(request: HttpRequest, zipped: bool) -> str:
    """All that shapes the answer to a visitor: what was asked of which site, in which form, which division
    they chose, whether in 长辈版, the day, since what counts may change with it alone, and what the banner says
    where the portal can only be read.
    """
    asked = [request.META.get(one, "") for one in ("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")]
    parts = (
        request.scheme,
        request.get_host(),
        *asked,
        timezone.localdate(),
        zipped,
        chosen_by_cookie(request),
        is_elder(request),
        writable.why_not(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _is_for_anybody(request: HttpRequest, response: Any) -> bool:
    """Whether it is a page that anybody gets alike: open to all, whole, and setting nothing."""
    match = request.resolver_match
    open_to_all = match is not None and not getattr(match.func, "login_required", True)
    return (
        open_to_all
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "Cache-Control" not in response.headers
    )


def _page(look: int, response: HttpResponse, zipped: bool, match: Any) -> KeptPage:
    """The page as it is sent; its tag is that of its bytes."""
    body = response.content
    if zipped and len(body) >= WORTH_COMPRESSING and _TEXT.match(response.headers["Content-Type"]):
        body = gzip.compress(body, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    # To be asked about each time: a change shows at the next request.
    patch_cache_control(response, no_cache=True)
    return KeptPage(look, body, dict(response.headers.items()), match)


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    known = request.headers.get("If-None-Match", "")
    if page.headers["ETag"] not in (one.strip().removeprefix("W/") for one in known.split(",")):
        return HttpResponse(page.body, headers=page.headers)
    about = ("ETag", "Cache-Control", "Vary", "Content-Location")
    return HttpResponseNotModified(
        headers={name: page.headers[name] for name in about if name in page.headers}
    )
