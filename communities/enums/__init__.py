"""The words communities and social workers choose from, and the tables of their lifecycles."""

from communities.enums.base import (
    AllowanceKind,
    CertificateLevel,
    CourseKind,
    DocumentKind,
    MechanismKind,
    Rank,
)
from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole
from communities.enums.mediation import (
    MEDIATION_CASE,
    AgreementForm,
    CaseKind,
    CaseOrigin,
    CaseState,
    Ruling,
)
from communities.enums.meetings import DELIBERATION_MEETING, MeetingKind, MeetingState
from communities.enums.rules import (
    EMERGENCY_PLAN,
    RULE_VERSION,
    PlanKind,
    PlanState,
    ResponseLevel,
    RuleState,
)

__all__ = [
    "DELIBERATION_MEETING",
    "EMERGENCY_PLAN",
    "GRID_EVENT",
    "MEDIATION_CASE",
    "RULE_VERSION",
    "AgreementForm",
    "AllowanceKind",
    "CaseKind",
    "CaseOrigin",
    "CaseState",
    "CertificateLevel",
    "CourseKind",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "MechanismKind",
    "MeetingKind",
    "MeetingState",
    "PlanKind",
    "PlanState",
    "Rank",
    "ResponseLevel",
    "RuleState",
    "Ruling",
]
