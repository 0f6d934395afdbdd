"""Volunteers, activities and hours."""

from tests.factories import service


def certified(held_on, **fields):
    """Hours certified of an activity that day."""
    return service.ServiceFactory(
        activity=service.ActivityFactory(held_on=held_on), state="certified", began=service.NINE,
        ended=service.NOON, **fields,
    )  # fmt: skip


def by_hand(held_on):
    return certified(held_on, by_hand=True)


def held(held_on):
    return service.ActivityFactory(held_on=held_on, state="finished", result="完成")


BEGINS = {
    "registered_volunteers": (service.VolunteerFactory, "registered_on"),
    "volunteer_activities": (held, "held_on"),
    "volunteer_services": (certified, "held_on"),
    "volunteer_minutes": (certified, "held_on"),
    "services_by_hand": (by_hand, "held_on"),
}
