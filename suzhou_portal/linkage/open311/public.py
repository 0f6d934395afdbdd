"""Requests as anybody reads them: what is asked for, where, when, and how far it is.

Who asks, where they live and what they wrote is not even read from the database.
"""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, DateTimeField, F, Func, QuerySet, Value, When
from django.utils import timezone

from suzhou_portal.areas.codes import community_of
from suzhou_portal.areas.models import Area
from suzhou_portal.linkage.enums.requests import REQUEST
from suzhou_portal.linkage.following import NEXT
from suzhou_portal.linkage.models import ServiceRequest

READ = (
    "state", "kind", "area_id", "asked_on", "closed_on", "promised_on", "created_at", "updated_at",
)  # fmt: skip
# Since when it is asked for: the moment of entry, if that was on the day; else the day's first one.
REQUESTED = Case(
    When(created_at__date=F("asked_on"), then="created_at"),
    default=Func(
        Value(settings.TIME_ZONE), F("asked_on"), template="timezone(%(expressions)s::timestamp)"
    ),
    output_field=DateTimeField(),
)
LATEST = datetime.time(23, 59, 59)


def inside() -> QuerySet[ServiceRequest]:
    """The requests of the portal's division, each with the moment since which it is asked for."""
    found = ServiceRequest.objects.within(settings.PORTAL_AREA)
    return found.only(*READ).annotate(requested=REQUESTED)


def public(found: QuerySet[ServiceRequest]) -> list[dict[str, Any]]:
    """What the standard says of requests, as far as anybody may know it."""
    rows = list(found)
    places = Area.objects.in_bulk({community_of(str(row.area_id)) for row in rows})
    return [_public(row, places[community_of(str(row.area_id))]) for row in rows]


def _public(row: Any, community: Area) -> dict[str, Any]:
    closed = row.state in REQUEST.closed
    return {
        "service_request_id": row.number,
        "status": "closed" if closed else "open",
        "status_notes": row.get_state_display(),
        "service_name": row.get_kind_display(),
        "service_code": row.kind,
        "description": None,
        "agency_responsible": community.name,
        "service_notice": NEXT.get(row.state),
        "requested_datetime": _told(row.requested),
        "updated_datetime": _told(_closed(row) if closed else row.updated_at),
        "expected_datetime": _told(_at(row.promised_on, LATEST)) if row.promised_on else None,
        "address": None,
        "address_id": community.code,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _closed(row: Any) -> datetime.datetime:
    """When it was closed: the last moment of writing, if that was on the day; else the day's first one."""
    on_the_day = timezone.localdate(row.updated_at) == row.closed_on
    closed = row.updated_at if on_the_day else _at(row.closed_on, datetime.time.min)
    return max(closed, row.requested)


def _at(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def _told(moment: datetime.datetime) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds")
