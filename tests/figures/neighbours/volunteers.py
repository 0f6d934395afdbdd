"""M18 to M23."""

from communities.enums.base import DocumentKind
from suzhou_portal.lifecycle.moves import take
from tests.factories import communities, service, volunteering, volunteers
from tests.figures.begins import service as served
from tests.figures.begins import volunteering as begun
from tests.figures.neighbours import BEFORE, DAY, ONE, made

HOURS = {"began": service.NINE, "ended": service.NOON}
NOT_CERTIFIED = [
    service.ServiceFactory,
    *[made(service.ServiceFactory, state=state) for state in ("absent", "withdrawn", "present")],
    *[
        made(service.ServiceFactory, state=state, **HOURS)
        for state in ("disputed", "void", "to_confirm")
    ],
]


def finding_refused():
    finding = volunteering.CadreFindingFactory()
    take(finding.event, "refuse", on=DAY, note="不属实")


NEIGHBOURS = {
    "emergency_responses": [
        lambda: begun.declared(DAY, is_drill=True), volunteering.EmergencyFactory,
        made(volunteering.EmergencyFactory, state="called_off"),
    ],
    "emergency_drills": [
        lambda: begun.declared(DAY), made(volunteering.EmergencyFactory, is_drill=True),
    ],
    "mustered_people": [lambda: begun.came(DAY, drill=True)],
    "drilled_people": [lambda: begun.came(DAY)],
    "cadre_days": [
        made(volunteering.CadreDayFactory, state="arranged", host="网格员"),
        made(volunteering.CadreDayFactory, state="cancelled"),
    ],
    "cadre_findings": [finding_refused],
    "paired_communities": [
        made(volunteers.PairingLinkFactory, tier="member_nearby"),
        made(volunteers.PairingLinkFactory, started_on=BEFORE, ended_on=DAY - ONE),
    ],
    "paired_grids": [volunteers.PairingLinkFactory],
    "team_trainings": [
        lambda: begun.held(DAY, kind="drill"), volunteering.TeamTrainingFactory,
        made(volunteering.TeamTrainingFactory, state="cancelled"),
    ],
    "team_drills": [
        lambda: begun.held(DAY), made(volunteering.TeamTrainingFactory, kind="drill"),
    ],
    "trained_volunteers": [
        volunteering.TrainingAttendanceFactory, lambda: begun.attended(DAY, kind="drill"),
    ],
    "guiding_documents": [
        made(communities.PolicyDocumentFactory, kind=DocumentKind.PURCHASE_REGULATION)
    ],
    "volunteer_teams": [
        made(volunteers.VolunteerTeamFactory, founded_on=BEFORE, dissolved_on=DAY - ONE)
    ],
    "pairing_tiers": [made(volunteers.PairingLinkFactory, started_on=BEFORE, ended_on=DAY - ONE)],
    "registered_volunteers": [
        made(service.VolunteerFactory, registered_on=BEFORE, left_on=DAY - ONE)
    ],
    "volunteer_activities": [
        service.ActivityFactory, made(service.ActivityFactory, state="cancelled"),
    ],
    "volunteer_services": NOT_CERTIFIED,
    "volunteer_minutes": NOT_CERTIFIED,
    "services_by_hand": [*NOT_CERTIFIED, lambda: served.certified(DAY)],
}  # fmt: skip
ALONE = {"door_visits": "登记的走访每一户次都是，无人应答的也计"}
