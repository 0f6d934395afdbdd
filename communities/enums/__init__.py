"""The words communities and social workers choose from, and the tables of their lifecycles."""

from communities.enums.base import (
    AllowanceKind,
    CertificateLevel,
    CourseKind,
    DocumentKind,
    MechanismKind,
    Rank,
)
from communities.enums.committees import CommitteeKind, Position
from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole
from communities.enums.pilots import SMART_PILOT, DeviceKind, PilotState
from communities.enums.secretary import SECRETARY_PROJECT, ProjectState
from communities.enums.structure import BodyKind

__all__ = [
    "GRID_EVENT",
    "SECRETARY_PROJECT",
    "SMART_PILOT",
    "AllowanceKind",
    "BodyKind",
    "CertificateLevel",
    "CommitteeKind",
    "CourseKind",
    "DeviceKind",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "MechanismKind",
    "PilotState",
    "Position",
    "ProjectState",
    "Rank",
]
