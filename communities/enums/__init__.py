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
    JOINT_PROJECT,
    NEED,
    SUPPLY,
    AgreementState,
    JointState,
    NeedKind,
    NeedState,
    SupplyKind,
    SupplyState,
)
from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole
from communities.enums.red_property import (
    LOWEST_SCORES,
    PROPERTY_RATING,
    PropertyGrade,
    RatingState,
)

__all__ = [
    "AGREEMENT",
    "GRID_EVENT",
    "JOINT_PROJECT",
    "LOWEST_SCORES",
    "NEED",
    "PROPERTY_RATING",
    "SUPPLY",
    "AgreementState",
    "AllowanceKind",
    "CertificateLevel",
    "CourseKind",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "JointState",
    "MechanismKind",
    "NeedKind",
    "NeedState",
    "PropertyGrade",
    "Rank",
    "RatingState",
    "SupplyKind",
    "SupplyState",
]
