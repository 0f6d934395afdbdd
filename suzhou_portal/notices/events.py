"""Activities and meetings of a division as a calendar (iCalendar, RFC 5545) that phones subscribe to."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar as ICalendar
from icalendar import Event

from suzhou_portal import clock
from suzhou_portal.areas.scope import requested_area
from suzhou_portal.downloads import disposition
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.methods import for_anybody
from suzhou_portal.notices.published import Entry, events


@for_anybody
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What is held in the division and all it contains. Raises BadRequest or Http404."""
    area = requested_area(code)
    made = ICalendar()
    made.add("prodid", "-//suzhou-portal//zh-CN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{area.name}五社联动：活动和会议")
    for entry in events(area.code, site_as_of(request)):
        made.add_component(_event(request, entry))
    made.add_missing_timezones()
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(f"{area.code}.ics", attached=False)
    return response


def _event(request: HttpRequest, entry: Entry) -> Event:
    held: Any = entry.kind.public and entry.kind.public.held
    record = entry.record
    event = Event()
    event.add("uid", f"{entry.kind.name}-{record.pk}@{request.get_host()}")
    event.add("dtstamp", record.updated_at.astimezone(datetime.UTC))
    for name, moment in zip(("dtstart", "dtend"), _moments(record, held), strict=True):
        if moment:
            event.add(name, moment)
    event.add("summary", entry.title)
    event.add("location", f"{record.area.shown_name}，{getattr(record, held.place)}")
    event.add("description", entry.text)
    event.add("url", request.build_absolute_uri(entry.url))
    event.add("status", "CANCELLED" if record.state in held.called_off else "CONFIRMED")
    return event


def _moments(record: Any, held: Any) -> tuple[Any, Any]:
    """When it begins and ends, as far as that is known: a whole day, a time, or from time to time."""
    day, starts, ends = (getattr(record, name) for name in (held.day, held.starts, held.ends))
    if starts is None:
        return day, None
    zone = ZoneInfo(settings.TIME_ZONE)
    begins = datetime.datetime.combine(day, starts, zone)
    return begins, clock.moment(day, starts, ends).replace(tzinfo=zone) if ends else None
