"""M10 and M11."""

import datetime

from suzhou_portal.lifecycle.moves import take
from tests.factories import communities, learning

A_MONTH = datetime.timedelta(days=30)


def planned(approved_on, year=2022, **later):
    """A session of a plan approved that day, and what was noted of it later."""
    session = learning.PlannedSessionFactory(plan__year=year)
    for verb in ("submit", "approve"):
        take(session.plan, verb, on=approved_on)
    type(session).objects.filter(pk=session.pk).update(**later)
    return session


def carried_out(ends_on):
    course = communities.CourseFactory(starts_on=ends_on, ends_on=ends_on, state="ended")
    return planned(ends_on - A_MONTH, course=course)


def attended(ends_on):
    course = communities.CourseFactory(starts_on=ends_on, ends_on=ends_on, hours=8)
    return communities.EnrolmentFactory(course=course, attendance="present", attended_hours=8)


def expiring(issued_on):
    return communities.CertificateFactory(issued_on=issued_on, valid_to=issued_on + A_MONTH)


BEGINS = {
    "planned_sessions": (planned, "approved_on"),
    "carried_out_sessions": (carried_out, "ends_on"),
    "courses_held": (
        lambda ends_on: communities.CourseFactory(
            starts_on=ends_on, ends_on=ends_on, state="ended"
        ),
        "ends_on",
    ),
    "attended_hours": (attended, "ends_on"),
    "expiring_certificates": (expiring, "issued_on"),
}
