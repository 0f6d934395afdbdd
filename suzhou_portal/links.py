"""Addresses that are printed, scanned or found by a search engine, and so are followed from anywhere."""

from django.conf import settings
from django.http import HttpRequest


def public_address(request: HttpRequest, path: str) -> str:
    """The address of a page as the site says it is reached (PORTAL_URL), whichever way this request came; where
    the site says nothing, as the request came.
    """
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )
