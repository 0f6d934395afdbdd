"""The words communities and social workers choose from, and the tables of their lifecycles."""

from communities.enums.base import (
    AllowanceKind,
    CertificateLevel,
    CourseKind,
    DocumentKind,
    MechanismKind,
    Rank,
)
from communities.enums.cobuilding import (
    AGREEMENT,
    COBUILDING,
    NEED,
    RATING,
    AgreementState,
    CoBuildingState,
    NeedState,
    RatingGrade,
    RatingState,
    ResourceKind,
)
from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole

__all__ = [
    "AGREEMENT",
    "COBUILDING",
    "GRID_EVENT",
    "NEED",
    "RATING",
    "AgreementState",
    "AllowanceKind",
    "CertificateLevel",
    "CoBuildingState",
    "CourseKind",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "MechanismKind",
    "NeedState",
    "Rank",
    "RatingGrade",
    "RatingState",
    "ResourceKind",
]
