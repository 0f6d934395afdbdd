"""What all doors for other systems share: JSON in plain Chinese, identifiers, and numbered pages.

Other standards than those served today (Open311 among them) stand beside these and use the same three.
"""

import hashlib
from collections.abc import Hashable
from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, JsonResponse

from suzhou_portal.caching.followed import remembered

_NUMBER = (1 << 62) - 1
_VARIANT = 1 << 63
_VERSION_BITS, _VERSION = 0xF000, 0x8000


def json_response(content: Any) -> JsonResponse:
    """JSON that people can read too."""
    return JsonResponse(content, safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})


def identifier(kind: str, number: int = 0) -> str:
    """A UUID (RFC 9562, version 8) for a number of some kind on this portal, the same for ever.

    It needs no column: half of it tells the portal's area and the kind, the other half is the number.
    """
    digest = hashlib.sha256(f"{settings.PORTAL_AREA}/{kind}".encode()).digest()
    head = int.from_bytes(digest[:8]) & ~_VERSION_BITS | _VERSION
    return str(UUID(int=head << 64 | _VARIANT | number))


def number_of(found: UUID) -> int:
    """The number in an identifier of any kind; any number at all in a UUID that others made."""
    return found.int & _NUMBER


def number_in(kind: str, found: UUID) -> int | None:
    """The number in an identifier of that kind; None in any other UUID."""
    number = number_of(found)
    return number if identifier(kind, number) == str(found) else None


def numbered_page(queryset: QuerySet, number: int, size: int, name: Hashable) -> dict[str, Any]:
    """Page `number` of so many rows each, as HSDS frames it, in the order in which they were entered.

    `name` tells this list from all others: its rows are counted once until anything is written. Whoever
    numbers pages must count, and skipping the keys before a page costs no more than that.
    Raises Http404 beyond the last page.
    """
    total = remembered(("total", name), [], queryset.count)
    last = ceil(total / size)
    if number > max(last, 1):
        raise Http404("没有这一页。请从第一页取起。")
    keys = queryset.order_by("pk").values_list("pk", flat=True)
    mine = list(keys[(number - 1) * size : number * size])
    rows = list(queryset.filter(pk__in=mine).order_by("pk"))
    return {
        "total_items": total,
        "total_pages": last,
        "page_number": number,
        "size": len(rows),
        "first_page": number == 1,
        "last_page": number >= last,
        "empty": not rows,
        "contents": rows,
    }
