"""The doors by which requests come that were found elsewhere: at a resident's door, and in a grid."""

import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from communities.models import GridEvent
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.lifecycle.moves import after
from suzhou_portal.linkage.enums.requests import Channel
from suzhou_portal.linkage.models import ServiceRequest
from volunteers.enums.visits import ResidentNeedKind
from volunteers.models import DoorVisit


@receiver(post_save, sender=DoorVisit)
def ask_for_what_a_visit_found(instance: DoorVisit, raw: bool, **kwargs: Any) -> None:
    """What a door visit found is needed becomes a request, once."""
    visit = instance
    if raw or not visit.need or ServiceRequest.objects.filter(visit=visit).exists():
        return
    with vouched(visit):
        asked_at(visit).save()


def asked_at(visit: DoorVisit) -> ServiceRequest:
    """The request that the visit's finding is, not stored yet."""
    return ServiceRequest(
        channel=Channel.VISIT, visit=visit, area=visit.area, kind=visit.need_kind,
        content=visit.need, address=visit.address, name=visit.resident_name, phone=visit.phone,
        asked_on=visit.visited_on, is_demo=visit.is_demo,
    )  # fmt: skip


@after(GridEvent, "wish")
def ask_for_what_an_event_wishes(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Ask for what the event turned out to wish, for whoever told it."""
    ServiceRequest.objects.create(
        channel=Channel.GRID, event=event, area=event.area, kind=ResidentNeedKind.OTHER,
        content="：".join(filter(None, [event.title, event.description]))[:1000], address=event.place[:60],
        name=event.contact, phone=event.phone, asked_on=on, is_demo=event.is_demo,
    )  # fmt: skip
