"""M19 to M23."""

import datetime

from django.utils import timezone

from suzhou_portal.lifecycle.moves import take
from tests.factories import BEGUN, volunteering, volunteers
from tests.factories.areas import GRID, AreaFactory


def declared(started_on, **fields):
    return volunteering.EmergencyFactory(
        state="active", standby_on=min(BEGUN, started_on), started_on=started_on, **fields
    )


def came(checked_in_at, *, drill=False):
    moment = timezone.make_aware(datetime.datetime.combine(checked_in_at, datetime.time(8)))
    emergency = volunteering.in_force(AreaFactory(), is_drill=drill)
    return volunteering.CheckInFactory(muster__emergency=emergency, checked_in_at=moment)


def worked(done_on):
    return volunteering.CadreDayFactory(
        state="done", planned_on=min(BEGUN, done_on), diary="入户走访", done_on=done_on
    )


def held(held_on, **fields):
    return volunteering.TeamTrainingFactory(state="held", summary="完成", held_on=held_on, **fields)


def attended(held_on, **training):
    """A team that came, which was noted before the training was said to be held."""
    attendance = volunteering.TrainingAttendanceFactory(
        training=volunteering.TeamTrainingFactory(**training)
    )
    take(attendance.training, "hold", on=held_on, summary="完成")
    return attendance


def paired_grid(started_on):
    return volunteers.PairingLinkFactory(
        area=AreaFactory(code=GRID), tier="branch_grid", started_on=started_on
    )


BEGINS = {
    "emergency_responses": (declared, "started_on"),
    "emergency_drills": (lambda started_on: declared(started_on, is_drill=True), "started_on"),
    "mustered_people": (came, "checked_in_at"),
    "drilled_people": (lambda checked_in_at: came(checked_in_at, drill=True), "checked_in_at"),
    "door_visits": (volunteering.DoorVisitFactory, "visited_on"),
    "cadre_days": (worked, "done_on"),
    "cadre_findings": (volunteering.CadreFindingFactory, "found_on"),
    "paired_communities": (volunteers.PairingLinkFactory, "started_on"),
    "paired_grids": (paired_grid, "started_on"),
    "team_trainings": (held, "held_on"),
    "team_drills": (lambda held_on: held(held_on, kind="drill"), "held_on"),
    "trained_volunteers": (attended, "held_on"),
}
