"""How many notices wait to be read, for the head of each page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from suzhou_portal.notices.models import Notice

MOST = 99


def unread(request: HttpRequest) -> dict[str, Any]:
    """One short look at an index, where a page of a signed-in person asks for it."""
    return {"unread_notices": SimpleLazyObject(lambda: _number(request))}


def _number(request: HttpRequest) -> str:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    number = Notice.objects.unread().filter(user=user)[: MOST + 1].count()
    return f"{MOST}+" if number > MOST else str(number or "")
