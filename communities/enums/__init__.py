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

__all__ = [
    "GRID_EVENT",
    "AllowanceKind",
    "CertificateLevel",
    "CourseKind",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "MechanismKind",
    "Rank",
]
